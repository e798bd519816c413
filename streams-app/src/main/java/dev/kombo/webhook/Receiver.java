package dev.kombo.webhook;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.WebhookSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
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
    CompletableFuture<ReceiverAnswer> post(OfferMessage message) {
        long now = epochMillis.getAsLong();
        long seconds = TimeUnit.MILLISECONDS.toSeconds(now);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("User-Agent", "kombo-webhook")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", signature.of(message.id(), seconds, message.body()))
                .POST(BodyPublishers.ofByteArray(message.body()))
                .build();
        CompletableFuture<HttpResponse<Void>> exchange = http.sendAsync(request, BodyHandlers.discarding());
        // The request's own time-out covers only the headers, and a body may arrive slowly.
        return exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure == null) {
                        return ReceiverAnswer.of(
                                response.statusCode(),
                                response.headers().firstValue("Retry-After").orElse(null),
                                now);
                    }
                    exchange.cancel(true);
                    return ReceiverAnswer.failed(failure instanceof CompletionException ? failure.getCause() : failure);
                });
    }
}
