package dev.kombo.topology.task;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.engine.task.HalfWrittenException;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Output;
import dev.kombo.engine.task.Task;
import dev.kombo.metric.Counters;
import dev.kombo.ops.PartlyProcessedException;
import dev.kombo.ops.ProcessingFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Runs one task of the engine for one partition. Outputs are serialized when the task emits them, and forwarded when
 * the task has handled the input, or before the commit: an input that fails half way, or whose output cannot be
 * serialized or is too large for its topic, has sent nothing. The same holds for the work on one key by the clock. Of a
 * record with several inputs, only those that fail go to the dead-letter topic. Not thread-safe; used by the stream
 * thread that owns the partition.
 */
public final class TaskProcessor<V, I, O extends Output> extends ScheduledProcessor<String, V, String, byte[]> {
    /** Leaves room for the key and for what the batch adds. */
    private static final int LARGEST = Topics.LARGEST_OUTPUT - (64 << 10);

    /** @param joined null: it is a record of its own */
    private record Message(String node, String key, byte[] value, long time, Outbox.Layout joined) {}

    private final TaskAdapter<V, I, O> adapter;
    private final Topics topics;
    private final Serializer<SpecificRecord> serializer;
    private final boolean joinsRecords;
    private final Isolation failures;
    private final ThreadLocal<CommitPace> paces;
    private final List<Message> messages = new ArrayList<>();
    private final Collector sender = new Collector();
    private ProcessorContext<String, byte[]> context;
    private Outbox outbox;
    private Task<I> task;
    private long time;
    private boolean handling;
    /** Whether somebody waits for what was sent since the last commit. */
    private boolean awaited;
    /** Requests the next commit; null: nothing was handled since the last one, or it is requested. */
    private Cancellable timer;
    /** When the next commit is requested, epoch milliseconds; {@link Long#MAX_VALUE}: not yet known. */
    private long commitAt;

    /**
     * @param serdes write the values of all topics
     * @param paces when the tasks of each stream thread commit
     */
    public TaskProcessor(
            TaskAdapter<V, I, O> adapter,
            Topics topics,
            AvroSerdes serdes,
            Counters counters,
            ThreadLocal<CommitPace> paces) {
        this.adapter = adapter;
        this.topics = topics;
        this.serializer = serdes.serializer();
        this.joinsRecords = serdes.writesOwnFormat();
        this.paces = paces;
        this.failures = adapter.isolates() == null ? null : new KeyFailures(counters, adapter.isolates());
    }

    /** Creates the task anew, as a revived stream task keeps its processors, but not what they had computed. */
    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        messages.clear();
        handling = false;
        awaited = false;
        timer = null;
        commitAt = Long.MAX_VALUE;
        outbox = new Outbox((node, key, value, latest) -> context.forward(new Record<>(key, value, latest), node));
        if (adapter.commitHook() != null) {
            CommitHook hook = context.getStateStore(adapter.commitHook());
            hook.call(this::beforeCommit);
        }
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
        List<I> inputs = adapter.inputs(record, topic);
        if (inputs.size() == 1) {
            accept(inputs.get(0));
        } else {
            acceptEach(inputs, record.value(), topic);
        }
        if (adapter.commitHook() != null) {
            requestCommit();
        }
    }

    /** Requests a commit, at once or when it is time. */
    private void requestCommit() {
        CommitPace pace = paces.get();
        pace.handled();
        long next = pace.next(awaited);
        if (next >= commitAt) {
            return;
        }
        cancelTimer();
        commitAt = next;
        long delay = next - context.currentSystemTimeMs();
        if (delay <= 0) {
            context.commit();
        } else {
            timer = context.schedule(
                    Duration.ofMillis(delay), PunctuationType.WALL_CLOCK_TIME, now -> context.commit());
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Handles the inputs of one record, each on its own. */
    private void acceptEach(List<I> inputs, V value, String topic) {
        BitSet failed = new BitSet();
        RuntimeException failure = null;
        for (int i = 0; i < inputs.size(); i++) {
            try {
                accept(inputs.get(i));
            } catch (RuntimeException e) {
                if (ProcessingFailures.infrastructureAtFault(e)) {
                    throw e;
                }
                failed.set(i);
                failure = e;
            }
        }
        if (failure != null) {
            throw new PartlyProcessedException(
                    "%d of %d parts: %s".formatted(failed.cardinality(), inputs.size(), failure.getMessage()),
                    failure,
                    adapter.withOnly(failed, value, topic));
        }
    }

    private void accept(I input) {
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

    private void beforeCommit() {
        try {
            task.beforeCommit(context.currentSystemTimeMs());
        } catch (HalfWrittenException e) {
            throw undone(e);
        }
        outbox.send();
        paces.get().committed(context.currentSystemTimeMs());
        awaited = false;
        commitAt = Long.MAX_VALUE;
        cancelTimer();
    }

    @Override
    public void close() {
        super.close();
        cancelTimer();
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
            if (message.joined() == null) {
                context.forward(new Record<>(message.key(), message.value(), message.time()), message.node());
            } else {
                outbox.add(message.node(), message.key(), message.value(), message.time(), message.joined());
            }
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
        public void commitSoon() {
            awaited = true;
        }

        @Override
        public long systemTime() {
            return context.currentSystemTimeMs();
        }

        @Override
        public void send(String node, Topic topic, String key, SpecificRecord value) {
            String name = topics.name(topic);
            add(node, name, key, serializer.serialize(name, value), null);
        }

        @Override
        public void sendWithCommit(String node, Topic topic, String key, SpecificRecord value) {
            String name = topics.name(topic);
            add(node, name, key, serializer.serialize(name, value), joinsRecords ? Outbox.Layout.AVRO_LIST : null);
        }

        @Override
        public void sendWithCommit(String node, Topic topic, String key, byte[] value) {
            add(node, topics.name(topic), key, value, Outbox.Layout.SEQUENCE);
        }

        private void add(String node, String topic, String key, byte[] value, Outbox.Layout joined) {
            if (value != null && value.length > LARGEST) {
                throw new SerializationException(
                        "%d bytes for %s, which takes %d".formatted(value.length, topic, LARGEST));
            }
            messages.add(new Message(node, key, value, time, joined));
        }
    }
}
