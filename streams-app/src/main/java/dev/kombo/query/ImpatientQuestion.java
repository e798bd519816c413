package dev.kombo.query;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A question that may take long to be answered, such as one to brokers that are away. Whoever asks waits for a bounded
 * time, and all who ask meanwhile wait for the same answer: so requests keep their places no longer than that, and one
 * thread at most is stuck. Thread-safe.
 */
final class ImpatientQuestion<T> {
    private final Supplier<T> question;
    private final long patienceMillis;
    private CompletableFuture<T> asked;

    /**
     * @param question answers, or throws
     * @param patienceMillis longest wait for an answer
     */
    ImpatientQuestion(Supplier<T> question, long patienceMillis) {
        this.question = question;
        this.patienceMillis = patienceMillis;
    }

    /** The answer; empty where there is none in time. */
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
