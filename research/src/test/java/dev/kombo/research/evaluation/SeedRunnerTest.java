package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.shop.ProgressDisplay;
import dev.kombo.shop.SeedRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SeedRunnerTest {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L);

    @Test
    void shouldGiveResultsInTheOrderOfTheSeedsWhateverEndsFirst() throws Exception {
        CountDownLatch secondEnded = new CountDownLatch(1);
        Protocol.Run run = (seed, progress) -> {
            if (seed == 1) {
                await(secondEnded);
            } else {
                secondEnded.countDown();
            }
            return new SeedResult().metric("m", "seed", (double) seed);
        };

        List<SeedResult> results = new SeedRunner(2, ProgressDisplay.NONE).run(run, SEEDS);

        assertThat(results.stream().map(result -> result.metrics().get("m").get("seed")))
                .containsExactly(1.0, 2.0, 3.0, 4.0);
    }

    @Test
    void shouldRunAsManyAtOnceAsThereAreThreads() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Protocol.Run run = (seed, progress) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                both.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            running.decrementAndGet();
            return new SeedResult();
        };

        assertThat(new SeedRunner(2, ProgressDisplay.NONE).run(run, SEEDS)).hasSize(4);
        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void shouldShowTheProgressOfAllRunsTogether() throws Exception {
        List<String> shown = new ArrayList<>();
        ProgressDisplay display = (position, size, rows) -> shown.add(position + " of " + size);
        Protocol.Run run = (seed, progress) -> {
            progress.update(10, 10);
            return new SeedResult();
        };

        new SeedRunner(1, display).run(run, SEEDS);

        assertThat(shown.get(shown.size() - 1)).isEqualTo("40 of 40");
        assertThat(shown).allMatch(line -> line.endsWith("of 40"));
    }

    @Test
    void shouldStopTheOthersWhenOneFails() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Protocol.Run run = (seed, progress) -> {
            if (seed == 2) {
                await(begun);
                throw new IllegalStateException("seed 2 broke");
            }
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
            }
            return new SeedResult();
        };

        assertThatThrownBy(() -> new SeedRunner(2, ProgressDisplay.NONE).run(run, SEEDS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("seed 2 broke");
        assertThat(interrupted).isTrue();
    }

    @Test
    void shouldRefuseAMetricThatIsNoNumberOrTwice() {
        SeedResult result = new SeedResult().metric("kombo", "recall@20", 0.1);

        assertThatThrownBy(() -> result.metric("kombo", "recall@20", 0.2)).hasMessageContaining("two values");
        assertThatThrownBy(() -> result.metric("kombo", "auc", Double.NaN)).hasMessageContaining("auc of kombo is NaN");
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
