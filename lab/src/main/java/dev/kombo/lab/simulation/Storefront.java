package dev.kombo.lab.simulation;

import dev.kombo.console.CommandException;
import dev.kombo.console.TopicReader;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.replay.RowSender;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.schema.Strategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
        SimulatedCatalog catalog = settings.catalog(settings.firstDay(now));
        Item first = catalog.items().get(0);
        Map<String, Item> items = new HashMap<>();
        List<String> bundles = new ArrayList<>();
        List<String> strategies = new ArrayList<>();
        try (TopicReader topics = clients.reader()) {
            topics.latest(clients.topics().itemCatalog(), Item.class, items::put);
            topics.latest(clients.topics().bundleCatalog(), Bundle.class, (id, bundle) -> bundles.add(id));
            topics.latest(clients.topics().strategy(), Strategy.class, (id, strategy) -> strategies.add(id));
        }
        Item known = items.get(first.getItemId());
        if (known != null) {
            if (!known.getPriceMinor().equals(first.getPriceMinor())
                    || !known.getTitle().equals(first.getTitle())) {
                throw CommandException.failure(
                        "the cluster has the catalogue of another shop; continue that one with its --seed", null);
            }
            catalog = settings.catalog(known.getUpdatedAt());
        }
        if (items.size() + bundles.size()
                < catalog.items().size() + catalog.bundles().size()) {
            publish(clients, catalog, strategies.isEmpty() ? SimulationStrategy.demo() : null);
        }
        return catalog.createdAt();
    }
}
