package dev.kombo.query.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SharedCallTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void shouldAskAnewWhenTheLastQuestionWasAnswered() {
        StreamsHealth.SharedCall<Integer> question = new StreamsHealth.SharedCall<>(asked::incrementAndGet, 60_000);

        assertThat(question.ask()).hasValue(1);
        assertThat(question.ask()).hasValue(2);
    }

    @Test
    void shouldWaitForOneAnswerOnlyWhenItDoesNotCome() {
        CountDownLatch brokerIsBack = new CountDownLatch(1);
        StreamsHealth.SharedCall<Integer> question = new StreamsHealth.SharedCall<>(
                () -> {
                    await(brokerIsBack);
                    return asked.incrementAndGet();
                },
                20);

        assertThat(question.ask()).isEmpty();
        assertThat(question.ask()).isEmpty();
        brokerIsBack.countDown();

        Awaitility.await().until(() -> asked.get() == 1);
        Awaitility.await().until(() -> question.ask().isPresent());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldAnswerNothingWhenTheQuestionFails() {
        StreamsHealth.SharedCall<Integer> question = new StreamsHealth.SharedCall<>(
                () -> {
                    throw new IllegalStateException("not running");
                },
                60_000);

        assertThat(question.ask()).isEmpty();
    }
}
