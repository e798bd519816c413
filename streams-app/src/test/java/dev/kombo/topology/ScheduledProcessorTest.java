package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.topology.task.ScheduledProcessor;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScheduledProcessorTest {
    private static final long INTERVAL = 20;

    private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
    private boolean anyWork;
    private int runs;
    private long time;

    private final Processor<String, String, String, String> processor = new ScheduledProcessor<>() {
        @Override
        public void init(ProcessorContext<String, String> initialized) {
            scheduleWithRests(initialized, INTERVAL, now -> {
                runs++;
                return anyWork;
            });
        }

        @Override
        public void process(Record<String, String> record) {
            wake();
        }
    };

    @BeforeEach
    void schedule() {
        processor.init(context);
    }

    private List<CapturedPunctuator> scheduled() {
        return context.scheduledPunctuators().stream()
                .filter(one -> !one.cancelled())
                .toList();
    }

    private Duration interval() {
        assertThat(scheduled()).hasSize(1);
        return scheduled().get(0).getInterval();
    }

    /** Lets time pass; runs what is scheduled at its interval. */
    private void pass(long millis) {
        for (long end = time + millis; time < end; ) {
            time += interval().toMillis();
            scheduled().get(0).getPunctuator().punctuate(time);
        }
    }

    @Test
    void shouldRestAfterASecondWithoutWork() {
        pass(1_000);
        assertThat(interval()).hasMillis(INTERVAL);

        pass(100);

        assertThat(interval()).hasMillis(1_000);
        runs = 0;
        pass(10_000);
        assertThat(runs).isEqualTo(10);
    }

    @Test
    void shouldNotRestWhileThereIsWork() {
        anyWork = true;

        pass(10_000);

        assertThat(interval()).hasMillis(INTERVAL);
    }

    @Test
    void shouldGoOnAtItsIntervalOnceThereIsWork() {
        pass(5_000);
        anyWork = true;

        pass(1_000);

        assertThat(interval()).hasMillis(INTERVAL);
    }

    @Test
    void shouldGoOnAtItsIntervalForASecondAfterARecord() {
        pass(5_000);

        processor.process(new Record<>("key", "value", 0));

        pass(1_000);
        assertThat(interval()).hasMillis(INTERVAL);
        pass(100);
        assertThat(interval()).hasMillis(1_000);
    }

    @Test
    void shouldCancelWhatRestsAndWhatDoesNot() {
        pass(5_000);

        processor.close();

        assertThat(scheduled()).isEmpty();
    }
}
