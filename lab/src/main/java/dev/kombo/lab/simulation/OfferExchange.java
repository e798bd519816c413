package dev.kombo.lab.simulation;

import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.kafka.Waiting;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.OfferedBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reaches the real service as any shop does: publishes events, and reads what is offered once the service has committed
 * them. For one thread.
 */
final class OfferExchange implements OfferService, AutoCloseable {
    private final String topic;
    private final SimulatedCatalog shop;
    private final EventPublisher publisher;
    private final TopicTail<BundleOffer> offers;

    OfferExchange(LabClients clients, SimulatedCatalog shop, Waiting waiting) {
        this.topic = clients.topics().behaviorEvent();
        this.shop = shop;
        this.offers =
                TopicTail.fromNowOn(clients, BundleOffer.class, clients.topics().bundleOffer());
        this.publisher = new EventPublisher(clients.producer(Map.of()), clients::committedOffsets, waiting);
    }

    @Override
    public List<Slate> process(List<BehaviorEvent> events) throws InterruptedException {
        if (events.isEmpty()) {
            return List.of();
        }
        publisher.publish(topic, events);
        return offers.readToEnd().stream().map(this::slate).toList();
    }

    /** The offer as shoppers see it: without bundles that the shop did not make, of which they know nothing. */
    private Slate slate(BundleOffer offer) {
        List<Slate.Position> positions = new ArrayList<>(offer.getBundles().size());
        for (OfferedBundle bundle : offer.getBundles()) {
            int index = shop.bundleIndex(bundle.getBundleId());
            if (index >= 0) {
                positions.add(new Slate.Position(index, bundle.getPriceMinor()));
            }
        }
        return new Slate(offer.getOfferId(), offer.getUserId(), positions);
    }

    /** A time that the service has reached on each partition that events went to. */
    long timeReached() {
        return publisher.timeReached();
    }

    @Override
    public void close() {
        try (publisher) {
            offers.close();
        }
    }
}
