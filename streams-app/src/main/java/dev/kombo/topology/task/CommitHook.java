package dev.kombo.topology.task;

import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Calls a processor before each commit of its task, when it may still put into its stores and forward records. Kafka
 * Streams has no public way to do that. Before a commit it flushes the caches of the task's stores, which may forward
 * records too; so this is a store that holds nothing, and whose cache is the processor. Not thread-safe; used by the
 * stream thread that owns the task.
 */
public final class CommitHook implements StateStore, CachedStateStore<byte[], byte[]> {
    private static final long NO_OFFSET = -1;
    private static final int NO_PARTITION = -1;

    private final String name;
    /** Null outside of Kafka Streams, in tests of one processor. */
    private InternalProcessorContext<?, ?> context;

    private ProcessorNode<?, ?, ?, ?> node;
    private Runnable work = () -> {};
    private boolean open;

    private CommitHook(String name) {
        this.name = name;
    }

    /** Builds hooks of a name, which is that of a store. */
    public static StoreBuilder<CommitHook> builder(String name) {
        return new StoreBuilder<>() {
            @Override
            public StoreBuilder<CommitHook> withCachingEnabled() {
                return this;
            }

            @Override
            public StoreBuilder<CommitHook> withCachingDisabled() {
                return this;
            }

            @Override
            public StoreBuilder<CommitHook> withLoggingEnabled(Map<String, String> config) {
                throw new UnsupportedOperationException("a commit hook has no changelog");
            }

            @Override
            public StoreBuilder<CommitHook> withLoggingDisabled() {
                return this;
            }

            @Override
            public CommitHook build() {
                return new CommitHook(name);
            }

            @Override
            public Map<String, String> logConfig() {
                return Map.of();
            }

            @Override
            public boolean loggingEnabled() {
                return false;
            }

            @Override
            public String name() {
                return name;
            }
        };
    }

    /**
     * Has a processor called before each commit; to be called while the processor is initialized.
     *
     * @param beforeCommit what fails here ends the stream thread, and nothing since the last commit is kept
     */
    public void call(Runnable beforeCommit) {
        work = beforeCommit;
        node = context == null ? null : context.currentNode();
    }

    @Override
    public void flushCache() {
        if (context == null) {
            work.run();
            return;
        }
        ProcessorNode<?, ?, ?, ?> nodeBefore = context.currentNode();
        ProcessorRecordContext recordBefore = context.recordContext();
        context.setCurrentNode(node);
        // As for work by the clock: no record is being processed.
        context.setRecordContext(new ProcessorRecordContext(
                context.currentSystemTimeMs(), NO_OFFSET, NO_PARTITION, null, new RecordHeaders()));
        try {
            work.run();
        } finally {
            context.setRecordContext(recordBefore);
            context.setCurrentNode(nodeBefore);
        }
    }

    @Override
    public void clearCache() {}

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        context = storeContext instanceof InternalProcessorContext<?, ?> internal ? internal : null;
        storeContext.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void close() {
        open = false;
        work = () -> {};
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
