package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.topology.task.KeyFailures;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyFailuresTest {
    private final Counters counters = new Counters();
    private final KeyFailures failures = new KeyFailures(counters, "entity");

    @Test
    void shouldCountWorkThatFailsAndLetTheOthersGoOn() {
        assertThat(failures.attempt("bad", 0, () -> {
                    throw new IllegalStateException("broken row");
                }))
                .isFalse();
        assertThat(failures.attempt("good", 0, () -> {})).isTrue();
        assertThat(counters.get(KomboMetric.CARE_FAILED, "entity")).isEqualTo(1);
    }

    static Set<RuntimeException> ofTheTask() {
        return Set.of(
                new TimeoutException("no broker"),
                new TaskCorruptedException(Set.of(new TaskId(0, 0))),
                new TaskMigratedException("fenced"));
    }

    @ParameterizedTest
    @MethodSource("ofTheTask")
    void shouldFailWhereABrokerIsAwayOrTheTaskMustBeDoneOverOrGivenUp(RuntimeException failure) {
        assertThatThrownBy(() -> failures.attempt("key", 0, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(counters.get(KomboMetric.CARE_FAILED, "entity")).isZero();
    }
}
