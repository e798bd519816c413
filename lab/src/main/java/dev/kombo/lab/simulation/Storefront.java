package dev.kombo.lab.simulation;

import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.replay.RowSender;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.schema.Strategy;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/**
 * Publishes catalogue and strategy, which the service must know before the first event, preferably before it starts.
 */
final class Storefront {
    private static final String STRATEGY_KEY = "default";

    private Storefront() {}

    /**
     * Publishes a catalogue, and a strategy unless it is null; returns when everything is acknowledged.
     *
     * @throws CommandException if that fails
     */
    static void publish(LabClients clients, SimulatedCatalog catalog, Strategy strategy) {
        try (Producer<String, SpecificRecord> producer = clients.producer(Map.of())) {
            RowSender sender = new RowSender(producer, clients.topics());
            // Items first: a bundle whose members are unknown cannot be offered.
            catalog.items().forEach(sender::send);
            sender.flush();
            catalog.bundles().forEach(sender::send);
            if (strategy != null) {
                sender.send(clients.topics().strategy(), STRATEGY_KEY, strategy);
            }
            sender.flush();
        }
    }

    /**
     * Publishes a live shop's catalogue, and its strategy if there is none, unless an earlier run did.
     *
     * @param now epoch milliseconds
     * @return the shop's first day, epoch milliseconds: that of the earlier run, if any
     * @throws CommandException if the topics hold another shop's catalogue
     */
    static long open(ShopSettings settings, LabClients clients, long now) {
        Topics topics = clients.topics();
        SimulatedCatalog catalog = settings.catalog(settings.firstDay(now));
        Item first = catalog.items().get(0);
        int found = 0;
        try (TopicTail<Item> items = TopicTail.fromTheBeginning(clients, Item.class, topics.itemCatalog());
                TopicTail<Bundle> bundles = TopicTail.fromTheBeginning(clients, Bundle.class, topics.bundleCatalog());
                TopicTail<Strategy> strategies =
                        TopicTail.fromTheBeginning(clients, Strategy.class, topics.strategy())) {
            for (Item item : items.readToEnd()) {
                if (item != null && item.getItemId().equals(first.getItemId())) {
                    if (!item.getPriceMinor().equals(first.getPriceMinor())
                            || !item.getTitle().equals(first.getTitle())) {
                        throw CommandException.failure(
                                "the cluster has the catalogue of another shop; continue that one with its --seed",
                                null);
                    }
                    catalog = settings.catalog(item.getUpdatedAt());
                }
                found++;
            }
            found += bundles.readToEnd().size();
            if (found < catalog.items().size() + catalog.bundles().size()) {
                Strategy strategy = strategies.readToEnd().isEmpty() ? SimulationStrategy.demo() : null;
                publish(clients, catalog, strategy);
            }
        }
        return catalog.createdAt();
    }
}
