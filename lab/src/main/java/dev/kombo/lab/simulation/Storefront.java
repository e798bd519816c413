package dev.kombo.lab.simulation;

import dev.kombo.config.Topics;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.schema.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes what the service must know before the first event, and preferably before it starts. */
final class Storefront {
    private static final String STRATEGY_KEY = "default";

    private Storefront() {}

    /**
     * Publishes a catalogue, and a strategy unless it is null; returns when all is acknowledged.
     *
     * @throws ShopException where that fails
     */
    static void publish(
            Producer<String, SpecificRecord> producer, Topics topics, SimulatedCatalog catalog, Strategy strategy) {
        List<Future<?>> sent = new ArrayList<>();
        // Items first: a bundle whose members are unknown cannot be offered.
        for (Item item : catalog.items()) {
            sent.add(producer.send(new ProducerRecord<>(topics.itemCatalog(), item.getItemId(), item)));
        }
        producer.flush();
        for (Bundle bundle : catalog.bundles()) {
            sent.add(producer.send(new ProducerRecord<>(topics.bundleCatalog(), bundle.getBundleId(), bundle)));
        }
        if (strategy != null) {
            sent.add(producer.send(new ProducerRecord<>(topics.strategy(), STRATEGY_KEY, strategy)));
        }
        producer.flush();
        for (Future<?> each : sent) {
            try {
                each.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ShopException("interrupted while publishing the shop", e);
            } catch (ExecutionException e) {
                throw new ShopException(
                        "the shop cannot be published: " + e.getCause().getMessage(), e);
            }
        }
    }

    /**
     * Brings a live shop's catalogue to the topics, and its strategy where there is none, unless an earlier run did.
     *
     * @param now epoch milliseconds
     * @return the shop's first day, epoch milliseconds: that of the earlier run, if any
     * @throws ShopException where another shop's catalogue is there
     */
    static long open(ShopSettings settings, Connection connection, long now) {
        Topics topics = connection.topics();
        SimulatedCatalog catalog = settings.catalog(settings.firstDay(now));
        Item first = catalog.items().get(0);
        int found = 0;
        try (TopicTail<Item> items = TopicTail.fromTheBeginning(connection, Item.class, topics.itemCatalog());
                TopicTail<Bundle> bundles =
                        TopicTail.fromTheBeginning(connection, Bundle.class, topics.bundleCatalog());
                TopicTail<Strategy> strategies =
                        TopicTail.fromTheBeginning(connection, Strategy.class, topics.strategy())) {
            for (Item item : items.readToEnd()) {
                if (item != null && item.getItemId().equals(first.getItemId())) {
                    if (!item.getPriceMinor().equals(first.getPriceMinor())
                            || !item.getTitle().equals(first.getTitle())) {
                        throw new ShopException(
                                "there is the catalogue of another shop; the same --seed goes on with it", null);
                    }
                    catalog = settings.catalog(item.getUpdatedAt());
                }
                found++;
            }
            found += bundles.readToEnd().size();
            if (found < catalog.items().size() + catalog.bundles().size()) {
                Strategy strategy = strategies.readToEnd().isEmpty() ? ShopSettings.strategy() : null;
                try (Producer<String, SpecificRecord> producer = connection.producer()) {
                    publish(producer, topics, catalog, strategy);
                }
            }
        }
        return catalog.createdAt();
    }
}
