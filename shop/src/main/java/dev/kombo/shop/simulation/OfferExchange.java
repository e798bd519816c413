package dev.kombo.shop.simulation;

import dev.kombo.config.Topic;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.kafka.TopicTail;
import dev.kombo.shop.process.Waiting;
import dev.kombo.shop.replay.RowSender;
import dev.kombo.shop.simulation.Simulation.OfferService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/**
 * Connects the simulated shop to a service on Kafka: publishes events, and reads the offers that the service commits.
 * Not thread-safe.
 */
final class OfferExchange implements OfferService, AutoCloseable {
    private final SimulatedCatalog shop;
    private final KafkaClients clients;
    private final Waiting waiting;
    private final TopicTail<BundleOffer> offers;
    private final Producer<String, SpecificRecord> producer;
    private final RowSender sender;

    OfferExchange(KafkaClients clients, SimulatedCatalog shop, Waiting waiting) {
        this.shop = shop;
        this.clients = clients;
        this.waiting = waiting;
        this.offers =
                TopicTail.fromNowOn(clients, BundleOffer.class, clients.topics().name(Topic.BUNDLE_OFFER));
        this.producer = clients.producer(Map.of());
        this.sender = new RowSender(producer, clients.topics());
    }

    @Override
    public List<ShownSlate> process(List<BehaviorEvent> events) throws InterruptedException {
        if (events.isEmpty()) {
            return List.of();
        }
        events.forEach(sender::send);
        sender.flush();
        waiting.until(
                "the service has processed what was published",
                () -> KafkaClients.lag(clients.committedOffsets(), sender.ends()) == 0,
                clients::committedOffsets);
        return offers.readToEnd().stream().map(this::slate).toList();
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
