package dev.kombo.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.schema.BundleOffer;
import dev.kombo.serde.AvroJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An offer as posted to the receiver.
 *
 * @param id the offer's id, the same for every attempt
 * @param body JSON
 */
record OfferMessage(String id, byte[] body) {
    static OfferMessage of(BundleOffer offer) {
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("type", "offer.made")
                .put("timestamp", Instant.ofEpochMilli(offer.getOfferedAt()).toString());
        message.set("data", AvroJson.write(offer));
        return new OfferMessage(offer.getOfferId(), message.toString().getBytes(StandardCharsets.UTF_8));
    }
}
