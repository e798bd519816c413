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
import org.apache.kafka.streams.StreamsConfig;
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
        Properties settings = new Properties();
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        context = new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
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
                ThreadLocal.withInitial(CommitPace::new));
        processor.init(context);
    }

    @Test
    void shouldRequestACommitForWhatIsAwaitedOnly() {
        handle("a click", 1_000);
        assertThat(context.committed()).isFalse();
        handle(AWAITED, 1_000);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldPutOffACommitThatFollowsAnotherTooSoon() {
        handle(AWAITED, 1_000);
        commit(1_000);
        handle(AWAITED, 1_005);
        handle(AWAITED, 1_006);

        assertThat(context.committed()).isFalse();
        assertThat(context.scheduledPunctuators()).singleElement().satisfies(one -> {
            assertThat(one.getInterval().toMillis()).isEqualTo(15);
            one.getPunctuator().punctuate(1_020);
            assertThat(context.committed()).isTrue();
            commit(1_020);
            assertThat(one.cancelled()).as("it asks once").isTrue();
        });
    }

    @Test
    void shouldLeaveNoRequestBehindWhenItIsClosed() {
        handle(AWAITED, 1_000);
        commit(1_000);
        handle(AWAITED, 1_005);
        processor.close();

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
