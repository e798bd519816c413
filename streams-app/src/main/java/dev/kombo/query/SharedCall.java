package dev.kombo.query;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Limits the time that callers wait for a slow answer, such as one from brokers that are down. All callers that ask
 * meanwhile share the same answer, so that requests do not hold their slots longer and at most one thread is blocked.
 * Thread-safe.
 */
final class SharedCall<T> {
    private final Supplier<T> question;
    private final long patienceMillis;
    private CompletableFuture<T> asked;

    /**
     * @param question answers, or throws
     * @param patienceMillis longest wait for an answer
     */
    SharedCall(Supplier<T> question, long patienceMillis) {
        this.question = question;
        this.patienceMillis = patienceMillis;
    }

    /** Returns the answer; empty if there is none in time. */
    Optional<T> ask() {
        try {
            return Optional.of(inFlight().get(patienceMillis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized CompletableFuture<T> inFlight() {
        if (asked == null || asked.isDone()) {
            asked = CompletableFuture.supplyAsync(question);
        }
        return asked;
    }
}
