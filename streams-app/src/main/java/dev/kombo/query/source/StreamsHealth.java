package dev.kombo.query.source;

import dev.kombo.service.KomboService;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Tells whether this instance is live and ready for requests, by the state and the lag of Kafka Streams and by whether
 * its stores can be read.
 */
public final class StreamsHealth implements QuerySources.Health {
    /** Less than the default time that an instance waits for another. */
    private static final long PATIENCE_MILLIS = 1000;

    private final KomboService service;
    private final long mostLag;
    private final QuerySources.MachineClock clock;
    private final SharedCall<List<InstanceView.Store>> stores;

    /**
     * @param mostLag number of records behind from which the instance is not ready
     */
    public StreamsHealth(KomboService service, long mostLag, QuerySources.MachineClock clock) {
        this.service = service;
        this.mostLag = mostLag;
        this.clock = clock;
        this.stores = new SharedCall<>(() -> InstanceView.stores(service.streams()), PATIENCE_MILLIS);
    }

    @Override
    public boolean live() {
        KafkaStreams.State state = service.streams().state();
        return state == KafkaStreams.State.CREATED || state.isRunningOrRebalancing();
    }

    @Override
    public boolean informed() {
        return service.informed() && service.streams().state().isRunningOrRebalancing();
    }

    @Override
    public String obstacle() {
        if (!service.serves()) {
            String what = service.waitsFor();
            return "the instance is " + state() + (what.isEmpty() ? "" : " and is waiting for " + what);
        }
        // Where the lag is not known, no broker answers any instance: each of them can be read all the same.
        long lag = lag().orElse(0);
        return lag > mostLag ? "the instance is " + lag + " records behind; the limit is " + mostLag : null;
    }

    @Override
    public String state() {
        return service.streams().state().name();
    }

    @Override
    public OptionalLong lag() {
        return service.lag();
    }

    @Override
    public InstanceView describe() {
        InstanceView.Activity activity = InstanceView.Activity.of(
                clock.now(), service.engine().counters(), service.engine().measurements());
        return InstanceView.of(service.streams(), this, stores.ask().orElse(List.of()), activity);
    }

    /**
     * Limits the time that callers wait for a slow answer, such as one from brokers that are down. All callers that ask
     * meanwhile share the same answer, so that requests do not hold their slots longer and at most one thread is
     * blocked. Thread-safe.
     */
    static final class SharedCall<T> {
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
}
