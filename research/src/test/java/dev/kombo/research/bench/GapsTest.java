package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.research.bench.BenchSummary.GapFigures;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static final long SECOND = 1_000_000_000L;

    private final TopicPartition first = new TopicPartition("offers", 0);
    private final TopicPartition second = new TopicPartition("offers", 1);
    private final Gaps gaps = new Gaps(List.of(first, second));

    @Test
    void shouldTellTheLongestTimeBetweenTwoRecordsOfAPartition() {
        gaps.begin(0);
        gaps.seen(first, 2 * SECOND);
        gaps.seen(first, 7 * SECOND);
        gaps.seen(second, 3 * SECOND);
        gaps.seen(second, 6 * SECOND);
        assertThat(gaps.figures("a stop", 8 * SECOND)).isEqualTo(new GapFigures("a stop", 4, 5));
    }

    @Test
    void shouldCountAGapThatIsStillOpen() {
        gaps.begin(SECOND);
        gaps.seen(first, 2 * SECOND);
        assertThat(gaps.figures("a death", 11 * SECOND)).isEqualTo(new GapFigures("a death", 9.5, 10));
    }

    @Test
    void shouldNotCountWhatWasBeforeItBegan() {
        gaps.begin(0);
        gaps.seen(first, 50 * SECOND);
        gaps.seen(second, 50 * SECOND);
        gaps.begin(60 * SECOND);
        assertThat(gaps.figures("none", 61 * SECOND)).isEqualTo(new GapFigures("none", 1, 1));
    }

    @Test
    void shouldWaitForARecordOfEveryPartition() throws InterruptedException {
        gaps.seen(first, 0);
        gaps.seen(first, 1);
        assertThat(gaps.awaitAll(Duration.ZERO)).isFalse();
        gaps.seen(second, 2);
        assertThat(gaps.awaitAll(Duration.ZERO)).isTrue();
    }
}
