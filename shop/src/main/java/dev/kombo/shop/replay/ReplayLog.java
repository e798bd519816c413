package dev.kombo.shop.replay;

import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.ops.DeadLetters;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.shop.data.EventRow;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out from the topics which rows of a replayed file were published, and what became of each. There is no second
 * record of either that could disagree. Rows are sets of lines, one bit each, so a record that is in a topic twice
 * counts once. Undecodable records of other publishers are skipped.
 */
final class ReplayLog {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayLog.class);

    /** Reason of events that could not be processed. */
    static final String DEAD_LETTER = "dead-letter";

    private static final int MOST_LINES_SHOWN = 10;

    private final TopicLog log;
    private final Topics topics;
    private final Deserializer<? extends SpecificRecord> decoder;

    ReplayLog(TopicLog log, Topics topics, Deserializer<? extends SpecificRecord> decoder) {
        this.log = log;
        this.topics = topics;
        this.decoder = decoder;
    }

    /**
     * Returns the lines of the rows that earlier replays of a file published, as events or as rejected rows. It reads
     * all of them, not only the last of each partition: a producer that gave up on a batch may have written a later
     * one, and files that are sorted first are not sent in the order of their lines.
     *
     * <p>Reads uncommitted records too: the replay writes without transactions, and a transaction that a stopped
     * application left open would hide what the replay wrote after it.
     */
    BitSet published(String fileName) {
        BitSet lines = new BitSet();
        read(
                topics.name(Topic.BEHAVIOR_EVENT),
                IsolationLevel.READ_UNCOMMITTED,
                BehaviorEvent.class,
                (holder, event) -> add(lines, EventRow.lineOf(event.getEventId(), fileName)));
        read(
                topics.name(Topic.REJECTED_EVENT),
                IsolationLevel.READ_UNCOMMITTED,
                RejectedEvent.class,
                (holder, rejected) -> add(lines, EventRow.lineOf(rejected.getSource(), fileName)));
        return lines;
    }

    /**
     * Counts the rows of a file by result; must be called when the topology has drained. Reads only committed records.
     *
     * <p>Let E be the lines found in behavior-event, R the lines that the replay itself rejected (rejected-event, by
     * {@code source}), T the events that the topology rejected (rejected-event, by {@code eventId}) and D the events
     * that Kafka Streams put into dead-letter (by the partition and offset in its headers). Rejected are R, T and D;
     * accepted is E without T and D. An event in both T and D counts for its reason in T. R and E must be disjoint, and
     * together be the rows of the file.
     *
     * @param rows lines of all data rows of the file but those left out
     * @param leftOut rows left out, by reason
     * @param unusable passed on to the account
     * @throws CommandException if the counts do not add up, with the lines concerned
     */
    ReplayAccount account(
            String fileName, BitSet rows, SortedMap<String, Long> leftOut, SortedMap<String, Long> unusable) {
        Map<String, Integer> first = new HashMap<>();
        SortedMap<String, String> examples = new TreeMap<>();
        SortedMap<String, BitSet> byReplay = new TreeMap<>();
        SortedMap<String, BitSet> byTopology = new TreeMap<>();
        read(
                topics.name(Topic.REJECTED_EVENT),
                IsolationLevel.READ_COMMITTED,
                RejectedEvent.class,
                (holder, rejected) -> {
                    int row = EventRow.lineOf(rejected.getSource(), fileName);
                    int line = row >= 0 ? row : EventRow.lineOf(rejected.getEventId(), fileName);
                    add(
                            (row >= 0 ? byReplay : byTopology)
                                    .computeIfAbsent(rejected.getReason(), none -> new BitSet()),
                            line);
                    if (line >= 0 && line < first.getOrDefault(rejected.getReason(), Integer.MAX_VALUE)) {
                        first.put(rejected.getReason(), line);
                        examples.put(
                                rejected.getReason(),
                                "line %d, %s: %s".formatted(line, rejected.getField(), rejected.getDetail()));
                    }
                });
        Set<DeadLetterSource> deadOrigins = deadOrigins();
        BitSet events = new BitSet();
        BitSet dead = new BitSet();
        read(topics.name(Topic.BEHAVIOR_EVENT), IsolationLevel.READ_COMMITTED, BehaviorEvent.class, (holder, event) -> {
            int line = EventRow.lineOf(event.getEventId(), fileName);
            add(events, line);
            if (deadOrigins.contains(
                    new DeadLetterSource(Integer.toString(holder.partition()), Long.toString(holder.offset())))) {
                add(dead, line);
            }
        });
        SortedMap<String, Long> rejected = new TreeMap<>();
        BitSet withoutEvent = countOnce(byReplay, rejected);
        BitSet refused = countOnce(byTopology, rejected);
        dead.andNot(refused);
        if (!dead.isEmpty()) {
            rejected.put(DEAD_LETTER, (long) dead.cardinality());
            refused.or(dead);
        }
        requireEachOnce(rows, events, withoutEvent, refused);
        long left = leftOut.values().stream().mapToLong(Long::longValue).sum();
        return new ReplayAccount(
                rows.cardinality() + left,
                without(events, refused).cardinality(),
                leftOut,
                rejected,
                examples,
                unusable);
    }

    /** Adds the number of lines of each reason to the counts; a line with two reasons counts for the first. */
    private static BitSet countOnce(SortedMap<String, BitSet> byReason, Map<String, Long> counts) {
        BitSet counted = new BitSet();
        byReason.forEach((reason, lines) -> {
            BitSet once = without(lines, counted);
            if (!once.isEmpty()) {
                counts.merge(reason, (long) once.cardinality(), Long::sum);
                counted.or(once);
            }
        });
        return counted;
    }

    private static void requireEachOnce(BitSet rows, BitSet events, BitSet withoutEvent, BitSet refused) {
        BitSet found = (BitSet) events.clone();
        found.or(withoutEvent);
        BitSet missing = without(rows, found);
        BitSet foreign = without(found, rows);
        BitSet twice = without(events, without(events, withoutEvent));
        BitSet unknown = without(refused, events);
        if (!(missing.isEmpty() && foreign.isEmpty() && twice.isEmpty() && unknown.isEmpty())) {
            throw CommandException.failure(
                    ("the account of %d rows does not add up: in no topic: %s; in a topic, but not in the file: %s;"
                                    + " both an event and a rejected row: %s; rejected by the topology, but no event: %s")
                            .formatted(
                                    rows.cardinality(), shown(missing), shown(foreign), shown(twice), shown(unknown)));
        }
    }

    private static BitSet without(BitSet lines, BitSet others) {
        BitSet rest = (BitSet) lines.clone();
        rest.andNot(others);
        return rest;
    }

    private static void add(BitSet lines, int line) {
        if (line >= 0) {
            lines.set(line);
        }
    }

    private static String shown(BitSet lines) {
        String first = lines.stream()
                .limit(MOST_LINES_SHOWN)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        return lines.isEmpty()
                ? "0"
                : "%d (lines %s%s)"
                        .formatted(lines.cardinality(), first, lines.cardinality() > MOST_LINES_SHOWN ? ", …" : "");
    }

    private Set<DeadLetterSource> deadOrigins() {
        Set<DeadLetterSource> origins = new HashSet<>();
        log.read(topics.name(Topic.DEAD_LETTER), IsolationLevel.READ_COMMITTED, letter -> {
            if (topics.name(Topic.BEHAVIOR_EVENT).equals(header(letter, DeadLetters.TOPIC))) {
                origins.add(new DeadLetterSource(
                        header(letter, DeadLetters.PARTITION), header(letter, DeadLetters.OFFSET)));
            }
        });
        return origins;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Origin of a dead letter in behavior-event, from its headers. */
    private record DeadLetterSource(String partition, String offset) {}

    private <T extends SpecificRecord> void read(
            String topic,
            IsolationLevel isolation,
            Class<T> type,
            BiConsumer<ConsumerRecord<byte[], byte[]>, T> reader) {
        long[] foreign = {0};
        log.read(topic, isolation, holder -> {
            SpecificRecord value = decode(topic, holder.value());
            if (type.isInstance(value)) {
                reader.accept(holder, type.cast(value));
            } else {
                foreign[0]++;
            }
        });
        if (foreign[0] > 0) {
            LOG.warn("topic {} contains {} records that are not of type {}", topic, foreign[0], type.getSimpleName());
        }
    }

    private SpecificRecord decode(String topic, byte[] value) {
        try {
            return value == null ? null : decoder.deserialize(topic, value);
        } catch (SerializationException e) {
            return null; // counted by the caller
        }
    }
}
