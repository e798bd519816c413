package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Output;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Task;
import dev.kombo.metric.Counters;
import dev.kombo.topology.task.CommitHook;
import dev.kombo.topology.task.CommitPace;
import dev.kombo.topology.task.TaskAdapter;
import dev.kombo.topology.task.TaskProcessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task requests a commit for what somebody waits for. */
class CommitRequestTest {
    private static final String HOOK = "hook";
    private static final String AWAITED = "an offer";

    private MockProcessorContext<String, byte[]> context;
    private CommitHook hook;
    private TaskProcessor<String, String, Output> processor;

    @BeforeEach
    void open(@TempDir Path folder) {
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        context.setRecordMetadata("events", 0, 0);
        hook = CommitHook.builder(HOOK).build();
        hook.init(context.getStateStoreContext(), hook);
        context.addStateStore(hook);
        KomboConfig config = KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://none"));
        processor = new TaskProcessor<>(
                new OfferAdapter(),
                Topics.of(config),
                new AvroSerdes(config.avroSettings()),
                new Counters(),
                ThreadLocal.withInitial(() -> new CommitPace(100)));
        processor.init(context);
    }

    @Test
    void shouldRequestACommitAtOnceWhereTheLastOneWasLongAgo() {
        handle("a click", 1_000);
        assertThat(context.committed()).isTrue();
        assertThat(context.scheduledPunctuators()).isEmpty();
    }

    @Test
    void shouldCommitWhatIsAwaitedSoonerThanTheRest() {
        commit(1_000);
        handle("a click", 1_005);
        handle("a click", 1_010);
        assertThat(delays()).containsExactly(95L);
        handle(AWAITED, 1_015);
        handle(AWAITED, 1_020);
        handle("a click", 1_025);

        assertThat(context.committed()).isFalse();
        assertThat(delays()).as("the second replaces the first").containsExactly(95L, 25L);
        assertThat(context.scheduledPunctuators().get(0).cancelled()).isTrue();
        context.scheduledPunctuators().get(1).getPunctuator().punctuate(1_040);
        assertThat(context.committed()).isTrue();
        commit(1_040);
        assertThat(context.scheduledPunctuators().get(1).cancelled())
                .as("it asks once")
                .isTrue();
        handle("a click", 1_050);
        assertThat(delays()).as("after a commit it begins anew").containsExactly(95L, 25L, 90L);
    }

    private List<Long> delays() {
        return context.scheduledPunctuators().stream()
                .map(one -> one.getInterval().toMillis())
                .toList();
    }

    @Test
    void shouldLeaveNoRequestBehindWhenItIsClosed() {
        commit(1_000);
        handle(AWAITED, 1_005);
        processor.close();

        assertThat(delays()).hasSize(1);
        assertThat(context.scheduledPunctuators()).allMatch(MockProcessorContext.CapturedPunctuator::cancelled);
    }

    private void handle(String event, long now) {
        context.setCurrentSystemTimeMs(now);
        processor.process(new Record<>("key", event, 0));
    }

    private void commit(long now) {
        context.setCurrentSystemTimeMs(now);
        hook.flushCache();
        context.resetCommit();
    }

    /** Emits each input, and says of some that they are awaited. */
    private static final class OfferAdapter implements TaskAdapter<String, String, Output> {
        private String latest = "";

        @Override
        public Task<String> task(ProcessorContext<?, ?> context, Outputs<Output> outputs, Isolation isolation) {
            return new Task<>() {
                @Override
                public void accept(String input, long systemTime) {
                    latest = input;
                    outputs.emit(() -> systemTime);
                }

                @Override
                public boolean tick(long systemTime) {
                    return false;
                }
            };
        }

        @Override
        public List<String> inputs(Record<String, String> record, String topic) {
            return List.of(record.value());
        }

        @Override
        public String commitHook() {
            return HOOK;
        }

        @Override
        public void send(Output output, Sender sender) {
            if (latest.equals(AWAITED)) {
                sender.commitSoon();
            }
        }
    }
}
