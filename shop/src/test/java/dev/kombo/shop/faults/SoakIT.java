package dev.kombo.shop.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.shop.kafka.KafkaClients;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steady load with shoppers, items and bundles that come and go: what the service takes in memory, on disk and of the
 * processor stays the same. Events are of the past and their time runs faster than the clock, so that months go by and
 * what expires does.
 */
@Tag("faults")
class SoakIT {
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("kombo.soak.minutes", 30));
    private static final int EVENTS_PER_SECOND = Integer.getInteger("kombo.soak.rate", 20);
    private static final int DAYS = Integer.getInteger("kombo.soak.days", 90);
    private static final Duration SAMPLE = Duration.ofSeconds(20);
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private static final int SHOPPERS = 300;
    /** Of them, who come again and again; the others are visitors who go. */
    private static final int USERS = 60;

    private static final int EVENTS_OF_A_VISITOR = 30;
    private static final int LIVE_ITEMS = 200;
    private static final int NEW_ITEMS_A_DAY = 20;
    private static final String CURRENCY = "GBP";
    /**
     * So that what can be compacted is, while this runs. By default Kafka leaves the segment in use alone for a week,
     * and keeps deletions and the ends of transactions for a day: all that this run writes.
     */
    private static final Map<String, String> COMPACTED = Map.of(
            "segment.bytes", "1048576",
            "segment.ms", "60000",
            // Events are months old and punctuators write by the clock: segments would begin anew at each change.
            "message.timestamp.type", "LogAppendTime",
            "delete.retention.ms", "60000",
            "min.cleanable.dirty.ratio", "0.1",
            "file.delete.delay.ms", "1000");

    private static final int TOPICS_REPORTED = 8;

    @TempDir
    Path folder;

    private final Random draw = new Random(1);
    private final Map<String, Long> asked = new HashMap<>();
    private final List<Double> latencies = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final int[] visits = new int[SHOPPERS];
    private Site site;
    private Producer<String, SpecificRecord> producer;
    private long sent;
    private int newestItem;

    /** Of the last {@link #SAMPLE}: sizes in MB, times in ms. */
    private record Sample(
            double minute,
            double heap,
            double stores,
            double compacted,
            double otherTopics,
            double latencyMedian,
            double latency99,
            double cpuPerEvent,
            double resident,
            double targets,
            Map<String, Double> compactedTopics) {
        double size(String topic) {
            return compactedTopics.getOrDefault(topic, 0.0);
        }
    }

    @AfterEach
    void close() throws Exception {
        if (producer != null) {
            producer.close();
        }
        if (site != null) {
            site.end();
        }
    }

    @Test
    void shouldTakeNoMoreInTheEndThanInTheMiddle() throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kombo.item.retirement.ms", Long.toString(2 * DAY_MILLIS),
                "kombo.report.retention.days", "20",
                "kombo.attribution.open.offers", "20",
                "kombo.commit.interval.ms", "200"));
        COMPACTED.forEach((name, value) -> settings.put("kombo.streams.topic." + name, value));
        site = new Site(folder, 1, settings);
        compactSoon();
        KafkaClients clients = site.clients();
        producer = clients.producer(Map.of("linger.ms", 5));
        while (newestItem < LIVE_ITEMS) {
            addItem();
        }
        site.run(1);
        try (Consumer<String, BundleOffer> offers = clients.consumer(BundleOffer.class)) {
            List<TopicPartition> partitions = offers
                    .partitionsFor(clients.topics().name(Topic.BUNDLE_OFFER))
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            offers.assign(partitions);
            offers.seekToBeginning(partitions);
            run(offers);
        }
        write();
        reportTopics();
        shouldBeFlat("heap", Sample::heap, 1.25);
        shouldBeFlat("stores", Sample::stores, 1.25);
        shouldBeFlat("compacted", Sample::compacted, 1.25);
        shouldBeFlat("processor time", Sample::cpuPerEvent, 1.25);
        assertThat(site.gaveUp()).isZero();
    }

    private void compactSoon() throws Exception {
        Collection<AlterConfigOp> changes = COMPACTED.entrySet().stream()
                .map(one -> new AlterConfigOp(new ConfigEntry(one.getKey(), one.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        Map<ConfigResource, Collection<AlterConfigOp>> topics = new HashMap<>();
        site.clients().topics().all().stream()
                .filter(topic -> "compact".equals(topic.settings().get("cleanup.policy")))
                .forEach(topic -> topics.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), changes));
        site.clients().admin().incrementalAlterConfigs(topics).all().get();
    }

    private void run(Consumer<String, BundleOffer> offers) throws Exception {
        long start = System.nanoTime();
        long firstTime = System.currentTimeMillis() - DAYS * DAY_MILLIS;
        double speed = (double) DAYS * DAY_MILLIS / LENGTH.toNanos();
        long sampleAt = start + SAMPLE.toNanos();
        long heapAt = start;
        double heap = Double.MAX_VALUE;
        double cpu = 0;
        long counted = 0;
        while (System.nanoTime() - start < LENGTH.toNanos()) {
            long passed = System.nanoTime() - start;
            long time = firstTime + (long) (passed * speed);
            while (sent < passed / 1e9 * EVENTS_PER_SECOND) {
                send(time);
            }
            while (newestItem - LIVE_ITEMS < (time - firstTime) / (DAY_MILLIS / NEW_ITEMS_A_DAY)) {
                addItem();
                removeItem(newestItem - 1 - LIVE_ITEMS);
            }
            offers.poll(Duration.ofMillis(5)).forEach(record -> arrived(record.value(), time));
            long now = System.nanoTime();
            if (now > heapAt) {
                heap = Math.min(heap, figure("jvm_memory_used_bytes", "area=\"heap\""));
                heapAt = now + Duration.ofSeconds(2).toNanos();
            }
            if (now > sampleAt) {
                double cpuNow = figure("process_cpu_time_ns_total");
                sample((now - start) / 6e10, heap, (cpuNow - cpu) / 1e6 / (sent - counted));
                cpu = cpuNow;
                counted = sent;
                heap = Double.MAX_VALUE;
                sampleAt = now + SAMPLE.toNanos();
            }
        }
    }

    private void sample(double minute, double heap, double cpuPerEvent) throws Exception {
        Map<String, Double> compacted = new HashMap<>();
        double otherTopics = 0;
        for (Map<String, LogDirDescription> broker : site.clients()
                .admin()
                .describeLogDirs(List.of(1))
                .allDescriptions()
                .get()
                .values()) {
            for (LogDirDescription dir : broker.values()) {
                for (Map.Entry<TopicPartition, ReplicaInfo> one :
                        dir.replicaInfos().entrySet()) {
                    String topic = one.getKey().topic();
                    double size = one.getValue().size() / (double) (1 << 20);
                    if (isCompacted(topic)) {
                        compacted.merge(topic, size, Double::sum);
                    } else {
                        otherTopics += size;
                    }
                }
            }
        }
        latencies.sort(null);
        samples.add(new Sample(
                minute,
                heap / (1 << 20),
                size(site.instance(0).state()) / (1 << 20),
                compacted.values().stream().mapToDouble(size -> size).sum(),
                otherTopics,
                quantile(0.5),
                quantile(0.99),
                cpuPerEvent,
                site.instance(0).residentBytes() / (double) (1 << 20),
                figure("kombo_entities_indexed"),
                compacted));
        latencies.clear();
        System.out.println("Soak: " + samples.get(samples.size() - 1) + " "
                + new TreeMap<>(sizes(site.instance(0).state().toFile(), "")));
    }

    private boolean isCompacted(String topic) {
        return topic.endsWith("-changelog")
                || site.clients().topics().all().stream()
                        .anyMatch(spec -> spec.name().equals(topic)
                                && "compact".equals(spec.settings().get("cleanup.policy")));
    }

    private double quantile(double share) {
        return latencies.isEmpty() ? 0 : latencies.get((int) (share * (latencies.size() - 1)));
    }

    /** Files of each store; those that go meanwhile count for nothing. */
    private static Map<String, Long> sizes(File folder, String store) {
        Map<String, Long> sizes = new HashMap<>();
        File[] files = folder.listFiles();
        for (File file : files == null ? new File[0] : files) {
            if (file.isDirectory()) {
                sizes(file, file.getName()).forEach((name, size) -> sizes.merge(name, size, Long::sum));
            } else {
                sizes.merge(store, file.length(), Long::sum);
            }
        }
        return sizes;
    }

    private static double size(Path folder) {
        return sizes(folder.toFile(), "").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private double figure(String name, String... labels) throws InterruptedException {
        String metrics = site.get("/metrics");
        return metrics == null
                ? 0
                : metrics.lines()
                        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
    }

    private void send(long time) {
        int place = draw.nextInt(SHOPPERS);
        if (place >= USERS && draw.nextInt(EVENTS_OF_A_VISITOR) == 0) {
            visits[place]++;
        }
        String id = place < USERS ? "user-" + place : "session-" + place + "-" + visits[place];
        int item = newestItem - 1 - draw.nextInt(LIVE_ITEMS);
        double kind = draw.nextDouble();
        EventType type = kind < 0.75 ? EventType.VIEW : kind < 0.9 ? EventType.ADD_TO_CART : EventType.PURCHASE;
        BehaviorEvent.Builder event = event(id, type, time).setItemId("item-" + item);
        if (type == EventType.PURCHASE) {
            event.setQuantity(1).setUnitPriceMinor(1000L).setCurrency(CURRENCY);
        }
        publish(event.build());
    }

    private BehaviorEvent.Builder event(String id, EventType type, long time) {
        boolean user = id.startsWith("user-");
        return BehaviorEvent.newBuilder()
                .setEventId("event-" + sent)
                .setUserId(user ? id : null)
                .setSessionId(user ? null : id)
                .setType(type)
                .setEventTime(time);
    }

    private void send(String topic, String key, SpecificRecord value) {
        // What is lost is missing in the accounts.
        Future<?> unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    private void publish(BehaviorEvent event) {
        sent++;
        asked.put(event.getEventId(), System.nanoTime());
        String key = event.getUserId() == null ? event.getSessionId() : event.getUserId();
        send(site.clients().topics().name(Topic.BEHAVIOR_EVENT), key, event);
    }

    private void arrived(BundleOffer offer, long time) {
        Long since = asked.remove(offer.getTriggerEventId());
        if (since != null) {
            latencies.add((System.nanoTime() - since) / 1e6);
        }
        if (asked.size() > 10_000) {
            asked.clear();
        }
        if (draw.nextInt(5) > 0) {
            return;
        }
        String id = offer.getUserId() == null ? offer.getSessionId() : offer.getUserId();
        publish(event(id, EventType.OFFER_IMPRESSION, time)
                .setOfferId(offer.getOfferId())
                .build());
        if (draw.nextInt(4) == 0) {
            var bundle = offer.getBundles().get(draw.nextInt(offer.getBundles().size()));
            publish(event(id, EventType.PURCHASE, time)
                    .setOfferId(offer.getOfferId())
                    .setBundleId(bundle.getBundleId())
                    .setUnitPriceMinor(bundle.getPriceMinor())
                    .setCurrency(CURRENCY)
                    .build());
        }
    }

    private void addItem() {
        String id = "item-" + newestItem;
        Item item = Item.newBuilder()
                .setItemId(id)
                .setTitle(id)
                .setPriceMinor(1000L)
                .setCurrency(CURRENCY)
                .build();
        send(site.clients().topics().name(Topic.ITEM_CATALOG), id, item);
        if (newestItem > 0) {
            String bundleId = "bundle-" + newestItem;
            Bundle bundle = Bundle.newBuilder()
                    .setBundleId(bundleId)
                    .setTitle(bundleId)
                    .setMembers(List.of(new BundleMember(id, 1), new BundleMember("item-" + (newestItem - 1), 1)))
                    .setPriceMinor(1800)
                    .setListPriceMinor(2000L)
                    .setCurrency(CURRENCY)
                    .build();
            send(site.clients().topics().name(Topic.BUNDLE_CATALOG), bundleId, bundle);
        }
        newestItem++;
    }

    /** With the bundles that it is in. */
    private void removeItem(int item) {
        send(site.clients().topics().name(Topic.ITEM_CATALOG), "item-" + item, null);
        send(site.clients().topics().name(Topic.BUNDLE_CATALOG), "bundle-" + item, null);
        send(site.clients().topics().name(Topic.BUNDLE_CATALOG), "bundle-" + (item + 1), null);
    }

    /** Compacted topics that grew most. */
    private void reportTopics() {
        samples.get(samples.size() - 1).compactedTopics().keySet().stream()
                .sorted(Comparator.comparingDouble(topic -> mean(1, of(topic)) - mean(2, of(topic))))
                .limit(TOPICS_REPORTED)
                .forEach(topic -> report(topic, of(topic)));
    }

    private static ToDoubleFunction<Sample> of(String topic) {
        return sample -> sample.size(topic);
    }

    private void report(String what, ToDoubleFunction<Sample> figure) {
        System.out.printf(
                Locale.ROOT,
                "Soak: %s %.2f in the first third, %.2f in the second, %.2f in the last%n",
                what,
                mean(0, figure),
                mean(1, figure),
                mean(2, figure));
    }

    /** The last third of the time against the one before it. */
    private void shouldBeFlat(String what, ToDoubleFunction<Sample> figure, double most) {
        report(what, figure);
        assertThat(mean(2, figure)).as(what).isLessThan(mean(1, figure) * most);
    }

    /** Of the samples of the first, second or last third: 0, 1 or 2. */
    private double mean(int third, ToDoubleFunction<Sample> figure) {
        int size = samples.size();
        return samples.subList(third * size / 3, (third + 1) * size / 3).stream()
                .mapToDouble(figure)
                .average()
                .orElse(0);
    }

    private void write() throws Exception {
        String target = System.getProperty("kombo.soak.pictures", "");
        if (target.isEmpty()) {
            return;
        }
        Path pictures = Files.createDirectories(Path.of(target));
        picture(
                pictures.resolve("soak-sizes.svg"),
                "MB",
                Map.of(
                        "heap after collections", Sample::heap,
                        "stores on disk", Sample::stores,
                        "changelogs and compacted topics", Sample::compacted));
        picture(
                pictures.resolve("soak-times.svg"),
                "ms",
                Map.of(
                        "event to committed offer, median", Sample::latencyMedian,
                        "processor time per event", Sample::cpuPerEvent));
    }

    private void picture(Path file, String unit, Map<String, ToDoubleFunction<Sample>> lines) throws Exception {
        double highest = samples.stream()
                .flatMapToDouble(sample -> lines.values().stream().mapToDouble(figure -> figure.applyAsDouble(sample)))
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 720 400'>\n")
                .append(text(
                        EVENTS_PER_SECOND + " events per second, " + DAYS + " days of events in " + LENGTH.toMinutes()
                                + " minutes; at most " + Math.round(highest) + " " + unit,
                        20,
                        "#000"));
        List<String> colors = new ArrayList<>(List.of("#1f77b4", "#d62728", "#2ca02c"));
        lines.forEach((name, figure) -> {
            String color = colors.remove(0);
            svg.append(text(name, 100 - 20 * colors.size(), color));
            svg.append("<polyline fill='none' stroke='").append(color).append("' points='");
            samples.forEach(sample -> svg.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    700 * sample.minute() / LENGTH.toMinutes(),
                    390 - 280 * figure.applyAsDouble(sample) / highest)));
            svg.append("'/>\n");
        });
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private static String text(String text, int y, String color) {
        return "<text x='10' y='" + y + "' fill='" + color + "'>" + text + "</text>\n";
    }
}
