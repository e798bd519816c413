package dev.kombo.cli;

import dev.kombo.catalog.CatalogRules;
import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.console.Brokers;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.EngineSettings;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.serde.CatalogMapper;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the entries in the catalogue's topics that instances do not use as they are. */
@Command(
        name = "check",
        description = "Lists the items and bundles in the topics that instances do not use, or use with texts cut, and"
                + " why. Exits with 1 if there are any, else with 0.")
final class CatalogCheckCommand extends PrintingCommand {
    @Mixin
    private SettingsOptions settings;

    @Override
    protected boolean run(PrintWriter out) {
        KomboConfig config = settings.config();
        Brokers.requireReachable(config);
        Topics topics = Topics.of(config);
        CatalogRules rules = new EngineSettings(config).catalogRules();
        AtomicLong found = new AtomicLong();
        try (TopicReader reader = new TopicReader(config);
                AvroSerdes serdes = new AvroSerdes(config.avroSettings());
                Deserializer<Item> items = serdes.value(Item.class).deserializer();
                Deserializer<Bundle> bundles = serdes.value(Bundle.class).deserializer()) {
            reader.latest(List.of(topics.itemCatalog(), topics.bundleCatalog()), record -> {
                Object problem = record.topic().equals(topics.itemCatalog())
                        ? problem(record, items, item -> rules.problem(CatalogMapper.toDomain(item)))
                        : problem(record, bundles, bundle -> rules.problem(CatalogMapper.toDomain(bundle)));
                if (problem != null) {
                    found.incrementAndGet();
                    out.println(
                            record.topic() + " " + new String(record.key(), StandardCharsets.UTF_8) + ": " + problem);
                }
            });
        }
        out.printf("%,d entries are not used as they are%n", found.get());
        return found.get() == 0;
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
