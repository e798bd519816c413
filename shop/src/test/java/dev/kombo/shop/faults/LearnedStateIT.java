package dev.kombo.shop.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicReader;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.FactorSweep;
import dev.kombo.schema.Item;
import dev.kombo.settings.SettingValues;
import dev.kombo.shop.replay.RowSender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an instance has learned survives kill -9: it finds as many later purchases as one that nobody disturbs, though
 * it is killed while it reads the middle and the end. Each shopper buys mostly items of one style; there are as many
 * styles as factors, and sweeps between the rounds of purchases, so both find them: when sweeps depend on how busy the
 * machine is, undisturbed instances differ as well. Each pair of items is bought so rarely that fewer orders find
 * fewer.
 */
@Tag("faults")
class LearnedStateIT {
    private static final int STYLES = SettingValues.defaults().get(IndexSettings.FACTORS);
    private static final int ITEMS_OF_STYLE = 12;
    private static final int ITEMS = STYLES * ITEMS_OF_STYLE;
    private static final double OTHER_STYLES = 0.2;
    private static final int SHOPPERS = 1_000;
    private static final int LINES = 3;
    private static final int LEARNED = 3_000;
    private static final int LATER = 3_000;
    private static final int ANSWERS = 20;
    private static final int ROUNDS = 15;
    private static final double TOLERANCE = 0.02;
    private static final long START = 1_750_000_000_000L;
    private static final long BETWEEN_ORDERS = Duration.ofMinutes(10).toMillis();
    private static final Duration QUIET = Duration.ofSeconds(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Random draw = new Random(1);

    @Test
    void shouldFindAsManyLaterPurchasesAsAnUndisturbedInstanceWhenKilled() throws Exception {
        List<List<BehaviorEvent>> learned = orders(0, LEARNED);
        List<List<BehaviorEvent>> later = orders(LEARNED, LATER);

        Map<String, Double> undisturbed = recall("undisturbed", false, learned, later);
        Map<String, Double> killed = recall("killed", true, learned, later);

        System.out.printf("Recall@%d undisturbed %s, killed %s%n", ANSWERS, undisturbed, killed);
        undisturbed.forEach((list, recall) -> {
            assertThat(recall).as(list).isGreaterThan(0.2);
            assertThat(killed.get(list)).as(list).isCloseTo(recall, within(TOLERANCE * recall));
        });
    }

    private List<List<BehaviorEvent>> orders(int first, int count) {
        List<List<BehaviorEvent>> orders = new ArrayList<>();
        for (int number = first; number < first + count; number++) {
            int shopper = draw.nextInt(SHOPPERS);
            int style = shopper % STYLES;
            Set<Integer> items = new TreeSet<>();
            while (items.size() < LINES) {
                items.add(
                        draw.nextDouble() < OTHER_STYLES
                                ? draw.nextInt(ITEMS)
                                : style * ITEMS_OF_STYLE + draw.nextInt(ITEMS_OF_STYLE));
            }
            List<BehaviorEvent> lines = new ArrayList<>();
            for (int item : items) {
                lines.add(BehaviorEvent.newBuilder()
                        .setEventId("event-" + number + "-" + item)
                        .setUserId("user-" + shopper)
                        .setType(EventType.PURCHASE)
                        .setItemId("item-" + item)
                        .setOrderId("order-" + number)
                        .setUnitPriceMinor(1_000L)
                        .setCurrency("GBP")
                        .setEventTime(START + number * BETWEEN_ORDERS)
                        .build());
            }
            orders.add(lines);
        }
        return orders;
    }

    /** Share of what was bought later with an item that the answers about the item contain, by list. */
    private Map<String, Double> recall(
            String name, boolean kill, List<List<BehaviorEvent>> learned, List<List<BehaviorEvent>> later)
            throws Exception {
        Site site = new Site(Files.createDirectories(folder.resolve(name)), 1);
        try (Producer<String, SpecificRecord> producer = site.clients().producer(Map.of())) {
            site.run(1);
            RowSender sender = new RowSender(producer, site.clients().topics());
            for (int item = 0; item < ITEMS; item++) {
                sender.send(Item.newBuilder()
                        .setItemId("item-" + item)
                        .setPriceMinor(1_000L)
                        .setCurrency("GBP")
                        .build());
            }
            sender.flush();
            for (int round = 1; round <= ROUNDS; round++) {
                int before = generation(site);
                learned.subList((round - 1) * LEARNED / ROUNDS, round * LEARNED / ROUNDS)
                        .forEach(lines -> lines.forEach(sender::send));
                sender.flush();
                if (kill && (round == ROUNDS / 2 || round == ROUNDS)) {
                    site.instance(0).kill();
                    site.instance(0).start();
                    site.awaitReady();
                } else {
                    site.await("swept", () -> generation(site) > before);
                }
            }
            site.awaitDrained();
            awaitQuiet(site);
            return new TreeMap<>(Map.of(
                    "boughtTogether", recall(site, later, "bought-together", "boughtTogether"),
                    "similar", recall(site, later, "similar", "similar")));
        } finally {
            site.end();
        }
    }

    /** The latest generation of factors of which each partition has published its part. */
    private static int generation(Site site) {
        Topics topics = site.clients().topics();
        Map<Integer, Integer> parts = new HashMap<>();
        site.read(topics.name(Topic.FACTOR_SWEEP), FactorSweep.class, (key, sweep) -> {
            if (sweep != null && sweep.getGram() != null) {
                parts.merge(sweep.getPartition(), sweep.getGeneration(), Math::max);
            }
        });
        return parts.size() < topics.partitions() ? 0 : Collections.min(parts.values());
    }

    /** Waits until nothing more is published of what was learned. */
    private static void awaitQuiet(Site site) throws Exception {
        Topics topics = site.clients().topics();
        Map<TopicPartition, Long> ends = new HashMap<>();
        AtomicLong since = new AtomicLong();
        try (Consumer<byte[], byte[]> consumer = site.clients().bytes(IsolationLevel.READ_COMMITTED)) {
            List<TopicPartition> partitions = TopicReader.partitions(
                    consumer, List.of(topics.name(Topic.ITEM_MODEL), topics.name(Topic.FACTOR_SWEEP)));
            site.await("quiet", () -> {
                Map<TopicPartition, Long> now = consumer.endOffsets(partitions);
                if (!now.equals(ends)) {
                    ends.putAll(now);
                    since.set(System.nanoTime());
                }
                return System.nanoTime() - since.get() > QUIET.toNanos();
            });
        }
    }

    private static double recall(Site site, List<List<BehaviorEvent>> later, String path, String list)
            throws Exception {
        Map<String, Set<String>> answers = new HashMap<>();
        long found = 0;
        long bought = 0;
        for (List<BehaviorEvent> order : later) {
            for (BehaviorEvent line : order) {
                Set<String> answer = answers.get(line.getItemId());
                if (answer == null) {
                    answer = items(site.get("/v1/items/" + line.getItemId() + "/" + path + "?limit=" + ANSWERS), list);
                    answers.put(line.getItemId(), answer);
                }
                for (BehaviorEvent other : order) {
                    found += answer.contains(other.getItemId()) ? 1 : 0;
                }
                bought += order.size() - 1;
            }
        }
        return (double) found / bought;
    }

    private static Set<String> items(String answer, String list) throws IOException {
        return new HashSet<>(JSON.readTree(answer).get(list).findValuesAsText("itemId"));
    }
}
