package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Youshu in the layout of CrossCBR: pairs of user and bundle, with {@code user_item.txt} (pairs of user and item) and
 * {@code bundle_item.txt} (the bundles' members) beside it, each plain or gzip; tab-separated numbers without a header.
 *
 * <p>Each pair is a PURCHASE of the bundle or the item, without a price: the files do not say more than that a user took
 * it. Both files are replayed as one, in an order that is shuffled with a fixed seed, as they know no times: the first row
 * is given the start of 2018, each next one a second more. Lines of {@code user_item.txt} are numbered on from those of
 * the file of bundles. The catalogue of {@code bundle_item.txt} is published first, with nominal prices (see {@link
 * UnpricedCatalog}).
 *
 * <p>There are no rules beside the checks of {@link ReplayFormat}; a row equals an earlier one only in the same file.
 */
final class YoushuFormat implements ReplayFormat {
    /** Seed of the order. */
    static final long SEED = 1;

    static final long START = Instant.parse("2018-01-01T00:00:00Z").toEpochMilli();
    static final long STEP_MILLIS = 1000;

    private static final String NAME = "youshu";
    private static final String USER = "user";
    private static final String BUNDLE = "bundle";
    private static final String ITEM = "item";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ReplayRows open(Path file) throws IOException {
        Path items = ReplayFile.requireBeside(file, "user_item.txt", NAME);
        Path members = ReplayFile.requireBeside(file, "bundle_item.txt", NAME);
        FileCatalog catalog = UnpricedCatalog.read(
                TableFile.tabbed(NAME, BUNDLE, ITEM), members, BUNDLE, ITEM, id -> ItemDescription.NONE, START);
        return new JoinedFiles(file.getFileName().toString())
                .add(FileLayout.tabbed(NAME, USER, BUNDLE), file, new PairMapper(BUNDLE))
                .add(FileLayout.tabbed(NAME, USER, ITEM), items, new PairMapper(ITEM))
                .shuffled(SEED, START, STEP_MILLIS, catalog);
    }

    private static final class PairMapper implements RowMapper {
        private final String taken;

        PairMapper(String taken) {
            this.taken = taken;
        }

        @Override
        public long eventTime(Fields fields) {
            throw RejectedRowException.unparsable("row", "the file has no times");
        }

        @Override
        public long eventTime(Fields fields, long readersTime) {
            return readersTime;
        }

        @Override
        public ItemDescription fill(BehaviorEvent event, Fields fields) {
            event.setType(EventType.PURCHASE);
            event.setUserId(number(fields, USER));
            String target = number(fields, taken);
            event.setBundleId(taken.equals(BUNDLE) ? target : null);
            event.setItemId(taken.equals(ITEM) ? target : null);
            return ItemDescription.NONE;
        }

        private static String number(Fields fields, String column) {
            return Integer.toString(fields.index(column, Integer.MAX_VALUE));
        }
    }
}
