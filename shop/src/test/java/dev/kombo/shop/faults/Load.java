package dev.kombo.shop.faults;

import dev.kombo.config.Topic;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.shop.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Shoppers who look, put things into carts, buy, and answer offers that they were made, with repeats of what was sent.
 * One thread does all of it. What shoppers do follows from the seed; when they do it, and which offers they get, from
 * the machine.
 */
final class Load {
    private static final int USERS = 60;
    private static final int ITEMS = 80;
    /** Items that are in no bundle: only they are bought one by one, so that the books know what converts. */
    private static final int SINGLE_ITEMS = 20;

    private static final int BUNDLES = ITEMS - SINGLE_ITEMS - 1;
    private static final long PACE_MILLIS = 60;
    /** What is sent while no broker is there arrives when one is back. */
    private static final int LONGEST_OUTAGE_MILLIS = 1_800_000;

    private static final double REPEATED = 0.03;
    private static final int CATEGORIES = 5;
    private static final String CURRENCY = "GBP";

    private final KafkaClients clients;
    private final Books books;
    private final Producer<String, SpecificRecord> producer;
    private final Consumer<String, BundleOffer> consumer;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> steps;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Map<String, BehaviorEvent> latest = new HashMap<>();
    /** Of this run. */
    private final Set<String> came = new HashSet<>();

    private final Set<String> wrong = Collections.synchronizedSet(new HashSet<>());
    private long seed;
    private Random draw;
    private boolean busy;
    private long[] arrivedAt;
    private long[] offeredAt;
    private long longestGap;

    Load(KafkaClients clients, Books books) throws Exception {
        this.clients = clients;
        this.books = books;
        producer = clients.producer(Map.of(
                "delivery.timeout.ms", LONGEST_OUTAGE_MILLIS, "max.block.ms", LONGEST_OUTAGE_MILLIS, "linger.ms", 5));
        publishCatalog();
        flush();
        consumer = clients.consumer(BundleOffer.class);
        List<TopicPartition> partitions = consumer
                .partitionsFor(clients.topics().name(Topic.BUNDLE_OFFER))
                .stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        arrivedAt = new long[partitions.size()];
        offeredAt = new long[partitions.size()];
        steps = thread.scheduleWithFixedDelay(this::step, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static String category(int item) {
        return "category-" + item % CATEGORIES;
    }

    private static List<String> members(int bundle) {
        return List.of("item-" + bundle, "item-" + (bundle + 1));
    }

    /** Books of this load's catalogue. */
    static Books books() {
        Map<String, List<String>> membersOfBundles = new HashMap<>();
        for (int i = 0; i < BUNDLES; i++) {
            membersOfBundles.put("bundle-" + i, members(i));
        }
        Map<String, String> categoriesOfItems = new HashMap<>();
        for (int i = 0; i < ITEMS; i++) {
            categoriesOfItems.put("item-" + i, category(i));
        }
        return new Books(membersOfBundles, categoriesOfItems);
    }

    private void publishCatalog() {
        for (int i = 0; i < ITEMS; i++) {
            Item item = Item.newBuilder()
                    .setItemId("item-" + i)
                    .setTitle("item " + i)
                    .setCategory(category(i))
                    .setPriceMinor(1000L + i)
                    .setCurrency(CURRENCY)
                    .build();
            publish(clients.topics().name(Topic.ITEM_CATALOG), item.getItemId(), item);
        }
        for (int i = 0; i < BUNDLES; i++) {
            Bundle bundle = Bundle.newBuilder()
                    .setBundleId("bundle-" + i)
                    .setTitle("bundle " + i)
                    .setMembers(members(i).stream()
                            .map(item -> new BundleMember(item, 1))
                            .toList())
                    .setPriceMinor(1800)
                    .setListPriceMinor(2001L + 2L * i)
                    .setCurrency(CURRENCY)
                    .build();
            publish(clients.topics().name(Topic.BUNDLE_CATALOG), bundle.getBundleId(), bundle);
        }
    }

    private void publish(String topic, String key, SpecificRecord value) {
        sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
    }

    /** Waits until the broker has all that was sent; fails where it did not take something. */
    private void flush() throws Exception {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        sent.clear();
    }

    private void step() {
        try {
            for (ConsumerRecord<String, BundleOffer> record : consumer.poll(Duration.ofMillis(5))) {
                arrived(record.partition(), record.value());
            }
            synchronized (this) {
                if (busy) {
                    act();
                }
            }
        } catch (RuntimeException e) {
            wrong.add("the harness failed: " + e);
        }
    }

    private void act() {
        String user = "user-" + seed + "-" + draw.nextInt(USERS);
        BehaviorEvent before = latest.get(user);
        if (before != null && draw.nextDouble() < REPEATED) {
            publish(clients.topics().name(Topic.BEHAVIOR_EVENT), user, before);
            return;
        }
        double kind = before == null ? 0 : draw.nextDouble();
        if (kind < 0.75) {
            send(event(user, EventType.VIEW).setItemId("item-" + draw.nextInt(ITEMS)));
        } else if (kind < 0.9) {
            send(event(user, EventType.ADD_TO_CART).setItemId("item-" + draw.nextInt(ITEMS)));
        } else {
            send(event(user, EventType.PURCHASE)
                    .setItemId("item-" + (ITEMS - 1 - draw.nextInt(SINGLE_ITEMS)))
                    .setQuantity(1 + draw.nextInt(3))
                    .setUnitPriceMinor(500L + draw.nextInt(1000))
                    .setCurrency(CURRENCY));
        }
    }

    private BehaviorEvent.Builder event(String user, EventType type) {
        return BehaviorEvent.newBuilder()
                .setEventId("event-" + seed + "-" + books.events())
                .setUserId(user)
                .setType(type)
                .setEventTime(System.currentTimeMillis());
    }

    private void send(BehaviorEvent.Builder builder) {
        BehaviorEvent event = builder.build();
        books.sent(event);
        latest.put(event.getUserId(), event);
        came.add(event.getUserId());
        publish(clients.topics().name(Topic.BEHAVIOR_EVENT), event.getUserId(), event);
    }

    private synchronized void arrived(int partition, BundleOffer offer) {
        String fault = books.offered(offer);
        if (fault != null) {
            wrong.add(fault);
        }
        long now = System.nanoTime();
        if (busy) {
            longestGap = Math.max(longestGap, now - arrivedAt[partition]);
            answer(offer);
        }
        arrivedAt[partition] = now;
        offeredAt[partition] = Math.max(offeredAt[partition], offer.getOfferedAt());
    }

    /** Some offers are seen, some of these clicked, some of these bought: drawn by the offer's id. */
    private void answer(BundleOffer offer) {
        Random fate = new Random(seed ^ offer.getOfferId().hashCode());
        if (fate.nextDouble() < 0.4) {
            OfferedBundle bundle =
                    offer.getBundles().get(fate.nextInt(offer.getBundles().size()));
            send(event(offer.getUserId(), EventType.OFFER_IMPRESSION).setOfferId(offer.getOfferId()));
            if (fate.nextDouble() < 0.5) {
                send(event(offer.getUserId(), EventType.OFFER_CLICK)
                        .setOfferId(offer.getOfferId())
                        .setBundleId(bundle.getBundleId()));
                if (fate.nextDouble() < 0.5) {
                    send(event(offer.getUserId(), EventType.PURCHASE)
                            .setOfferId(offer.getOfferId())
                            .setBundleId(bundle.getBundleId())
                            .setUnitPriceMinor(bundle.getPriceMinor())
                            .setCurrency(CURRENCY));
                }
            }
        }
    }

    /** New users begin. */
    synchronized void start(long ofRun) {
        seed = ofRun;
        draw = new Random(ofRun);
        busy = true;
        came.clear();
        longestGap = 0;
        Arrays.fill(arrivedAt, System.nanoTime());
    }

    /** Whether each of them has done something since the start. */
    synchronized boolean allShoppersCame() {
        return came.size() == USERS;
    }

    /** No user does anything more; all of it is with the broker when this returns. */
    void stop() throws Exception {
        synchronized (this) {
            busy = false;
        }
        flush();
    }

    /** Whether committed offers came in each partition for what happened later than this. */
    synchronized boolean offersSince(long time) {
        for (long at : offeredAt) {
            if (at < time) {
                return false;
            }
        }
        return true;
    }

    /** The longest time without a committed offer in a partition, since the start. */
    synchronized Duration longestGap() {
        return Duration.ofNanos(longestGap);
    }

    /** What was wrong with offers. */
    Set<String> wrong() {
        return wrong;
    }

    void end() throws Exception {
        steps.cancel(true);
        thread.shutdown();
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the load does not end");
        }
        producer.close(Duration.ZERO);
        consumer.close();
    }
}
