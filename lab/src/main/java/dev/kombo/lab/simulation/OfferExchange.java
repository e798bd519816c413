package dev.kombo.lab.simulation;

import dev.kombo.console.CommandException;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.kafka.Waiting;
import dev.kombo.lab.simulation.Simulation.OfferService;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.OfferedBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Communicates with the real service as any shop does: publishes events, and reads offers once the service has
 * committed them. Not thread-safe.
 */
final class OfferExchange implements OfferService, AutoCloseable {
    private final String topic;
    private final SimulatedCatalog shop;
    private final LabClients clients;
    private final Waiting waiting;
    private final TopicTail<BundleOffer> offers;
    private final Producer<String, SpecificRecord> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    /** Offset after the last event of each partition; written by the producer's thread. */
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

    OfferExchange(LabClients clients, SimulatedCatalog shop, Waiting waiting) {
        this.topic = clients.topics().behaviorEvent();
        this.shop = shop;
        this.clients = clients;
        this.waiting = waiting;
        this.offers =
                TopicTail.fromNowOn(clients, BundleOffer.class, clients.topics().bundleOffer());
        this.producer = clients.producer(Map.of());
    }

    @Override
    public List<ShownSlate> process(List<BehaviorEvent> events) throws InterruptedException {
        if (events.isEmpty()) {
            return List.of();
        }
        events.forEach(this::send);
        producer.flush();
        if (failure.get() != null) {
            throw CommandException.failure("an event cannot be published: " + failure.get(), failure.get());
        }
        waiting.until(
                "the service has processed what was published",
                () -> LabClients.lag(clients.committedOffsets(), ends) == 0,
                clients::committedOffsets);
        return offers.readToEnd().stream().map(this::slate).toList();
    }

    private void send(BehaviorEvent event) {
        var unused = producer.send(new ProducerRecord<>(topic, event.getUserId(), event), (metadata, exception) -> {
            if (exception == null) {
                TopicPartition partition = new TopicPartition(topic, metadata.partition());
                ends.merge(partition, metadata.offset() + 1, Math::max);
            } else {
                failure.compareAndSet(null, exception);
            }
        });
    }

    /**
     * Returns the offer as shoppers see it: without bundles of other origin than the shop, which the simulation does
     * not know.
     */
    private ShownSlate slate(BundleOffer offer) {
        List<ShownSlate.Position> positions = new ArrayList<>(offer.getBundles().size());
        for (OfferedBundle bundle : offer.getBundles()) {
            int index = shop.bundleIndex(bundle.getBundleId());
            if (index >= 0) {
                positions.add(new ShownSlate.Position(index, shop.members(index), bundle.getPriceMinor()));
            }
        }
        return new ShownSlate(offer.getOfferId(), offer.getUserId(), positions);
    }

    @Override
    public void close() {
        try (producer) {
            offers.close();
        }
    }
}
