package dev.kombo.webhook;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.config.WebhookSettings;
import dev.kombo.ops.Counters;
import dev.kombo.ops.DeadLetters;
import dev.kombo.ops.DecodingFailures;
import dev.kombo.ops.KomboMetric;
import dev.kombo.ops.Metrics;
import dev.kombo.schema.BundleOffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed offers and posts each until the receiver has taken it, at least once. One thread does all but the
 * requests themselves, whose answers it gets by a queue; metrics may be read by any.
 */
public final class WebhookSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration BUSY = Duration.ofMillis(10);
    private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(8);
    private static final long LONGEST_SETTLE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long FIRST_WAIT_MILLIS = 1000;
    private static final int MOST_DOUBLINGS = 20;

    /** Offers of a partition that are read ahead of the first that is not done: they are posted again after a crash. */
    private static final int LONGEST_SPAN = 5_000;

    /** What became of a request, or of a dead letter. */
    private record Outcome(Delivery delivery, Answer answer, Exception failure) {}

    private final Receiver receiver;
    private final int mostUnderWay;
    private final long longestWaitMillis;
    private final long giveUpNanos;
    private final String topic;
    private final String deadLetters;
    private final boolean fromBeginning;
    private final AvroSerdes serdes;
    private final Deserializer<BundleOffer> offers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Counters counters = new Counters();
    private final Metrics metrics = new Metrics(counters);
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final Deliveries deliveries = new Deliveries(System.nanoTime());
    private int underWay;
    private long pausedUntil = System.nanoTime();
    private long lastDelivered = pausedUntil;
    private boolean failing;
    private String end;
    private volatile int pending;
    private volatile long oldest = Long.MAX_VALUE;

    /**
     * @param consumer settings of a consumer that reaches the brokers, security included
     * @param producer likewise
     * @param fromBeginning whether a group that is new begins with the oldest offer there is, and not with the next
     * @param epochMillis the machine's clock
     * @throws IllegalArgumentException where the secret is none
     */
    public WebhookSender(
            KomboConfig config,
            Map<String, Object> consumer,
            Map<String, Object> producer,
            boolean fromBeginning,
            LongSupplier epochMillis) {
        receiver = new Receiver(config, epochMillis);
        mostUnderWay = config.get(WebhookSettings.IN_FLIGHT);
        longestWaitMillis = config.get(WebhookSettings.LONGEST_WAIT);
        giveUpNanos = TimeUnit.MILLISECONDS.toNanos(config.get(WebhookSettings.GIVE_UP));
        topic = Topics.of(config).bundleOffer();
        deadLetters = Topics.of(config).deadLetter();
        this.fromBeginning = fromBeginning;
        serdes = new AvroSerdes(config.avroSettings());
        offers = serdes.value(BundleOffer.class).deserializer();
        Map<String, Object> reading = new HashMap<>(consumer);
        reading.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, config.get(ServiceSettings.SESSION_TIMEOUT));
        reading.put(ConsumerConfig.GROUP_ID_CONFIG, config.get(WebhookSettings.GROUP));
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Only after retention has passed what was committed: a new group is placed below.
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reading.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        this.consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer());
        metrics.gauge(KomboMetric.WEBHOOK_PENDING, () -> pending);
        metrics.gauge(
                KomboMetric.WEBHOOK_OLDEST,
                () -> oldest == Long.MAX_VALUE ? 0 : Math.max(0, epochMillis.getAsLong() - oldest) / 1e3);
    }

    /** Its figures, in the text format of Prometheus. */
    public String scrape() {
        return metrics.scrape();
    }

    /** Offers that were delivered. */
    public long delivered() {
        return counters.get(KomboMetric.WEBHOOK_OFFERS, "delivered");
    }

    /**
     * Posts offers until told to stop: then it waits for the requests under way and commits.
     *
     * @return why it cannot go on; empty where it was told to stop
     */
    public Optional<String> run(BooleanSupplier told) {
        if (consumer.partitionsFor(topic).isEmpty()) {
            return Optional.of("there is no topic " + topic + "; kombo topics create makes it");
        }
        consumer.subscribe(List.of(topic), new Rebalancing());
        long committedAt = System.nanoTime();
        long loggedAt = committedAt;
        while (!told.getAsBoolean() && end == null) {
            read();
            for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
                settle(outcome);
            }
            start();
            pending = deliveries.pending();
            oldest = deliveries.oldest();
            long now = System.nanoTime();
            if (now - committedAt > COMMIT_NANOS) {
                committedAt = now;
                commitSoon();
            }
            if (now - loggedAt > LOG_NANOS) {
                loggedAt = now;
                LOG.info("Offers delivered {}, waiting {}", delivered(), pending);
            }
        }
        awaitUnderWay();
        commit();
        return Optional.ofNullable(end);
    }

    private void read() {
        long nanos = Math.min(IDLE.toNanos(), Math.max(0, deliveries.untilNext(System.nanoTime())));
        long now = System.nanoTime();
        consumer.poll(underWay > 0 || nanos < BUSY.toNanos() ? BUSY : Duration.ofNanos(nanos))
                .forEach(record -> {
                    if (record.value() != null) {
                        deliveries.add(new Delivery(record), now);
                    }
                });
        Set<TopicPartition> full = new HashSet<>(consumer.assignment());
        full.removeIf(partition -> deliveries.span(partition) < LONGEST_SPAN);
        Set<TopicPartition> free = new HashSet<>(consumer.paused());
        free.removeAll(full);
        consumer.pause(full);
        consumer.resume(free);
    }

    private void start() {
        long now = System.nanoTime();
        while (underWay < mostUnderWay && now - pausedUntil >= 0 && deliveries.untilNext(now) <= 0) {
            Delivery delivery = deliveries.take();
            delivery.tried(now);
            OfferMessage message;
            try {
                message = OfferMessage.of(
                        offers.deserialize(topic, delivery.record().value()));
            } catch (RuntimeException e) {
                underWay++;
                if (DecodingFailures.registryAtFault(e)) {
                    outcomes.add(new Outcome(delivery, Answer.failed(e), null));
                } else {
                    bury(delivery, "cannot be decoded: " + e.getMessage());
                }
                continue;
            }
            underWay++;
            receiver.post(message).thenAccept(answer -> outcomes.add(new Outcome(delivery, answer, null)));
        }
    }

    private void settle(Outcome outcome) {
        underWay--;
        Delivery delivery = outcome.delivery();
        if (outcome.failure() != null) {
            throw new KafkaException("a dead letter could not be written to " + deadLetters, outcome.failure());
        }
        if (outcome.answer() == null) {
            counters.count(KomboMetric.WEBHOOK_OFFERS, "dead_letter");
            deliveries.done(delivery, System.nanoTime());
            return;
        }
        Answer answer = outcome.answer();
        switch (answer.verdict()) {
            case DELIVERED -> {
                lastDelivered = System.nanoTime();
                counters.count(KomboMetric.WEBHOOK_OFFERS, "delivered");
                deliveries.done(delivery, lastDelivered);
                tell(false, answer);
            }
            case RETRY -> retry(delivery, answer);
            case REFUSED -> rebury(delivery, "the receiver answers " + answer.reason());
            case GONE -> {
                end = "the receiver answers 410 Gone: it wants no offers any more";
                deliveries.retry(delivery, System.nanoTime());
            }
        }
    }

    private void retry(Delivery delivery, Answer answer) {
        counters.count(KomboMetric.WEBHOOK_FAILURES, answer.reason());
        tell(true, answer);
        long now = System.nanoTime();
        // While nothing gets through it is the receiver that is down, and no offer is at fault.
        if (now - delivery.firstTriedAt() > giveUpNanos && lastDelivered - delivery.firstTriedAt() > 0) {
            rebury(delivery, "given up after " + delivery.attempts() + " attempts: " + answer.reason());
            return;
        }
        if (answer.retryAfterMillis() > 0) {
            pausedUntil = now + TimeUnit.MILLISECONDS.toNanos(Math.min(answer.retryAfterMillis(), longestWaitMillis));
        }
        long wait = waitMillis(
                delivery.attempts(),
                longestWaitMillis,
                ThreadLocalRandom.current().nextDouble());
        deliveries.retry(delivery, now + TimeUnit.MILLISECONDS.toNanos(wait));
    }

    /**
     * How long to wait after an attempt.
     *
     * @param attempts made so far, from 1 on
     * @param chance 0 to 1: whoever failed together should not come back together
     */
    static long waitMillis(int attempts, long longest, double chance) {
        long full = Math.min(longest, FIRST_WAIT_MILLIS << Math.min(attempts - 1, MOST_DOUBLINGS));
        return full - (long) (full / 2.0 * chance);
    }

    private void rebury(Delivery delivery, String reason) {
        underWay++;
        bury(delivery, reason);
    }

    private void bury(Delivery delivery, String reason) {
        LOG.warn(
                "The offer at {} offset {} goes to {}: {}",
                delivery.partition(),
                delivery.offset(),
                deadLetters,
                reason);
        producer.send(
                DeadLetters.of(delivery.record(), deadLetters, "webhook: " + reason),
                (metadata, failure) -> outcomes.add(new Outcome(delivery, null, failure)));
    }

    private void tell(boolean fails, Answer answer) {
        if (fails != failing) {
            failing = fails;
            if (fails) {
                LOG.warn("The receiver fails ({}); offers wait and are posted again", answer.reason());
            } else {
                LOG.info("The receiver takes offers again");
            }
        }
    }

    /** Lets the requests under way end, so that what they deliver is not delivered again. */
    private void awaitUnderWay() {
        long giveUpAt = System.nanoTime() + LONGEST_SETTLE_NANOS;
        try {
            while (underWay > 0 && giveUpAt - System.nanoTime() > 0) {
                Outcome outcome = outcomes.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (outcome != null) {
                    settle(outcome);
                }
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void commitSoon() {
        Map<TopicPartition, OffsetAndMetadata> offsets = deliveries.takeCommittable();
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (unused, failure) -> {
                if (failure != null) {
                    LOG.warn("Offsets were not committed, later ones will be: {}", failure.getMessage());
                }
            });
        }
    }

    private void commit() {
        try {
            consumer.commitSync(deliveries.takeCommittable(), LONGEST_COMMIT);
        } catch (CommitFailedException | RebalanceInProgressException e) {
            LOG.warn("Offsets were not committed, some offers are posted again: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try (serdes;
                metrics;
                producer;
                consumer) {
            offers.close();
        }
    }

    /** Partitions come and go with the group's members. */
    private final class Rebalancing implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Set<TopicPartition> fresh = new HashSet<>(partitions);
            Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(fresh);
            fresh.removeIf(partition -> known.get(partition) != null);
            // Kafka takes no partitions for all of them.
            if (fresh.isEmpty()) {
                return;
            }
            if (fromBeginning) {
                consumer.seekToBeginning(fresh);
            } else {
                consumer.seekToEnd(fresh);
            }
            // Kept at once: a crash before the first delivery must not lose what came meanwhile.
            Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
            fresh.forEach(partition -> positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
            consumer.commitSync(positions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            awaitUnderWay();
            commit();
            deliveries.drop(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            deliveries.drop(partitions);
        }
    }
}
