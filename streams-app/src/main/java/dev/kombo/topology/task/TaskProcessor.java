package dev.kombo.topology.task;

import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.engine.task.HalfWrittenException;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Output;
import dev.kombo.engine.task.Task;
import dev.kombo.metric.Counters;
import dev.kombo.ops.ProcessingFailures;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Runs one task of the engine for one partition. Outputs are serialized when the task emits them, and forwarded when
 * the task has handled the record: a record that fails half way, or whose output cannot be serialized or is too large
 * for its topic, has sent nothing. The same holds for the work on one key by the clock. Not thread-safe; used by the
 * stream thread that owns the partition.
 */
public final class TaskProcessor<V, I, O extends Output> extends ScheduledProcessor<String, V, String, byte[]> {
    /** Leaves room for the key and for what the batch adds. */
    private static final int LARGEST = Topics.LARGEST_OUTPUT - (64 << 10);

    private record Message(String node, String key, byte[] value, long time) {}

    private final TaskAdapter<V, I, O> adapter;
    private final Topics topics;
    private final Serializer<SpecificRecord> serializer;
    private final Isolation failures;
    private final List<Message> messages = new ArrayList<>();
    private final Collector sender = new Collector();
    private ProcessorContext<String, byte[]> context;
    private Task<I> task;
    private long time;
    private boolean handling;

    /**
     * @param serializer writes the values of all topics
     */
    public TaskProcessor(
            TaskAdapter<V, I, O> adapter, Topics topics, Serializer<SpecificRecord> serializer, Counters counters) {
        this.adapter = adapter;
        this.topics = topics;
        this.serializer = serializer;
        this.failures = adapter.isolates() == null ? null : new KeyFailures(counters, adapter.isolates());
    }

    /** Creates the task anew, as a revived stream task keeps its processors, but not what they had computed. */
    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        messages.clear();
        handling = false;
        task = adapter.task(context, this::emit, this::attempt);
        TaskAdapter.Cadence cadence = adapter.cadence();
        if (cadence != null && cadence.rests()) {
            scheduleWithRests(context, cadence.intervalMillis(), this::tick);
        } else if (cadence != null) {
            schedule(context, cadence.intervalMillis(), this::tick);
        }
    }

    @Override
    public void process(Record<String, V> record) {
        wake();
        String topic = context.recordMetadata().orElseThrow().topic();
        I input = adapter.input(record, topic);
        if (input == null) {
            return;
        }
        messages.clear();
        handling = true;
        try {
            task.accept(input, context.currentSystemTimeMs());
        } catch (HalfWrittenException e) {
            throw undone(e);
        } finally {
            handling = false;
        }
        forward();
    }

    private boolean tick(long systemTime) {
        messages.clear();
        try {
            return task.tick(systemTime);
        } catch (HalfWrittenException e) {
            throw undone(e);
        } finally {
            // What was done by the clock before something failed stays done.
            forward();
        }
    }

    private boolean attempt(String key, long systemTime, Runnable work) {
        int before = messages.size();
        boolean done = failures.attempt(key, systemTime, work);
        if (!done) {
            messages.subList(before, messages.size()).clear();
        } else if (!handling) {
            forward();
        }
        return done;
    }

    private void emit(O output) {
        time = Math.max(0, output.time());
        adapter.send(output, sender);
    }

    private void forward() {
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            context.forward(new Record<>(message.key(), message.value(), message.time()), message.node());
        }
        messages.clear();
    }

    /** Kafka Streams undoes what a task did since the last commit, and starts it again, where a store is at fault. */
    private static RuntimeException undone(HalfWrittenException e) {
        return e.getCause() instanceof RuntimeException cause && ProcessingFailures.infrastructureAtFault(cause)
                ? cause
                : new ProcessorStateException(e.getMessage(), e.getCause());
    }

    /** Serializes records and keeps them until they may be forwarded. */
    private final class Collector implements TaskAdapter.Sender {
        @Override
        public long systemTime() {
            return context.currentSystemTimeMs();
        }

        @Override
        public void send(String node, Topic topic, String key, SpecificRecord value) {
            String name = topics.name(topic);
            byte[] bytes = serializer.serialize(name, value);
            if (bytes != null && bytes.length > LARGEST) {
                throw new SerializationException(
                        "%d bytes for %s, which takes %d".formatted(bytes.length, name, LARGEST));
            }
            messages.add(new Message(node, key, bytes, time));
        }
    }
}
