package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.engine.task.HalfWrittenException;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Output;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Task;
import dev.kombo.metric.Counters;
import dev.kombo.topology.task.CommitPace;
import dev.kombo.topology.task.TaskAdapter;
import dev.kombo.topology.task.TaskProcessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written in part ends the stream task, so that Kafka Streams undoes it. */
class TaskProcessorTest {
    @TempDir
    Path folder;

    @Test
    void shouldBlameTheStoreWhereATaskIsWrittenInPart() {
        IllegalStateException cause = new IllegalStateException("no mapping");
        assertThatThrownBy(() -> accept(cause))
                .isInstanceOf(ProcessorStateException.class)
                .hasMessageContaining("half")
                .hasCause(cause);
        assertThatThrownBy(() -> tick(cause))
                .isInstanceOf(ProcessorStateException.class)
                .hasCause(cause);
    }

    @Test
    void shouldLetKafkaStreamsRepeatOrGiveUpATaskThatItSaysSoOf() {
        TaskMigratedException cause = new TaskMigratedException("fenced");
        assertThatThrownBy(() -> accept(cause)).isSameAs(cause);
        assertThatThrownBy(() -> tick(cause)).isSameAs(cause);
    }

    private void accept(RuntimeException cause) {
        MockProcessorContext<String, byte[]> context = context();
        processor(context, cause).process(new Record<>("key", "value", 0));
    }

    private void tick(RuntimeException cause) {
        MockProcessorContext<String, byte[]> context = context();
        processor(context, cause);
        assertThat(context.scheduledPunctuators()).hasSize(1);
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(1);
    }

    private MockProcessorContext<String, byte[]> context() {
        MockProcessorContext<String, byte[]> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        context.setCurrentSystemTimeMs(0);
        context.setRecordMetadata("outcomes", 0, 0);
        return context;
    }

    private static TaskProcessor<String, String, Output> processor(
            MockProcessorContext<String, byte[]> context, RuntimeException cause) {
        KomboConfig config = KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://none"));
        TaskProcessor<String, String, Output> processor = new TaskProcessor<>(
                new FailingAdapter(cause),
                Topics.of(config),
                new AvroSerdes(config.avroSettings()),
                new Counters(),
                ThreadLocal.withInitial(() -> new CommitPace(100)));
        processor.init(context);
        return processor;
    }

    /** Connects a task that cannot write one of its tables. */
    private static final class FailingAdapter implements TaskAdapter<String, String, Output> {
        private final RuntimeException cause;

        FailingAdapter(RuntimeException cause) {
            this.cause = cause;
        }

        @Override
        public Task<String> task(ProcessorContext<?, ?> context, Outputs<Output> outputs, Isolation isolation) {
            return new Task<>() {
                @Override
                public void accept(String input, long systemTime) {
                    throw new HalfWrittenException("half is written", cause);
                }

                @Override
                public boolean tick(long systemTime) {
                    throw new HalfWrittenException("half is written", cause);
                }
            };
        }

        @Override
        public List<String> inputs(Record<String, String> record, String topic) {
            return List.of(record.value());
        }

        @Override
        public void send(Output output, Sender sender) {
            throw new AssertionError("nothing is emitted");
        }

        @Override
        public Cadence cadence() {
            return new Cadence(1_000, false);
        }
    }
}
