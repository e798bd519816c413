package dev.kombo.lab.shop;

import dev.kombo.catalog.StableHash;
import dev.kombo.config.Topics;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.Item;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated shop that uses the service as a real one would: it publishes its catalogue and what its shoppers do, reads
 * offers, and answers them. One thread of its own does all of it; {@link #tally} and {@link #failure} may be called from
 * any, the rest from one.
 */
public final class Shop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shop.class);
    private static final Duration CLOSING_TIME = Duration.ofSeconds(20);

    /** Waits. A test passes one that moves its clock instead. */
    @FunctionalInterface
    public interface Sleeper {
        /** Waits for some milliseconds. */
        void sleep(long millis) throws InterruptedException;
    }

    private final ShopSettings settings;
    private final Topics topics;
    private final Supplier<? extends Producer<String, SpecificRecord>> producers;
    private final Supplier<? extends Consumer<String, BundleOffer>> consumers;
    private final LongSupplier clock;
    private final Sleeper sleeper;
    private final TallyBook tally = new TallyBook();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean closing;
    private Producer<String, SpecificRecord> producer;
    private OfferReader offers;
    private Thread thread;

    /**
     * @param producers makes the producer, with an Avro serializer for its values
     * @param consumers makes the consumer of offers; it must read committed records only and needs no group
     * @param clock epoch milliseconds: the time of the events
     */
    public Shop(
            ShopSettings settings,
            Topics topics,
            Supplier<? extends Producer<String, SpecificRecord>> producers,
            Supplier<? extends Consumer<String, BundleOffer>> consumers,
            LongSupplier clock) {
        this(settings, topics, producers, consumers, clock, Thread::sleep);
    }

    /** As the other constructor, with a way to wait that goes with the clock. */
    public Shop(
            ShopSettings settings,
            Topics topics,
            Supplier<? extends Producer<String, SpecificRecord>> producers,
            Supplier<? extends Consumer<String, BundleOffer>> consumers,
            LongSupplier clock,
            Sleeper sleeper) {
        this.settings = settings;
        this.topics = topics;
        this.producers = producers;
        this.consumers = consumers;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Publishes the catalogue, unless an earlier run has done so, and lets the shoppers in. Returns at once; the shop
     * stays open until {@link #close}.
     *
     * @throws ShopException where the topics do not exist or the catalogue cannot be published
     */
    public void openForBusiness() {
        if (thread != null) {
            throw new IllegalStateException("The shop is open already");
        }
        long openedAt = clock.getAsLong();
        ShopCatalog catalog = ShopCatalog.generate(settings.seed(), openedAt);
        producer = producers.get();
        Consumer<String, BundleOffer> consumer = consumers.get();
        offers = new OfferReader(consumer);
        offers.begin(topics.bundleOffer());
        boolean continued = isPublished(catalog, consumer);
        if (!continued) {
            publish(catalog);
        }
        // A shop that goes on would otherwise see the very same visits again.
        long firstSession = continued ? StableHash.mix(openedAt) >>> 1 : 0;
        ShopFloor floor = new ShopFloor(
                settings,
                catalog,
                openedAt,
                firstSession,
                tally,
                (key, event) -> send(topics.behaviorEvent(), key, event, tally::published));
        LOG.info(
                "The shop is open: {} items, {} bundles, {} shoppers, {} events a second, {}",
                catalog.items().size(),
                catalog.bundles().size(),
                settings.shoppers(),
                settings.eventsPerSecond(),
                continued ? "going on with the catalogue that is there" : "catalogue published");
        thread = new Thread(() -> serve(floor), "simulated-shop");
        thread.setDaemon(true);
        thread.start();
    }

    /** What was counted since the shop opened. */
    public ShopTally tally() {
        return tally.snapshot();
    }

    /** Why the shop had to stop, or null while all is well. */
    public Throwable failure() {
        return failure.get();
    }

    /**
     * Sends the shoppers home, waits for what is on its way to Kafka, and ends the thread. A second call waits for
     * the first and does nothing.
     *
     * @throws ShopException where the shop had failed, or fails to close
     */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        endThread();
        // Closing the producer waits for outstanding sends; those that do not make it are reported to their callbacks.
        if (producer != null) {
            attempt(() -> producer.close(CLOSING_TIME));
        }
        if (offers != null) {
            attempt(offers::close);
        }
        Throwable problem = failure.get();
        if (problem != null) {
            throw new ShopException("The simulated shop failed: " + problem.getMessage(), problem);
        }
    }

    private void endThread() {
        if (thread == null) {
            return;
        }
        try {
            thread.join(CLOSING_TIME.toMillis());
            if (thread.isAlive()) {
                fail(new ShopException("The shop's thread did not end within " + CLOSING_TIME, null));
                thread.interrupt();
                thread.join(CLOSING_TIME.toMillis());
            }
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            fail(interrupted);
        }
    }

    private void serve(ShopFloor floor) {
        try {
            while (!closing && failure.get() == null) {
                long now = clock.getAsLong();
                for (BundleOffer offer : offers.poll()) {
                    floor.offered(offer, now);
                }
                sleeper.sleep(floor.tick(now));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail(interrupted);
        } catch (RuntimeException problem) {
            fail(problem);
        }
    }

    private boolean isPublished(ShopCatalog catalog, Consumer<?, ?> consumer) {
        // The service may add mined bundles, so there may be more than ours; an interrupted publication left fewer.
        return Partitions.recordsWritten(consumer, topics.itemCatalog())
                        >= catalog.items().size()
                && Partitions.recordsWritten(consumer, topics.bundleCatalog())
                        >= catalog.bundles().size();
    }

    private void publish(ShopCatalog catalog) {
        // Items first: a bundle whose members are unknown cannot be offered.
        for (Item item : catalog.items()) {
            send(topics.itemCatalog(), item.getItemId(), item, () -> {});
        }
        producer.flush();
        for (Bundle bundle : catalog.bundles()) {
            send(topics.bundleCatalog(), bundle.getBundleId(), bundle, () -> {});
        }
        producer.flush();
        Throwable problem = failure.get();
        if (problem != null) {
            throw new ShopException("The catalogue cannot be published: " + problem.getMessage(), problem);
        }
    }

    private void send(String topic, String key, SpecificRecord value, Runnable whenAcknowledged) {
        // What becomes of it is told to the callback; nobody waits for the future.
        Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic, key, value), (metadata, problem) -> {
            if (problem == null) {
                whenAcknowledged.run();
            } else {
                fail(problem);
            }
        });
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException problem) {
            fail(problem);
        }
    }

    private void fail(Throwable problem) {
        if (failure.compareAndSet(null, Objects.requireNonNull(problem))) {
            LOG.warn("The simulated shop stops: {}", problem.toString());
        } else if (failure.get() != problem) {
            LOG.debug("The simulated shop failed again", problem);
        }
    }
}
