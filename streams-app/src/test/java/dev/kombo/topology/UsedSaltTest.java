package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.config.KomboConfig;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A salt is used once: also when the topic is compacted and read again from its start. */
class UsedSaltTest {
    private static final Strategy FIRST = strategy(1, "first");
    private static final Strategy SECOND = strategy(3, "second");
    private static final Strategy FIRST_AGAIN = strategy(4, "first");

    @TempDir
    Path stateDir;

    private EngineDriver engine;
    /** All that was ever written to the topic. */
    private final List<KeyValue<String, Strategy>> log = new ArrayList<>();

    @BeforeEach
    void open() {
        engine = new EngineDriver(
                stateDir, Map.of(KomboConfig.OFFER_INTERVAL, "0", KomboConfig.LEARNING_SWEEP_USERS, "0"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldRefuseASaltThatWasUsedBeforeAndSayWhy() {
        publish(FIRST);
        publish(SECOND);
        publish(FIRST_AGAIN);
        assertThat(salt()).isEqualTo("second");
        settle();
        assertThat(engine.rejections())
                .extracting(RejectedEvent::getReason, RejectedEvent::getDetail)
                .containsExactly(
                        tuple("invalid-strategy", "salt first is used up: its experiment was followed by another"));
        publish(strategy(4, "second"));
        assertThat(engine.models.strategy().plan().version()).isEqualTo(4);
        publish(strategy(5, "third"));
        assertThat(salt()).isEqualTo("third");
    }

    @Test
    void shouldNoteEachExperimentOnceUnderItsOwnKey() {
        publish(FIRST);
        publish(strategy(2, "first"));
        settle();
        publish(SECOND);
        settle();
        settle();
        List<KeyValue<String, Strategy>> notes =
                log.stream().filter(UsedSaltTest::isNote).toList();
        assertThat(notes).extracting(note -> note.key).containsExactly("salt:first", "salt:second");
        assertThat(notes).extracting(note -> note.value.getExperimentNumber()).containsExactly(1L, 2L);
        assertThat(notes).extracting(note -> note.value.getVersion()).containsExactly(1L, 3L);
        assertThat(engine.models.published().unnoted()).isEmpty();
    }

    @Test
    void shouldStillKnowWhenTheCompactedTopicIsReadAgain() {
        publish(FIRST);
        settle();
        publish(SECOND);
        settle();
        publish(FIRST_AGAIN);
        settle();
        assertThat(compacted()).as("the strategy in force and two notes").hasSize(3);

        restart(compacted());
        assertThat(salt()).isEqualTo("second");
        publish(strategy(9, "first"));
        assertThat(salt()).isEqualTo("second");
        publish(strategy(10, "second"));
        assertThat(engine.models.strategy().plan().version()).isEqualTo(10);
    }

    @Test
    void shouldComeToTheSameWithoutCompaction() {
        publish(FIRST);
        publish(SECOND);
        settle();
        publish(FIRST_AGAIN);
        settle();
        restart(log);
        assertThat(salt()).isEqualTo("second");
        assertThat(engine.models.published().unnoted()).isEmpty();
    }

    /** Compaction ran after the salt was used again, and before the strategy in force was published again. */
    @Test
    void shouldPutOutOfForceWhatOnlyLooksLikeTheLatest() {
        restart(List.of(
                KeyValue.pair("salt:first", note("first", 1, 1)),
                KeyValue.pair("default", FIRST_AGAIN),
                KeyValue.pair("salt:second", note("second", 3, 2)),
                KeyValue.pair("default", SECOND)));
        assertThat(salt()).isEqualTo("second");
        restart(List.of(
                KeyValue.pair("default", FIRST_AGAIN),
                KeyValue.pair("salt:first", note("first", 1, 1)),
                KeyValue.pair("salt:second", note("second", 3, 2))));
        assertThat(salt()).as("better none than one that is over").isEqualTo("kombo-default");
    }

    /** Three experiments in a row, and only the last of their strategies is left, before all notes. */
    @Test
    void shouldKeepTheLatestWhoseNoteFollowsThoseOfOthers() {
        publish(FIRST);
        publish(SECOND);
        publish(strategy(5, "third"));
        settle();
        List<KeyValue<String, Strategy>> compacted = compacted();
        assertThat(compacted)
                .extracting(record -> record.key)
                .containsExactly("default", "salt:first", "salt:second", "salt:third");
        restart(compacted);
        assertThat(salt()).isEqualTo("third");
        assertThat(engine.models.published().unnoted()).isEmpty();
        settle();
        assertThat(log).as("nothing is written anew").hasSize(4);
    }

    @Test
    void shouldUseUpASaltThatWasRemoved() {
        publish(FIRST);
        settle();
        publish(null);
        assertThat(salt()).isEqualTo("kombo-default");
        publish(FIRST_AGAIN);
        assertThat(salt()).isEqualTo("kombo-default");
        settle();
        assertThat(engine.rejections()).hasSize(1);

        // A tombstone is gone from the topic some time after compaction.
        restart(compacted().stream().filter(record -> record.value != null).toList());
        assertThat(salt()).isEqualTo("kombo-default");
        publish(strategy(1, "another"));
        assertThat(salt()).isEqualTo("another");
        publish(strategy(2, "kombo-default"));
        assertThat(salt()).isEqualTo("another");
    }

    @Test
    void shouldNoteWhatItCouldNotNoteBeforeItStopped() {
        publish(FIRST);
        publish(SECOND);
        restart(log);
        settle();
        assertThat(log.stream().filter(UsedSaltTest::isNote))
                .extracting(note -> note.key)
                .containsExactly("salt:first", "salt:second");
    }

    @Test
    void shouldRefuseWhatOnlyKomboWrites() {
        publish(FIRST);
        settle();
        publishAs("default", note("first", 9, 9));
        publishAs("salt:x", SECOND);
        publishAs("salt:x", note("y", 9, 9));
        assertThat(salt()).isEqualTo("first");
        settle();
        assertThat(engine.rejections())
                .hasSize(3)
                .extracting(RejectedEvent::getDetail)
                .containsOnly("experimentNumber and keys that begin with salt: are Kombo's own");
        publishAs("salt:first", null);
        assertThat(salt()).isEqualTo("first");
    }

    @Test
    void shouldEnterNobodyTwiceIntoAnExperiment() {
        publish(FIRST);
        view("user");
        publish(SECOND);
        view("user");
        publish(FIRST_AGAIN);
        view("user");
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .extracting(OfferOutcome::getExperiment)
                .containsExactly("first", "second");
    }

    private String salt() {
        return engine.models.strategy().plan().salt();
    }

    private void view(String user) {
        engine.send(EngineDriver.event(
                        "e" + engine.counters.get("event.accepted"), user, EventType.VIEW, Duration.ofHours(1))
                .setItemId("a"));
    }

    private void publish(Strategy strategy) {
        publishAs("default", strategy);
    }

    private void publishAs(String key, Strategy strategy) {
        engine.input(engine.topics.strategy(), Strategy.class).pipeInput(key, strategy);
        log.add(KeyValue.pair(key, strategy));
    }

    /** Lets the task that publishes for the global thread do so. */
    private void settle() {
        engine.advance(Duration.ofSeconds(1));
        log.addAll(engine.output(engine.topics.strategy(), Strategy.class));
    }

    private void restart(List<KeyValue<String, Strategy>> topic) {
        List<KeyValue<String, Strategy>> content = List.copyOf(topic);
        engine.close();
        log.clear();
        open();
        content.forEach(record -> publishAs(record.key, record.value));
    }

    /** The latest record of each key, in the order of the log. */
    private List<KeyValue<String, Strategy>> compacted() {
        Map<String, KeyValue<String, Strategy>> latest = new LinkedHashMap<>();
        for (KeyValue<String, Strategy> record : log) {
            latest.remove(record.key);
            latest.put(record.key, record);
        }
        return List.copyOf(latest.values());
    }

    private static boolean isNote(KeyValue<String, Strategy> record) {
        return record.value != null && record.value.getExperimentNumber() != null;
    }

    private static Strategy note(String salt, long version, long number) {
        return Strategy.newBuilder()
                .setVersion(version)
                .setSalt(salt)
                .setArms(List.of())
                .setExperimentNumber(number)
                .build();
    }

    private static Strategy strategy(long version, String salt) {
        return Strategy.newBuilder()
                .setVersion(version)
                .setSalt(salt)
                .setArms(List.of(StrategyArms.of("offers", ArmKind.TREATMENT, 1.0)))
                .build();
    }
}
