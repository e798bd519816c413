package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kombo.client.AvroSerdes;
import dev.kombo.config.Topic;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.research.ServiceDriver;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.RejectedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an event may write and allocate, on any machine: the production topology over the events of a seed, with a
 * commit after each record and a second of the machine's clock after each {@value #EVENTS_A_SECOND} events. A cache
 * saves nothing here, so an event writes more than in service; but it writes the same in every run, and what grows is
 * seen.
 */
class BudgetTest {
    private static final int WARM_UP = 1_000;
    private static final int EVENTS = 1_000;
    private static final int EVENTS_A_SECOND = 100;
    private static final double MOST_ALLOCATION_CHANGE = 0.15;
    private static final String ALLOCATED = "allocated bytes per event";
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final Path FIGURES = Path.of("src/test/resources/dev/kombo/research/bench/budget.txt");
    private static final String COMMAND = "mvn -pl research -am test -Dtest=BudgetTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dkombo.budget.write=true";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<String, TopicTraffic.Written> written = new TreeMap<>();
    private final List<String> rejections = new ArrayList<>();
    private List<BenchShop.ReceivedOffer> offers = new ArrayList<>();

    @TempDir
    Path state;

    @Test
    void shouldWriteAndAllocateNoMoreThanAtTheLastCommit() throws IOException {
        List<String> figures = run(Map.of());
        if (Boolean.getBoolean("kombo.budget.write")) {
            Files.write(FIGURES, figures);
        }
        List<String> before;
        try (InputStream in = Files.newInputStream(FIGURES)) {
            before = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        String advice =
                "An event writes or allocates something else than at the last commit. If that is meant, write the"
                        + " figures anew and commit them: " + COMMAND;
        assertThat(exact(figures)).as(advice).isEqualTo(exact(before));
        double ratio = allocated(figures) / allocated(before);
        assertThat(ratio).as(advice).isBetween(1 - MOST_ALLOCATION_CHANGE, 1 + MOST_ALLOCATION_CHANGE);
    }

    private static List<String> exact(List<String> figures) {
        return figures.stream().filter(line -> !line.startsWith(ALLOCATED)).toList();
    }

    private static double allocated(List<String> figures) {
        String line = figures.stream()
                .filter(figure -> figure.startsWith(ALLOCATED))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void shouldWriteNothingElseThanCurrentOffersAndTheirTimersMoreWhereTheyAreKept() throws IOException {
        List<String> figures = run(Map.of(OfferSettings.CURRENT.name(), "true"));

        List<String> more = new ArrayList<>(exact(figures));
        more.removeAll(Files.readAllLines(FIGURES));
        System.out.println("With current offers: " + more + ", " + figures.get(figures.size() - 1));
        assertThat(more)
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("current-offer", "kombo-user-profile-changelog", "kombo-user-timer-changelog");
    }

    private List<String> run(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        try (ServiceDriver service = new ServiceDriver(state, all, EngineSettings::new, START)) {
            BenchShop shop = new BenchShop(300, 300, 200, 0, 1);
            service.catalog(shop.items(), shop.bundles());
            process(service, shop.batch(WARM_UP, List.of()));
            written.clear();
            long allocated = process(service, shop.batch(EVENTS, offers));
            assertThat(rejections).isEmpty();
            return figures((double) allocated / EVENTS);
        }
    }

    /** Lets the topology work, and counts what it writes; bytes that it allocated meanwhile. */
    private long process(ServiceDriver service, List<BehaviorEvent> events) {
        TestInputTopic<String, SpecificRecord> input = service.input(Topic.BEHAVIOR_EVENT);
        long allocated = 0;
        offers = new ArrayList<>();
        for (int from = 0; from < events.size(); from += EVENTS_A_SECOND) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (BehaviorEvent event : events.subList(from, Math.min(events.size(), from + EVENTS_A_SECOND))) {
                input.pipeInput(event.getUserId(), event, event.getEventTime());
            }
            service.driver().advanceWallClockTime(Duration.ofSeconds(1));
            allocated += THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            read(service);
        }
        return allocated;
    }

    private void read(ServiceDriver service) {
        TopologyTestDriver driver = service.driver();
        AvroSerdes serdes = service.serdes();
        for (String topic : List.copyOf(driver.producedTopicNames())) {
            for (TestRecord<byte[], byte[]> record : driver.createOutputTopic(
                            topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()) {
                written.merge(topic, sizeOf(record), BudgetTest::sum);
                if (topic.equals(service.topics().name(Topic.REJECTED_EVENT))) {
                    rejections.add(serdes.value(RejectedEvent.class)
                            .deserializer()
                            .deserialize(topic, record.value())
                            .toString());
                }
                if (topic.equals(service.topics().name(Topic.BUNDLE_OFFER))) {
                    offers.add(BenchShop.ReceivedOffer.of(
                            serdes.value(BundleOffer.class).deserializer().deserialize(topic, record.value())));
                }
            }
        }
    }

    private static TopicTraffic.Written sizeOf(TestRecord<byte[], byte[]> record) {
        long bytes = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        return new TopicTraffic.Written(1, bytes);
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static TopicTraffic.Written sum(TopicTraffic.Written a, TopicTraffic.Written b) {
        return new TopicTraffic.Written(a.records() + b.records(), a.bytes() + b.bytes());
    }

    private List<String> figures(double allocated) {
        List<String> figures = new ArrayList<>();
        figures.add("# What " + EVENTS + " events write: records and bytes of each topic, a commit after each record.");
        figures.add("# Written anew by: " + COMMAND);
        written.forEach((topic, count) ->
                figures.add(String.format(Locale.ROOT, "%-40s %,9d %,14d", topic, count.records(), count.bytes())));
        figures.add(String.format(Locale.ROOT, "%s: %.0f", ALLOCATED, allocated));
        return figures;
    }
}
