package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * BundleRec (Sun et al., SIGIR 2022): {@code user_item.csv}, items that users of Amazon bought, with {@code user_bundle.csv}
 * (which of a user's items people who looked at the session called a bundle) and {@code bundle_item.csv} (the bundles'
 * members) beside it, and {@code item_titles.csv} and {@code item_categories.csv} where they are there; each plain or gzip,
 * comma-separated with a header.
 *
 * <p>Both kinds of rows are PURCHASE events without a price. That a bundle was bought was inferred from its items: such an
 * event is marked {@code derived=true}. Stamps are seconds and name a day; a user's items of one stamp are one order.
 * Items are replayed before bundles of the same stamp. Lines of {@code user_bundle.csv} are numbered on from those of
 * {@code user_item.csv}. The catalogue is published first, with nominal prices (see {@link UnpricedCatalog}).
 *
 * <p>There are no rules beside the checks of {@link ReplayFormat}; an item that is in two bundles of a user stands in the
 * file twice, and is a {@code duplicate-row} the second time.
 */
final class BundleRecFormat implements ReplayFormat {
    private static final String NAME = "bundlerec";
    private static final String USER = "user ID";
    private static final String BUNDLE = "bundle ID";
    private static final String ITEM = "item ID";
    private static final String TIME = "timestamp";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ReplayRows open(Path file) throws IOException {
        Path bundles = ReplayFile.requireBeside(file, "user_bundle.csv", NAME);
        Path members = ReplayFile.requireBeside(file, "bundle_item.csv", NAME);
        BundleRecCatalog described = BundleRecCatalog.read(
                ReplayFile.beside(file, "item_titles.csv"), ReplayFile.beside(file, "item_categories.csv"));
        FileCatalog catalog = UnpricedCatalog.read(
                TableFile.withHeader(NAME, BUNDLE, ITEM), members, BUNDLE, ITEM, described::describe, 0);
        return new JoinedFiles(file.getFileName().toString())
                .add(FileLayout.withHeader(NAME, USER, ITEM, TIME), file, new ItemMapper(described))
                .add(FileLayout.withHeader(NAME, USER, BUNDLE, TIME), bundles, new BundleMapper())
                .byTime(catalog);
    }

    private abstract static class TimedMapper implements RowMapper {
        @Override
        public long eventTime(Fields fields) {
            return Instant.ofEpochSecond(fields.index(TIME, Integer.MAX_VALUE)).toEpochMilli();
        }
    }

    private static final class ItemMapper extends TimedMapper {
        private final BundleRecCatalog catalog;

        ItemMapper(BundleRecCatalog catalog) {
            this.catalog = catalog;
        }

        @Override
        public ItemDescription fill(BehaviorEvent event, Fields fields) {
            event.setType(EventType.PURCHASE);
            event.setUserId(fields.key(USER));
            event.setItemId(fields.key(ITEM));
            event.setOrderId(fields.key(USER) + '-' + fields.key(TIME));
            return catalog.describe(event.getItemId());
        }
    }

    private static final class BundleMapper extends TimedMapper {
        @Override
        public ItemDescription fill(BehaviorEvent event, Fields fields) {
            event.setType(EventType.PURCHASE);
            event.setUserId(fields.key(USER));
            event.setBundleId(fields.key(BUNDLE));
            event.setAttributes(Map.of("derived", "true"));
            return ItemDescription.NONE;
        }
    }
}
