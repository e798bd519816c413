package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.TaskSettings;
import dev.kombo.learning.FactorSettings;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.EventType;
import dev.kombo.schema.ItemUpdate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replay sweeps: only when the task has caught up, within a budget, merged by target. */
class ReplaySweepTest {
    private static final int BUDGET = 3;
    private static final int USERS = 5;
    private static final int SLICE = 2;
    private static final Duration STEP = Duration.ofSeconds(1);

    @TempDir
    Path stateDir;

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = new EngineDriver(
                stateDir,
                Map.of(
                        TaskSettings.REPLAY_BUDGET.name(), Integer.toString(BUDGET),
                        TaskSettings.SWEEP_USERS.name(), Integer.toString(SLICE),
                        TaskSettings.SWEEP_INTERVAL.name(), "1000",
                        TaskSettings.BACKLOG.name(), "100",
                        FactorSettings.NEGATIVES.name(), "0",
                        FactorSettings.REPLAYS.name(), "0"));
        // No sweep before the models of the items are published.
        engine.backlog.set(101);
        for (int user = 0; user < USERS; user++) {
            for (String item : List.of("a", "b")) {
                engine.send(EngineDriver.event("e" + item, "user-" + user, EventType.VIEW, Duration.ofSeconds(1))
                        .setItemId(item));
            }
        }
        engine.updates();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldWaitWhileTheTaskIsBehind() {
        for (int i = 0; i < 5; i++) {
            engine.advance(STEP);
        }
        assertThat(engine.updates()).isEmpty();
        assertThat(engine.counters.get(KomboMetric.SWEEP_INTERACTIONS)).isZero();
        assertThat(engine.counters.get(KomboMetric.SWEEP_SLICES)).isZero();
    }

    @Test
    void shouldReplayEachInteractionAsOftenAsTheBudgetSaysMergedByTarget() {
        engine.advance(STEP);
        engine.backlog.set(0);
        List<KeyValue<String, ItemUpdate>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            engine.advance(STEP);
            List<KeyValue<String, ItemUpdate>> slice = engine.updates();
            assertThat(slice).extracting(update -> update.key).doesNotHaveDuplicates();
            all.addAll(slice);
        }
        assertThat(engine.counters.get(KomboMetric.SWEEP_INTERACTIONS)).isEqualTo(USERS * 2L * BUDGET);
        assertThat(engine.counters.get(KomboMetric.SWEEP_SLICES)).isBetween(3L * BUDGET, 30L);
        assertThat(engine.counters.get(KomboMetric.TARGET_UPDATES, "sent"))
                .isEqualTo(engine.counters.get(KomboMetric.TARGET_UPDATES, "applied"));
        assertThat(all).isNotEmpty();
        assertThat(all).allSatisfy(update -> {
            assertThat(update.key).isIn("i:a", "i:b");
            assertThat(update.value.getGradient()).isNotNull();
            assertThat(update.value.getInteractions()).isZero();
            assertThat(update.value.getPopularityWeight()).isZero();
        });
        // Three slices a round: two of two shoppers, one of one.
        assertThat(all).hasSizeLessThanOrEqualTo(3 * BUDGET * 2);
    }

    @Test
    void shouldWriteNothingOnceTheBudgetIsUsedUp() {
        engine.advance(STEP);
        engine.backlog.set(0);
        for (int i = 0; i < 30; i++) {
            engine.advance(STEP);
        }
        TestOutputTopic<String, byte[]> changelog = engine.driver.createOutputTopic(
                "kombo-test-user-profile-changelog", new StringDeserializer(), new ByteArrayDeserializer());
        assertThat(changelog.readRecordsToList()).isNotEmpty();
        engine.updates();
        engine.models();
        for (int i = 0; i < 10; i++) {
            engine.advance(STEP);
        }
        assertThat(changelog.readRecordsToList()).isEmpty();
        assertThat(engine.updates()).isEmpty();
        assertThat(engine.models()).isEmpty();
    }

    @Test
    void shouldMoveTheTasteOfShoppersButNeitherTheirCountsNorTheirTimers() {
        var before = engine.profile("u:user-0");
        engine.advance(STEP);
        engine.backlog.set(0);
        for (int i = 0; i < 10; i++) {
            engine.advance(STEP);
        }
        var after = engine.profile("u:user-0");
        assertThat(after.getVector()).isNotEqualTo(before.getVector());
        assertThat(after.getEventCounts()).isEqualTo(before.getEventCounts());
        assertThat(after.getLastSeen()).isEqualTo(before.getLastSeen());
        assertThat(after.getTimerAt()).isEqualTo(before.getTimerAt());
    }
}
