package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.ops.Counters;
import dev.kombo.ops.KomboMetric;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

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

    @Test
    void shouldFailWhereABrokerIsAway() {
        assertThatThrownBy(() -> failures.attempt("key", 0, () -> {
                    throw new TimeoutException("no broker");
                }))
                .isInstanceOf(TimeoutException.class);
        assertThat(counters.get(KomboMetric.CARE_FAILED, "entity")).isZero();
    }
}
