package dev.kombo.shop.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.shop.ProgressDisplay;
import dev.kombo.shop.data.DataFiles;
import dev.kombo.shop.data.EventFileFormat;
import dev.kombo.shop.data.EventRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * The account of a replay that is stopped in the middle and resumed, over topics of several partitions, while the
 * topology rejects events of its own, equals what a plain count of the lines says.
 */
class ReplayAccountPropertyTest {
    private static final String FILE_NAME = "events.csv";
    private static final String[] MAPPING = {
        "header = false",
        "columns = 5",
        "userId = 1",
        "itemId = 2",
        "category = 3",
        "type = 4",
        "eventTime = 5",
        "time.format = epoch-seconds",
        "type.pv = VIEW"
    };

    @Property(tries = 150, seed = "21")
    void shouldCountEveryRowOnceWhenReplayIsStoppedAndResumed(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int partitions,
            @ForAll @IntRange(min = 0, max = 4) int stops)
            throws IOException, InterruptedException {
        Random random = new Random(seed);
        FakeTopics topics = new FakeTopics(partitions);
        topics.append("behavior-event", "stranger", foreignEvent());
        Path directory = Files.createTempDirectory("replay");
        Path file = DataFiles.write(directory, FILE_NAME, randomLines(random));
        Path mapping = DataFiles.write(directory, "mapping.properties", MAPPING);
        EventFileFormat format = EventFileFormat.named("csv", mapping);
        try {
            for (int stop = 0; stop < stops; stop++) {
                runUntilStopped(topics, format, file, random);
            }
            ReplayRunner whole =
                    runner(topics, new Stop(Integer.MAX_VALUE, 0), () -> rejectSome(topics, new Random(seed)));
            ReplayAccount account = whole.run(format, file, true);

            SortedMap<String, Long> expected = expectedKinds(file, topics);
            Long accepted = expected.remove("accepted");
            assertThat(account.accepted()).isEqualTo(accepted == null ? 0 : accepted);
            assertThat(account.rejected()).isEqualTo(expected);
            assertThat(topics.values("behavior-event", BehaviorEvent.class).stream()
                            .map(BehaviorEvent::getEventId))
                    .as("no row is published twice")
                    .doesNotHaveDuplicates();
        } finally {
            Files.delete(file);
            Files.delete(mapping);
            Files.delete(directory);
        }
    }

    @Property(tries = 100, seed = "22")
    void shouldNameTheLinesWhenTheAccountDoesNotAddUp(
            @ForAll @IntRange(min = 2, max = 40) int missing, @ForAll boolean foreign) {
        FakeTopics topics = new FakeTopics(2);
        BitSet rows = new BitSet();
        for (int line = 1; line <= 40; line++) {
            if (foreign != (line == missing)) {
                rows.set(line);
            }
            if (line != missing || foreign) {
                BehaviorEvent event = foreignEvent();
                event.setEventId(EventRow.id(FILE_NAME, line));
                topics.append("behavior-event", "user", event);
            }
        }
        rows.set(1);
        if (!foreign) {
            rows.set(missing);
        }
        ReplayLog log = new ReplayLog(topics, FakeTopics.TOPICS, topics::decode);

        assertThatThrownBy(() -> log.account(FILE_NAME, rows, new TreeMap<>(), new TreeMap<>()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("(lines " + missing + ")");
    }

    private static void runUntilStopped(FakeTopics topics, EventFileFormat format, Path file, Random random)
            throws IOException, InterruptedException {
        Stop stop = new Stop(random.nextInt(60), random.nextInt(1 << 5));
        try {
            runner(topics, stop, () -> {}).run(format, file, true);
        } catch (CommandException stopped) {
            assertThat(stopped).hasMessageContaining("broker lost");
        }
    }

    private static ReplayRunner runner(FakeTopics topics, Stop stop, ReplayRunner.DrainMonitor drain) {
        return new ReplayRunner(
                topics.producer(sent -> stop.isLost(sent.topic() + "/" + sent.key())),
                FakeTopics.TOPICS,
                topics,
                topics::decode,
                ReplaySpeed.MAX,
                drain,
                ProgressDisplay.NONE);
    }

    /** Some events are rejected with a reason, some cannot be processed, some both; a stranger's is rejected too. */
    private static void rejectSome(FakeTopics topics, Random random) {
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>(topics.held("behavior-event"));
        for (ConsumerRecord<byte[], byte[]> holder : events) {
            String id = ((BehaviorEvent) topics.decode("behavior-event", holder.value())).getEventId();
            int lot = random.nextInt(8);
            if (lot == 0 || lot == 1) {
                topics.rejectByTopology(id, lot == 0 ? "unknown-offer" : "future-time");
            }
            if (lot == 1 || lot == 2) {
                topics.deadLetter(holder);
            }
        }
        topics.append("rejected-event", "stranger", new byte[] {1}, FakeTopics.noHeaders());
    }

    /** Counts by walking the lines of the file, and the lists of what the topology refused. */
    private static SortedMap<String, Long> expectedKinds(Path file, FakeTopics topics) throws IOException {
        SortedMap<String, Long> kinds = new TreeMap<>();
        SortedMap<String, String> refused = new TreeMap<>();
        Set<Object> dead = topics.held("dead-letter").stream()
                .map(letter -> topics.decode("dead-letter", letter.value()))
                .collect(Collectors.toSet());
        topics.values("behavior-event", BehaviorEvent.class).stream()
                .filter(dead::contains)
                .forEach(event -> refused.put(event.getEventId(), "dead-letter"));
        topics.held("rejected-event").stream()
                .filter(holder -> holder.value().length > 1)
                .map(holder -> (RejectedEvent) topics.decode("rejected-event", holder.value()))
                .filter(rejected -> rejected.getEventId() != null)
                .forEach(rejected -> refused.put(rejected.getEventId(), rejected.getReason()));
        Set<String> seen = new HashSet<>();
        int line = 0;
        for (String text : Files.readAllLines(file)) {
            line++;
            String kind = seen.add(text) ? kind(text) : "duplicate-row";
            String id = FILE_NAME + ":" + line;
            kinds.merge(kind.equals("accepted") ? refused.getOrDefault(id, kind) : kind, 1L, Long::sum);
        }
        return kinds;
    }

    private static String kind(String line) {
        if (line.split(",", -1).length != 5) {
            return "unparsable-row";
        }
        return line.contains("pv") ? "accepted" : "unknown-type";
    }

    private static String[] randomLines(Random random) {
        String[] lines = new String[1 + random.nextInt(60)];
        for (int i = 0; i < lines.length; i++) {
            String behaviour = random.nextInt(8) == 0 ? "stare" : "pv";
            String tail = random.nextInt(8) == 0 ? "" : ",15";
            lines[i] = "u%d,i%d,c,%s%s%d"
                    .formatted(random.nextInt(6), random.nextInt(3), behaviour, tail, random.nextInt(4));
        }
        return lines;
    }

    private static BehaviorEvent foreignEvent() {
        BehaviorEvent event = new BehaviorEvent();
        event.setEventId("another.csv:3");
        return event;
    }

    /**
     * A producer that dies after some sends; some keys' batches get lost a little sooner, so partitions end unequally.
     */
    private static final class Stop {
        private final int after;
        private final int lostKeys;
        private int sends;

        Stop(int after, int lostKeys) {
            this.after = after;
            this.lostKeys = lostKeys;
        }

        boolean isLost(String key) {
            sends++;
            int bit = 1 << (Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)) & 31) % 5;
            return sends > after || (sends > after - 5 && after != Integer.MAX_VALUE && (lostKeys & bit) != 0);
        }
    }
}
