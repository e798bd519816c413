package dev.kombo.engine.item;

import dev.kombo.price.PriceHistories;
import dev.kombo.price.PriceHistory;

/**
 * Publishes a task's share of the prices of which no instance that starts would know, again until they are read. Not
 * thread-safe.
 */
final class PricePublisher {
    /** Time between two publications, in milliseconds: long enough for those published to be read. */
    private static final long INTERVAL = 5_000;

    /** Most prices of one publication, as events wait meanwhile. */
    private static final int MOST = 2_000;

    private static final long NEVER = -1;

    private final ItemContext context;
    private long interval = NEVER;

    PricePublisher(ItemContext context) {
        this.context = context;
    }

    /** Publishes at the first call, and when an interval has begun, which is at the same moment in all tasks. */
    void run(long systemTime) {
        long current = systemTime / INTERVAL;
        if (interval != current) {
            interval = current;
            publish(systemTime);
        }
    }

    private void publish(long systemTime) {
        TaskPartition partition = context.partition();
        PriceHistories prices = context.models().catalog().prices();
        prices.forget(systemTime);
        prices.unpublished(partition.number(), partition.partitions(), systemTime - 2 * partition.commitMillis())
                .limit(MOST)
                .forEach(entity -> publish(entity, prices, systemTime));
    }

    private void publish(String entity, PriceHistories prices, long systemTime) {
        PriceHistory history = prices.of(entity);
        if (history != null) {
            context.outputs().emit(new ItemOutput.PriceTold(entity, history, systemTime));
            prices.passedOn(entity, systemTime);
        }
    }
}
