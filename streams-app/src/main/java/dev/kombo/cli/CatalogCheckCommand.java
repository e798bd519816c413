package dev.kombo.cli;

import dev.kombo.catalog.CatalogRules;
import dev.kombo.catalog.CatalogRules.Problem;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.SlotRange;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.Brokers;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.EngineSettings;
import dev.kombo.price.BundleDraft;
import dev.kombo.price.BundlePricing;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.schema.PriceHistory;
import dev.kombo.serde.CatalogMapper;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the entries in the catalogue's topics that instances do not use as they are. */
@Command(
        name = "check",
        description = "Lists the items and bundles in the topics that instances do not use, or use with texts cut, and"
                + " why. Exits with 1 if there are any, else with 0. Tells of entries, too, that would be refused if they"
                + " were new, as bundles of more than 64 members, and of curated bundles whose price is above"
                + " the sum of their items' prices, or gives away more than kombo.mining.discount.added.share of the"
                + " cheapest, or whose items or themselves cost less within 30 days than at list.")
final class CatalogCheckCommand extends PrintingCommand {
    @Mixin
    private SettingsOptions settings;

    /**
     * What is wrong with a record.
     *
     * @param problem why it is not used as it is; null: it is
     * @param asNew why a new entry like it would be refused; null: it would not
     */
    private record Finding(Object problem, Problem asNew) {}

    @Override
    protected boolean run(PrintWriter out) {
        KomboConfig config = settings.config();
        Brokers.requireReachable(config);
        Topics topics = Topics.of(config);
        EngineSettings engine = new EngineSettings(config);
        CatalogRules rules = engine.catalogRules();
        BundlePricing pricing = BundlePricing.of(config);
        AtomicLong found = new AtomicLong();
        WritableCatalogIndex known = new WritableCatalogIndex(engine.index());
        List<dev.kombo.catalog.Bundle> curated = new ArrayList<>();
        try (TopicReader reader = new TopicReader(config);
                AvroSerdes serdes = new AvroSerdes(config.avroSettings());
                Deserializer<Item> items = serdes.value(Item.class).deserializer();
                Deserializer<Bundle> bundles = serdes.value(Bundle.class).deserializer();
                Deserializer<PriceHistory> histories =
                        serdes.value(PriceHistory.class).deserializer()) {
            reader.latest(
                    List.of(topics.name(Topic.PRICE_HISTORY)),
                    record -> finding(
                            record,
                            histories,
                            history -> new Finding(
                                    known.prices()
                                            .published(
                                                    new String(record.key(), StandardCharsets.UTF_8),
                                                    CatalogMapper.PRICES.toDomain(history),
                                                    record.timestamp()),
                                    null)));
            reader.latest(List.of(topics.name(Topic.ITEM_CATALOG), topics.name(Topic.BUNDLE_CATALOG)), record -> {
                Finding finding = record.topic().equals(topics.name(Topic.ITEM_CATALOG))
                        ? finding(record, items, item -> finding(rules, CatalogMapper.ITEMS.toDomain(item), known))
                        : finding(
                                record,
                                bundles,
                                bundle -> finding(rules, CatalogMapper.BUNDLES.toDomain(bundle), curated));
                String place = record.topic() + " " + new String(record.key(), StandardCharsets.UTF_8) + ": ";
                if (finding.problem() != null) {
                    found.incrementAndGet();
                    out.println(place + finding.problem());
                } else if (finding.asNew() != null) {
                    out.println(place + "it is used, but would be refused if it were new: " + finding.asNew());
                }
            });
        }
        for (dev.kombo.catalog.Bundle bundle : curated) {
            SlotRange range = new SlotRange(bundle, known);
            Problem problem = range.problem();
            if (problem != null) {
                out.println(topics.name(Topic.BUNDLE_CATALOG) + " " + bundle.id()
                        + ": it cannot be offered at its price: " + problem);
            }
            Stream<String> doubts =
                    Stream.of(range.dearest(), range.cheapest()).map(filled -> remark(filled, known, pricing));
            Stream.concat(doubts.filter(Objects::nonNull).limit(1), raised(range.dearest(), known))
                    .forEach(remark -> out.println(
                            topics.name(Topic.BUNDLE_CATALOG) + " " + bundle.id() + ": its price " + remark));
        }
        out.printf("%,d entries are not used as they are%n", found.get());
        return found.get() == 0;
    }

    private static String remark(dev.kombo.catalog.Bundle bundle, CatalogIndex known, BundlePricing pricing) {
        BundleDraft draft = BundleDraft.of(bundle.members(), bundle.priceRule(), known::item);
        long price = draft.priceMinor(bundle.currency(), bundle.priceMinor());
        String doubt = draft.doubt(price, bundle.currency());
        return doubt == null ? draft.givesAway(price, bundle.currency(), pricing) : doubt;
    }

    private static Stream<String> raised(dev.kombo.catalog.Bundle bundle, CatalogIndex known) {
        long lowest = known.prices().lowest(bundle.id(), bundle.members(), known::item, System.currentTimeMillis(), 0);
        return Stream.ofNullable(BundleDraft.of(bundle.members(), known::item).raised(lowest, bundle.currency()));
    }

    private static Finding finding(CatalogRules rules, dev.kombo.entity.Item item, WritableCatalogIndex known) {
        Finding finding = new Finding(rules.problemOfHeld(item), rules.problem(item));
        if (finding.problem() == null) {
            known.putItem(rules.clamped(item));
        }
        return finding;
    }

    private static Finding finding(
            CatalogRules rules, dev.kombo.catalog.Bundle bundle, List<dev.kombo.catalog.Bundle> curated) {
        Finding finding = new Finding(rules.problemOfHeld(bundle), rules.problem(bundle));
        if (finding.problem() == null
                && bundle.origin() == dev.kombo.catalog.Bundle.Origin.CURATED
                && !bundle.stopped()) {
            curated.add(rules.clamped(bundle));
        }
        return finding;
    }

    private static <V> Finding finding(
            ConsumerRecord<byte[], byte[]> record, Deserializer<V> values, Function<V, Finding> rules) {
        V value;
        try {
            value = values.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            return new Finding("it cannot be decoded: " + e.getMessage(), null);
        }
        return rules.apply(value);
    }
}
