package dev.kombo.examples;

import dev.kombo.client.OfferConsumers;
import dev.kombo.schema.BundleOffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;

public class ReadOffers {
    public static void main(String[] arguments) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", arguments[0], "schema.registry.url", arguments[1], "group.id", "my-shop");
        try (Consumer<String, BundleOffer> offers = OfferConsumers.offers(settings)) {
            while (true) {
                offers.poll(Duration.ofSeconds(1))
                        .forEach(offer -> System.out.println(
                                offer.key() + ": " + offer.value().getBundles()));
            }
        }
    }
}
