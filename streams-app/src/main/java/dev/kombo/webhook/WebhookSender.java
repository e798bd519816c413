package dev.kombo.webhook;

import dev.kombo.client.AvroSerdes;
import dev.kombo.client.SchemaRegistryException;
import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.config.WebhookSettings;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.metric.LogLimit;
import dev.kombo.ops.DeadLetters;
import dev.kombo.ops.DecodingFailures;
import dev.kombo.ops.Metrics;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.schema.BundleOffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
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
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed offers and posts each until the receiver has accepted it, at least once. One thread does everything
 * except the requests, whose results reach it through a queue; any thread may read metrics.
 */
public final class WebhookSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration BUSY = Duration.ofMillis(10);
    private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(8);
    private static final int LONGEST_BLOCK_MILLIS = 5_000;
    private static final double MILLIS_A_SECOND = 1000;

    /**
     * Longest time between two polls: when brokers or the registry do not answer, each offer may take long, and the
     * group waits for the next poll.
     */
    private static final long LONGEST_UNPOLLED_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long LONGEST_SETTLE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long FIRST_WAIT_MILLIS = 1000;
    private static final long LONGEST_OUTAGE_WAIT_MILLIS = 30_000;
    private static final int MOST_DOUBLINGS = 20;

    /** Most offers per partition that are read ahead of the first one not done: they are posted again after a crash. */
    private static final int LONGEST_SPAN = 5_000;

    /** The result of a request or of a dead letter. */
    private record AttemptResult(Delivery delivery, ReceiverResponse response, Exception failure) {}

    private final Receiver receiver;
    private final int mostUnderWay;
    private final long longestWaitMillis;
    private final long giveUpNanos;
    private final String topic;
    private final String deadLetters;
    private final Pseudonyms pseudonyms;
    private final boolean fromBeginning;
    private final AvroSerdes serdes;
    private final Deserializer<BundleOffer> offers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Counters counters = new Counters();
    private final Metrics metrics = new Metrics(counters);
    private final BlockingQueue<AttemptResult> results = new LinkedBlockingQueue<>();
    private final Deliveries deliveries = new Deliveries(System.nanoTime());
    private final LogLimit limit = new LogLimit(LOG, "offers and their receiver");

    /** Partitions assigned to this process without a position so far: nothing is read from them. */
    private final Set<TopicPartition> unplaced = new HashSet<>();

    private int registryFailures;
    private int underWay;
    private long pausedUntil = System.nanoTime();
    private long lastDelivered = pausedUntil;
    private boolean failing;
    private String end;
    private volatile int pending;
    private volatile long oldest = Long.MAX_VALUE;

    /**
     * @param fromBeginning whether a new group begins with the oldest offer instead of the next
     * @param epochMillis the machine's clock
     * @throws IllegalArgumentException if the secret is invalid
     */
    public WebhookSender(KomboConfig config, boolean fromBeginning, LongSupplier epochMillis) {
        receiver = new Receiver(config, epochMillis);
        mostUnderWay = config.get(WebhookSettings.IN_FLIGHT);
        longestWaitMillis = config.get(WebhookSettings.LONGEST_WAIT);
        giveUpNanos = TimeUnit.MILLISECONDS.toNanos(config.get(WebhookSettings.GIVE_UP));
        topic = Topics.of(config).name(Topic.BUNDLE_OFFER);
        deadLetters = Topics.of(config).name(Topic.DEAD_LETTER);
        pseudonyms = Pseudonyms.of(config);
        this.fromBeginning = fromBeginning;
        Map<String, Object> avro = new HashMap<>(config.avroSettings());
        // The polling thread must not wait for a registry that does not answer: it asks again later.
        avro.put("max.retries", 0);
        serdes = new AvroSerdes(avro);
        offers = serdes.value(BundleOffer.class).deserializer();
        Map<String, Object> reading = ClientSettings.consumer(config);
        reading.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, config.get(ServiceSettings.SESSION_TIMEOUT));
        reading.put(ConsumerConfig.GROUP_ID_CONFIG, config.get(WebhookSettings.GROUP));
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Applies only if retention deleted what was committed: a new group is positioned below.
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reading.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> writing = ClientSettings.producer(config);
        writing.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
        producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
        metrics.gauge(KomboMetric.WEBHOOK_PENDING, () -> pending);
        metrics.gauge(
                KomboMetric.WEBHOOK_OLDEST,
                () -> oldest == Long.MAX_VALUE ? 0 : Math.max(0, epochMillis.getAsLong() - oldest) / MILLIS_A_SECOND);
    }

    /** Its metrics, in the text format of Prometheus. */
    public String scrape() {
        return metrics.scrape();
    }

    /** Number of offers delivered. */
    public long delivered() {
        return counters.get(KomboMetric.WEBHOOK_OFFERS, "delivered");
    }

    /**
     * Posts offers until asked to stop, then waits for requests in flight and commits.
     *
     * @return why it cannot continue; empty if it was asked to stop
     */
    public Optional<String> run(BooleanSupplier stopped) {
        if (!topicExists(stopped)) {
            return Optional.of("there is no topic " + topic + "; kombo topics create makes it");
        }
        consumer.subscribe(List.of(topic), new Rebalancing());
        long committedAt = System.nanoTime();
        long loggedAt = committedAt;
        while (!stopped.getAsBoolean() && end == null) {
            read();
            place();
            long polledAt = System.nanoTime();
            for (AttemptResult result = results.poll(); result != null; result = results.poll()) {
                settle(result);
                if (System.nanoTime() - polledAt > LONGEST_UNPOLLED_NANOS) {
                    break;
                }
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

    /** Whether brokers have the topic; waits until they answer or it is asked to stop. */
    private boolean topicExists(BooleanSupplier stopped) {
        while (!stopped.getAsBoolean()) {
            try {
                return !consumer.partitionsFor(topic, LONGEST_COMMIT).isEmpty();
            } catch (RetriableException e) {
                LOG.warn("Starting: waiting for an answer of the brokers: {}", e.getMessage());
            }
        }
        return true;
    }

    private void read() {
        long now = System.nanoTime();
        long nanos = Math.min(IDLE.toNanos(), Math.max(0, Math.max(deliveries.untilNext(now), pausedUntil - now)));
        consumer.poll(underWay > 0 || nanos < BUSY.toNanos() ? BUSY : Duration.ofNanos(nanos))
                .forEach(record -> {
                    if (record.value() != null) {
                        deliveries.add(new Delivery(record), now);
                    }
                });
        Set<TopicPartition> full = new HashSet<>(consumer.assignment());
        full.removeIf(partition -> deliveries.span(partition) < LONGEST_SPAN && !unplaced.contains(partition));
        Set<TopicPartition> free = new HashSet<>(consumer.paused());
        free.removeAll(full);
        consumer.pause(full);
        consumer.resume(free);
    }

    /**
     * Positions new partitions. A group that has committed nothing begins where the setting says; a partition that is
     * new to an existing group begins with its first offer.
     */
    private void place() {
        if (unplaced.isEmpty()) {
            return;
        }
        try {
            Set<TopicPartition> all = new HashSet<>(unplaced);
            consumer.partitionsFor(topic, LONGEST_COMMIT)
                    .forEach(info -> all.add(new TopicPartition(info.topic(), info.partition())));
            Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(consumer.committed(all, LONGEST_COMMIT));
            known.values().removeIf(Objects::isNull);
            // The first process of a new group commits for all partitions, so that the next one does not take the group
            // for an old one.
            Set<TopicPartition> fresh = known.isEmpty() ? all : new HashSet<>(unplaced);
            fresh.removeAll(known.keySet());
            if (!fresh.isEmpty()) {
                Map<TopicPartition, Long> starts = known.isEmpty() && !fromBeginning
                        ? consumer.endOffsets(fresh, LONGEST_COMMIT)
                        : consumer.beginningOffsets(fresh, LONGEST_COMMIT);
                // Committed at once: a crash before the first delivery must not lose what came meanwhile.
                Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
                starts.forEach((partition, offset) -> begin.put(partition, new OffsetAndMetadata(offset)));
                consumer.commitSync(begin, LONGEST_COMMIT);
                begin.keySet().retainAll(unplaced);
                begin.forEach(consumer::seek);
            }
            // The next attempt positions them.
            unplaced.clear();
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
            if (mayLog()) {
                LOG.warn("The start offsets cannot be read or committed yet: {}", e.getMessage());
            }
        }
    }

    private void start() {
        long now = System.nanoTime();
        while (underWay < mostUnderWay && now - pausedUntil >= 0 && deliveries.untilNext(now) <= 0) {
            Delivery delivery = deliveries.take();
            CompletableFuture<ReceiverResponse> posted;
            try {
                posted = receiver.post(Receiver.OfferMessage.of(
                        offers.deserialize(topic, delivery.record().value())));
            } catch (RuntimeException e) {
                if (DecodingFailures.registryAtFault(e)) {
                    awaitRegistry(delivery, e);
                    return;
                }
                bury(delivery, "cannot be posted: " + e.getMessage());
                if (System.nanoTime() - now > LONGEST_UNPOLLED_NANOS) {
                    return;
                }
                continue;
            }
            if (registryFailures > 0) {
                registryFailures = 0;
                LOG.info("The schema registry answers again");
            }
            delivery.tried();
            underWay++;
            // The result arrives among the results of all attempts.
            Future<?> unused = posted.thenAccept(response -> results.add(new AttemptResult(delivery, response, null)));
        }
    }

    /** Pauses all posting: the registry is down for all offers, and each request to it may take long. */
    private void awaitRegistry(Delivery delivery, RuntimeException failure) {
        registryFailures++;
        counters.count(KomboMetric.WEBHOOK_FAILURES, SchemaRegistryException.class.getSimpleName());
        if (mayLog()) {
            LOG.warn("The schema registry fails, offers wait: {}", failure.getMessage());
        }
        long now = System.nanoTime();
        pause(now, waitMillis(registryFailures, LONGEST_OUTAGE_WAIT_MILLIS, Math.random()));
        deliveries.retry(delivery, now);
    }

    private void pause(long now, long millis) {
        long until = now + TimeUnit.MILLISECONDS.toNanos(millis);
        if (until - pausedUntil > 0) {
            pausedUntil = until;
        }
    }

    private void settle(AttemptResult result) {
        underWay--;
        Delivery delivery = result.delivery();
        if (result.failure() != null) {
            if (!(result.failure() instanceof RetriableException)) {
                throw new KafkaException("a dead letter could not be written to " + deadLetters, result.failure());
            }
            // The offer will be posted again and end here again, unless the receiver changes its answer.
            if (mayLog()) {
                LOG.warn(
                        "A dead letter could not be written to {} yet: {}",
                        deadLetters,
                        String.valueOf(result.failure()));
            }
            deliveries.retry(delivery, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_OUTAGE_WAIT_MILLIS));
            return;
        }
        if (result.response() == null) {
            counters.count(KomboMetric.WEBHOOK_OFFERS, "dead_letter");
            deliveries.done(delivery, System.nanoTime());
            return;
        }
        ReceiverResponse response = result.response();
        switch (response.deliveryStatus()) {
            case DELIVERED -> {
                lastDelivered = System.nanoTime();
                counters.count(KomboMetric.WEBHOOK_OFFERS, "delivered");
                deliveries.done(delivery, lastDelivered);
                logState(false, response);
            }
            case RETRY -> retry(delivery, response);
            case REFUSED -> bury(delivery, "the receiver answers " + response.reason());
            case GONE -> {
                end = "the receiver answers 410 Gone: it no longer accepts offers";
                deliveries.retry(delivery, System.nanoTime());
            }
        }
    }

    private void retry(Delivery delivery, ReceiverResponse response) {
        counters.count(KomboMetric.WEBHOOK_FAILURES, response.reason());
        logState(true, response);
        long now = System.nanoTime();
        if (delivery.failed(lastDelivered, now, TimeUnit.MILLISECONDS.toNanos(longestWaitMillis)) > giveUpNanos) {
            bury(delivery, "given up after " + delivery.attempts() + " attempts: " + response.reason());
            return;
        }
        if (response.retryAfterMillis() > 0) {
            pause(now, Math.min(response.retryAfterMillis(), longestWaitMillis));
        }
        long wait = waitMillis(delivery.attempts(), longestWaitMillis, Math.random());
        deliveries.retry(delivery, now + TimeUnit.MILLISECONDS.toNanos(wait));
    }

    /**
     * Returns the pause after an attempt.
     *
     * @param attempts made so far, from 1 on
     * @param chance 0 to 1, spreads offers that failed together
     */
    static long waitMillis(int attempts, long longest, double chance) {
        long full = Math.min(longest, FIRST_WAIT_MILLIS << Math.min(attempts - 1, MOST_DOUBLINGS));
        return full - (long) (full / 2.0 * chance);
    }

    private void bury(Delivery delivery, String reason) {
        underWay++;
        if (mayLog()) {
            LOG.warn(
                    "The offer at {} offset {} goes to {}: {}",
                    delivery.partition(),
                    delivery.offset(),
                    deadLetters,
                    reason);
        }
        // The result arrives among the results of all attempts.
        Future<?> unused = producer.send(
                DeadLetters.of(delivery.record(), deadLetters, "webhook: " + reason, pseudonyms),
                (metadata, failure) -> results.add(new AttemptResult(delivery, null, failure)));
    }

    private void logState(boolean fails, ReceiverResponse response) {
        if (fails != failing) {
            failing = fails;
            if (!mayLog()) {
                return;
            }
            if (fails) {
                LOG.warn("The receiver fails ({}); offers wait and are posted again", response.reason());
            } else {
                LOG.info("The receiver accepts offers again");
            }
        }
    }

    private boolean mayLog() {
        return limit.mayLog(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** Waits for requests in flight, so that what they deliver is not delivered again. */
    private void awaitUnderWay() {
        long giveUpAt = System.nanoTime() + LONGEST_SETTLE_NANOS;
        try {
            while (underWay > 0 && giveUpAt - System.nanoTime() > 0) {
                AttemptResult result = results.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (result != null) {
                    settle(result);
                }
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void commitSoon() {
        Map<TopicPartition, OffsetAndMetadata> offsets = deliveries.committable();
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (unused, failure) -> {
                if (failure == null) {
                    deliveries.committed(offsets);
                } else if (mayLog()) {
                    LOG.warn("Offsets are not committed yet: {}", failure.getMessage());
                }
            });
        }
    }

    private void commit() {
        try {
            consumer.commitSync(deliveries.committable(), LONGEST_COMMIT);
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
            LOG.warn("Offsets were not committed; some offers will be posted again: {}", e.getMessage());
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

    /** Tracks partitions as the group's members change. */
    private final class Rebalancing implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            unplaced.addAll(partitions);
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            awaitUnderWay();
            commit();
            unplaced.removeAll(partitions);
            deliveries.drop(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            unplaced.removeAll(partitions);
            deliveries.drop(partitions);
        }
    }
}
