package dev.kombo.cli;

import dev.kombo.catalog.BundleDraft;
import dev.kombo.catalog.BundlePricing;
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
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.schema.PriceHistory;
import dev.kombo.serde.CatalogMapper;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
                + " why. Exits with 1 if there are any, else with 0. Tells of bundles, too, that would be refused if they"
                + " were new, as those of more than 64 members, and of curated bundles whose price is above"
                + " the sum of their items' prices, or gives away more than kombo.mining.discount.added.share of the"
                + " cheapest, or whose items or themselves cost less within 30 days than at list.")
final class CatalogCheckCommand extends PrintingCommand {
    @Mixin
    private SettingsOptions settings;

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
        Map<String, Problem> notAsNew = new TreeMap<>();
        try (TopicReader reader = new TopicReader(config);
                AvroSerdes serdes = new AvroSerdes(config.avroSettings());
                Deserializer<Item> items = serdes.value(Item.class).deserializer();
                Deserializer<Bundle> bundles = serdes.value(Bundle.class).deserializer();
                Deserializer<PriceHistory> histories =
                        serdes.value(PriceHistory.class).deserializer()) {
            reader.latest(
                    List.of(topics.name(Topic.PRICE_HISTORY)),
                    record -> problem(
                            record,
                            histories,
                            history -> known.prices()
                                    .published(
                                            new String(record.key(), StandardCharsets.UTF_8),
                                            CatalogMapper.PRICES.toDomain(history),
                                            record.timestamp())));
            reader.latest(List.of(topics.name(Topic.ITEM_CATALOG), topics.name(Topic.BUNDLE_CATALOG)), record -> {
                Object problem = record.topic().equals(topics.name(Topic.ITEM_CATALOG))
                        ? problem(record, items, item -> problem(rules, CatalogMapper.ITEMS.toDomain(item), known))
                        : problem(
                                record,
                                bundles,
                                bundle -> problem(rules, CatalogMapper.BUNDLES.toDomain(bundle), curated, notAsNew));
                if (problem != null) {
                    found.incrementAndGet();
                    out.println(
                            record.topic() + " " + new String(record.key(), StandardCharsets.UTF_8) + ": " + problem);
                }
            });
        }
        notAsNew.forEach((id, refusal) -> out.println(topics.name(Topic.BUNDLE_CATALOG) + " " + id
                + ": it is used, but would be refused if it were new: " + refusal));
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
        long price = draft.priceMinor(bundle);
        String doubt = draft.doubt(price, bundle.currency());
        return doubt == null ? draft.givesAway(price, bundle.currency(), pricing) : doubt;
    }

    private static Stream<String> raised(dev.kombo.catalog.Bundle bundle, CatalogIndex known) {
        long lowest = known.prices().lowest(bundle.id(), bundle.members(), known::item, System.currentTimeMillis(), 0);
        return Stream.ofNullable(BundleDraft.of(bundle.members(), known::item).raised(lowest, bundle.currency()));
    }

    private static Object problem(CatalogRules rules, dev.kombo.catalog.Item item, WritableCatalogIndex known) {
        Object problem = rules.problem(item);
        if (problem == null) {
            known.putItem(item);
        }
        return problem;
    }

    private static Object problem(
            CatalogRules rules,
            dev.kombo.catalog.Bundle bundle,
            List<dev.kombo.catalog.Bundle> curated,
            Map<String, Problem> notAsNew) {
        Object problem = rules.problemOfHeld(bundle);
        Problem refusal = problem == null ? rules.problem(bundle) : null;
        if (refusal != null) {
            notAsNew.put(bundle.id(), refusal);
        }
        if (problem == null && bundle.origin() == dev.kombo.catalog.Bundle.Origin.CURATED && !bundle.stopped()) {
            curated.add(bundle);
        }
        return problem;
    }

    private static <V> Object problem(
            ConsumerRecord<byte[], byte[]> record, Deserializer<V> values, Function<V, Object> rules) {
        V value;
        try {
            value = values.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            return "it cannot be decoded: " + e.getMessage();
        }
        return rules.apply(value);
    }
}
