package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdleTest {
    private static final long MILLI = 1_000_000L;

    @Test
    void shouldSendForOneSecondInTen() {
        long[] due = IntStream.range(0, 1_500).mapToLong(Idle::dueNanos).toArray();

        assertThat(due[0]).isZero();
        assertThat(due[1]).isEqualTo(2 * MILLI);
        assertThat(due[499]).isEqualTo(998 * MILLI);
        assertThat(due[500]).isEqualTo(10_000 * MILLI);
        assertThat(due[1_499]).isEqualTo(20_998 * MILLI);
    }
}
