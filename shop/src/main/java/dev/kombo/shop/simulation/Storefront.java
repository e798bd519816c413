package dev.kombo.shop.simulation;

import dev.kombo.config.Topic;
import dev.kombo.console.CommandException;
import dev.kombo.console.TopicReader;
import dev.kombo.schema.Item;
import dev.kombo.schema.Strategy;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.replay.RowSender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/**
 * Publishes the simulated shop's catalogue and strategy, which the service must know before the first event, preferably
 * before it starts.
 */
public final class Storefront {
    /** Key of the record that the service reads as the strategy. */
    private static final String STRATEGY_KEY = "default";

    private Storefront() {}

    /**
     * Publishes a catalogue, and a strategy unless it is null; returns when everything is acknowledged.
     *
     * @throws CommandException if that fails
     */
    static void publish(KafkaClients clients, SimulatedCatalog catalog, Strategy strategy) {
        try (Producer<String, SpecificRecord> producer = clients.producer(Map.of())) {
            RowSender sender = new RowSender(producer, clients.topics());
            // Items first: a bundle whose members are unknown cannot be offered.
            catalog.items().forEach(sender::send);
            sender.flush();
            catalog.bundles().forEach(sender::send);
            sender.flush();
            if (strategy != null) {
                sender.send(clients.topics().name(Topic.STRATEGY), STRATEGY_KEY, strategy);
            }
            sender.flush();
        }
    }

    /**
     * Publishes a live shop's catalogue, and its strategy if there is none, unless an earlier run did. The strategy
     * comes last: so where there is one, an entry that is missing was deleted since.
     *
     * @param now epoch milliseconds
     * @return the shop's first day, epoch milliseconds: that of the earlier run, if any
     * @throws CommandException if the topics hold another shop's catalogue
     */
    public static long open(ShopSettings settings, KafkaClients clients, long now) {
        SimulatedCatalog catalog = new SimulatedCatalog(settings.seed(), settings.firstDay(now), WorldVariant.STANDARD);
        Map<String, Item> items = new HashMap<>();
        List<String> strategies = new ArrayList<>();
        try (TopicReader topics = clients.reader()) {
            topics.latest(clients.topics().name(Topic.ITEM_CATALOG), Item.class, items::put);
            topics.latest(clients.topics().name(Topic.STRATEGY), Strategy.class, (id, strategy) -> strategies.add(id));
        }
        int known = 0;
        LongSummaryStatistics times = new LongSummaryStatistics();
        for (Item item : catalog.items()) {
            Item there = items.get(item.getItemId());
            known += there == null ? 0 : 1;
            if (there != null
                    && item.getTitle().equals(there.getTitle())
                    && item.getPriceMinor().equals(there.getPriceMinor())) {
                times.accept(there.getUpdatedAt());
            }
        }
        // Somebody may have changed some of the items.
        if (2 * times.getCount() < known) {
            throw CommandException.failure(
                    "the cluster has the catalogue of another shop; continue that one with its --seed");
        }
        if (known > 0) {
            catalog = new SimulatedCatalog(settings.seed(), times.getMin(), WorldVariant.STANDARD);
        }
        if (known == 0 || strategies.isEmpty()) {
            publish(clients, catalog, strategies.isEmpty() ? SimulationStrategy.demo() : null);
        }
        return catalog.createdAt();
    }
}
