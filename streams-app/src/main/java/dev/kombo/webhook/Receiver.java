package dev.kombo.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.config.Hmac;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.WebhookSettings;
import dev.kombo.schema.BundleOffer;
import dev.kombo.serde.OfferJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The HTTP endpoint that offers are posted to. Redirects are not followed. */
final class Receiver {
    private final URI address;
    private final Signature signature;
    private final Duration timeout;
    private final LongSupplier epochMillis;
    private final HttpClient http;

    Receiver(KomboConfig config, LongSupplier epochMillis) {
        address = URI.create(config.get(WebhookSettings.URL));
        signature = new Signature(config.get(WebhookSettings.SECRET));
        timeout = Duration.ofMillis(config.get(WebhookSettings.TIMEOUT));
        this.epochMillis = epochMillis;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /**
     * Posts once; the future never fails.
     *
     * @throws IllegalArgumentException if the id cannot be written into a header
     */
    CompletableFuture<ReceiverResponse> post(OfferMessage message) {
        long now = epochMillis.getAsLong();
        long seconds = TimeUnit.MILLISECONDS.toSeconds(now);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("User-Agent", "kombo-webhook")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", signature.of(message.id(), seconds, message.body()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.body()))
                .build();
        CompletableFuture<HttpResponse<Void>> exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        // The request's own time-out covers only the headers, and a body may arrive slowly.
        return exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure == null) {
                        return ReceiverResponse.of(
                                response.statusCode(),
                                response.headers().firstValue("Retry-After").orElse(null),
                                now);
                    }
                    exchange.cancel(true);
                    return ReceiverResponse.failed(
                            failure instanceof CompletionException ? failure.getCause() : failure);
                });
    }

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
            message.set("data", OfferJson.published(offer));
            return new OfferMessage(offer.getOfferId(), message.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Signs messages as in Standard Webhooks 1.0.0: HMAC-SHA256 over {@code id.timestamp.body}, one signature per
     * secret.
     */
    static final class Signature {
        private static final String PREFIX = "whsec_";
        private static final int SHORTEST_BYTES = 24;
        private static final int LONGEST_BYTES = 64;

        private final List<byte[]> keys = new ArrayList<>();

        /**
         * @param secrets {@code whsec_} and base64; two, separated by a blank, while a secret is rotated
         * @throws IllegalArgumentException if a secret is invalid; the message does not contain it
         */
        Signature(String secrets) {
            for (String secret : secrets.strip().split(" +", -1)) {
                byte[] key;
                try {
                    key = Base64.getDecoder()
                            .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("a secret is whsec_ and base64", e);
                }
                if (key.length < SHORTEST_BYTES || key.length > LONGEST_BYTES) {
                    throw new IllegalArgumentException(
                            "a secret has " + SHORTEST_BYTES + " to " + LONGEST_BYTES + " bytes, not " + key.length);
                }
                keys.add(key);
            }
        }

        /** Returns the value of the header {@code webhook-signature}. */
        String of(String id, long epochSeconds, byte[] body) {
            StringJoiner signatures = new StringJoiner(" ");
            byte[] head = (id + "." + epochSeconds + ".").getBytes(StandardCharsets.UTF_8);
            for (byte[] key : keys) {
                signatures.add("v1," + Base64.getEncoder().encodeToString(Hmac.of(key, head, body)));
            }
            return signatures.toString();
        }
    }
}
