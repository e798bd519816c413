package dev.kombo.shop.simulation;

import dev.kombo.console.CommandException;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.shop.Progress;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.process.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the simulated world live: its shoppers use the service on Kafka as those of a real shop would. It begins in the
 * past and runs faster than real time until it reaches the present; then shoppers come in real time, about one a
 * second, until it is closed. It is played by a thread of its own; {@link #time},
 * {@link #events} and {@link #failure} may be called from any thread, everything else from one.
 */
public final class Shop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shop.class);
    private static final Duration CLOSING_TIME = Duration.ofSeconds(20);

    private final Simulation simulation;
    private final OfferExchange exchange;
    private final Pace pace;
    private final long after;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::play, "simulated-shop");
    private final AtomicLong events = new AtomicLong();
    private volatile long time;

    private Shop(ShopSettings settings, KafkaClients clients, long after) throws InterruptedException {
        long now = System.currentTimeMillis();
        SimulationSettings world = settings.world(Storefront.open(settings, clients, now), now);
        SimulatedWorld hidden = new SimulatedWorld(world);
        this.simulation = new Simulation(hidden, (session, slate, step, time) -> {});
        Waiting waiting = new Waiting(clients.patience());
        awaitStrategy(clients, waiting);
        this.exchange = new OfferExchange(clients, hidden.catalog(), waiting);
        this.pace = new Pace(settings.pace());
        this.after = after;
        this.time = Math.max(after, world.timetable().firstDay());
        thread.setDaemon(true);
    }

    /**
     * Opens the shop; it stays open until {@link #close}.
     *
     * @param after time reached by earlier runs, epoch milliseconds; any earlier time if there were none
     * @throws CommandException as {@link Storefront#open} does
     */
    public static Shop open(ShopSettings settings, KafkaClients clients, long after) throws InterruptedException {
        Shop shop = new Shop(settings, clients, after);
        shop.thread.start();
        return shop;
    }

    /** Waits for the strategy; otherwise the first shoppers would be assigned in the standard experiment. */
    private static void awaitStrategy(KafkaClients clients, Waiting waiting) throws InterruptedException {
        String unpublished = StrategyPlan.standard().salt();
        waiting.until(
                "a published strategy is active",
                () -> clients.strategy() == null || !clients.strategy().salt().equals(unpublished),
                () -> "none");
    }

    private void play() {
        try {
            simulation.run(this::process, Progress.NONE, after);
            LOG.info("All days of the shop have been played");
        } catch (CancellationException closed) {
            LOG.debug("The shop closes");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail(interrupted);
        } catch (RuntimeException problem) {
            fail(problem);
        }
    }

    private List<ShownSlate> process(List<BehaviorEvent> published) throws InterruptedException {
        if (published.isEmpty()) {
            return List.of();
        }
        long latest = published.get(published.size() - 1).getEventTime();
        if (closing.await(pace.waitMillis(latest, System.currentTimeMillis()), TimeUnit.MILLISECONDS)) {
            throw new CancellationException();
        }
        List<ShownSlate> offers = exchange.process(published);
        events.addAndGet(published.size());
        time = latest;
        return offers;
    }

    /** Time of the latest event that the service has processed, epoch milliseconds; at first the start of the run. */
    public long time() {
        return time;
    }

    /** Number of events of this run that the service has processed. */
    public long events() {
        return events.get();
    }

    /** Why the shop had to stop, or null. */
    public Throwable failure() {
        return failure.get();
    }

    /**
     * Closes the shop once the service has processed what was published, and ends the thread.
     *
     * @throws CommandException if the shop had failed, or fails to close
     */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSING_TIME.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            fail(CommandException.failure(
                    "the service did not process the last events within " + CLOSING_TIME.toSeconds() + " s", null));
            thread.interrupt();
        } else {
            exchange.close();
        }
        if (failure.get() != null) {
            throw CommandException.failure(
                    "the simulated shop failed: " + failure.get().getMessage(), failure.get());
        }
    }

    private void fail(Throwable problem) {
        if (failure.compareAndSet(null, problem)) {
            LOG.warn("The simulated shop stops", problem);
        }
    }

    /**
     * Decides when simulated events may happen: past days pass faster than real time until the present is reached, and
     * in real time from then on. A delay is made up for one day at most; after a longer one the pace continues from
     * there, so that no backlog builds up. Not thread-safe.
     */
    static final class Pace {
        private final double dayMillis;
        private long anchor = Long.MIN_VALUE;
        private long anchoredAt;

        /**
         * @param day shortest duration of a simulated day
         */
        Pace(Duration day) {
            this.dayMillis = day.toMillis();
        }

        /**
         * Returns how long to wait for a moment, in milliseconds; never less than until it is present.
         *
         * @param time of the moment, epoch milliseconds
         * @param now epoch milliseconds
         */
        long waitMillis(long time, long now) {
            if (anchor == Long.MIN_VALUE) {
                anchor(time, now);
            }
            long due = anchoredAt + Math.round((time - anchor) * (dayMillis / SimulationSettings.DAY));
            if (now - due > dayMillis) {
                anchor(time, now);
            }
            return Math.max(0, Math.max(due, time) - now);
        }

        private void anchor(long time, long now) {
            anchor = time;
            anchoredAt = now;
        }
    }
}
