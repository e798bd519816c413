package dev.kombo.lab.replay;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Takes the account of a replayed file from what the topics hold, and from nothing else; to be asked when the topology has
 * drained. Reads committed records only.
 *
 * <p>With E the lines found in behavior-event, R the lines that the replay itself rejected (rejected-event, by {@code
 * source}), T the events that the topology rejected (rejected-event, by {@code eventId}) and D the events that Kafka Streams
 * put into dead-letter (by the partition and offset in its headers): rejected are R, T and D, accepted is E less T and D.
 * An event in both T and D counts for its reason in T. R and E must be apart, and together be the rows of the file.
 *
 * <p>Lines are sets: an event that is in the log twice counts once.
 */
final class AccountReader {
    /** Reason of the events that could not be processed. */
    static final String DEAD_LETTER = "dead-letter";

    /** Headers that Kafka Streams writes (KIP-1034), as text. */
    static final String TOPIC_HEADER = "__streams.errors.topic";

    static final String PARTITION_HEADER = "__streams.errors.partition";
    static final String OFFSET_HEADER = "__streams.errors.offset";

    private static final IsolationLevel COMMITTED = IsolationLevel.READ_COMMITTED;

    private final ReplayLog log;
    private final String eventTopic;

    AccountReader(ReplayLog log, String eventTopic) {
        this.log = log;
        this.eventTopic = eventTopic;
    }

    /**
     * Reads the account.
     *
     * @param rows lines of all data rows of the file
     * @throws ReplayException when it does not add up, with the lines concerned
     */
    ReplayAccount read(String fileName, LineSet rows) {
        SortedMap<String, LineSet> byReplay = new TreeMap<>();
        SortedMap<String, LineSet> byTopology = new TreeMap<>();
        log.rejections(COMMITTED, rejected -> {
            int row = EventIds.lineOf(rejected.getSource(), fileName);
            int event = row >= 0 ? -1 : EventIds.lineOf(rejected.getEventId(), fileName);
            if (row >= 0) {
                linesOf(byReplay, rejected.getReason()).add(row);
            } else if (event >= 0) {
                linesOf(byTopology, rejected.getReason()).add(event);
            }
        });
        Set<Origin> dead = deadOrigins();
        LineSet events = new LineSet();
        log.events(COMMITTED, (holder, event) -> {
            int line = EventIds.lineOf(event.getEventId(), fileName);
            if (line >= 0) {
                events.add(line);
                if (dead.contains(new Origin(new TopicPartition(eventTopic, holder.partition()), holder.offset()))) {
                    linesOf(byTopology, DEAD_LETTER).add(line);
                }
            }
        });
        return account(rows, events, byReplay, byTopology);
    }

    private static ReplayAccount account(
            LineSet rows, LineSet events, Map<String, LineSet> byReplay, SortedMap<String, LineSet> byTopology) {
        SortedMap<String, Long> rejected = new TreeMap<>();
        LineSet withoutEvent = countOnce(byReplay, rejected, new LineSet());
        LineSet twice = events.copy();
        twice.retainAll(withoutEvent);

        LineSet dead = byTopology.getOrDefault(DEAD_LETTER, new LineSet());
        byTopology.forEach((reason, lines) -> {
            if (lines != dead) {
                dead.removeAll(lines);
            }
        });
        LineSet refused = countOnce(byTopology, rejected, new LineSet());
        LineSet unknown = refused.copy();
        unknown.removeAll(events);

        LineSet found = events.copy();
        found.addAll(withoutEvent);
        LineSet missing = rows.copy();
        missing.removeAll(found);
        LineSet foreign = found.copy();
        foreign.removeAll(rows);
        if (!(missing.isEmpty() && foreign.isEmpty() && twice.isEmpty() && unknown.isEmpty())) {
            throw new ReplayException(("the account of %d rows does not add up: in no topic: %s; in a topic, but not in"
                            + " the file: %s; both an event and a rejected row: %s; rejected by the topology, but no event:"
                            + " %s")
                    .formatted(rows.size(), missing, foreign, twice, unknown));
        }
        LineSet accepted = events.copy();
        accepted.removeAll(refused);
        return new ReplayAccount(rows.size(), accepted.size(), rejected);
    }

    /** Adds the number of lines of each reason to the counts; a line with two reasons counts for the first. */
    private static LineSet countOnce(Map<String, LineSet> byReason, Map<String, Long> counts, LineSet counted) {
        byReason.forEach((reason, lines) -> {
            LineSet once = lines.copy();
            once.removeAll(counted);
            if (!once.isEmpty()) {
                counts.merge(reason, (long) once.size(), Long::sum);
                counted.addAll(once);
            }
        });
        return counted;
    }

    private Set<Origin> deadOrigins() {
        Set<Origin> origins = new HashSet<>();
        log.deadLetters(COMMITTED, letter -> {
            String topic = header(letter, TOPIC_HEADER);
            String partition = header(letter, PARTITION_HEADER);
            String offset = header(letter, OFFSET_HEADER);
            if (eventTopic.equals(topic) && partition != null && offset != null) {
                TopicPartition origin = new TopicPartition(topic, Integer.parseInt(partition));
                origins.add(new Origin(origin, Long.parseLong(offset)));
            }
        });
        return origins;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static LineSet linesOf(Map<String, LineSet> byReason, String reason) {
        return byReason.computeIfAbsent(reason, none -> new LineSet());
    }

    /** Where a dead letter came from. */
    private record Origin(TopicPartition partition, long offset) {}
}
