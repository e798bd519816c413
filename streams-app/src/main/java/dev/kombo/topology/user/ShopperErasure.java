package dev.kombo.topology.user;

import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.SessionMerge;
import dev.kombo.topology.common.KeyFailures;
import dev.kombo.topology.common.Partitioning;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.user.ShopperStore.ErasedUsers;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Deletes the state of shoppers of one partition. Not thread-safe; used by the stream thread that owns it. */
public final class ShopperErasure {
    private static final int SLICE = 1_000;

    private final ProcessorContext<String, byte[]> context;
    private final ShopperStore shoppers;
    private final Outputs outputs;
    private final CurrentOffers current;
    private final KeyFailures failures;
    private final int partitions;

    public ShopperErasure(
            EngineContext engine, ProcessorContext<String, byte[]> context, ShopperStore shoppers, Outputs outputs) {
        this.context = context;
        this.shoppers = shoppers;
        this.outputs = outputs;
        this.current = new CurrentOffers(engine);
        this.failures = new KeyFailures(engine.counters(), "shopper");
        this.partitions = engine.topics().partitions();
    }

    /**
     * Forgets a shopper, and makes all partitions forget the sessions linked to the user.
     *
     * @param asked when it was requested, epoch milliseconds: nothing from before counts any more
     * @param time of the record
     */
    public void forget(String key, long asked, long time) {
        forget(key, asked, time, false);
    }

    /** Forgets a session of an erased user, unless it began after the erasure. */
    void forgetSession(String sessionId, long asked, long time) {
        String key = ShopperKey.ofSession(sessionId);
        boolean done = !shoppers.isStored(key) && shoppers.erased().since(key, null, asked) != ErasedUsers.NEVER;
        if (!done) {
            forget(key, asked, time, true);
        }
    }

    private void forget(String key, long asked, long time, boolean unlessLater) {
        outputs.clear();
        if (!failures.attempt(
                key, context.currentSystemTimeMs(), () -> forgetReadable(key, asked, time, unlessLater))) {
            // The profile cannot be read: timer and visits end when they are due; what is stored is deleted now.
            outputs.clear();
            shoppers.forget(key, null);
        }
        shoppers.erased().add(key, asked);
        if (ShopperKey.isSession(key)) {
            shoppers.merged().erase(ShopperKey.hash(key), asked);
        }
    }

    private void forgetReadable(String key, long asked, long time, boolean unlessLater) {
        ShopperState shopper = shoppers.find(key);
        if (unlessLater && shopper != null && shopper.behavior().firstSeen() > asked) {
            return;
        }
        if (shopper != null) {
            current.endAll(key, shopper, outputs);
            notifyPartitions(shopper.sessions().hashes(), asked);
            outputs.forward(context, time);
        }
        // The keys of timer and visits contain the id as well.
        shoppers.forget(key, shopper);
    }

    /**
     * Sends the request to all partitions: a session's partition follows from its id, of which the user's state has
     * only a hash.
     */
    private void notifyPartitions(long[] hashes, long asked) {
        if (hashes.length == 0) {
            return;
        }
        List<Long> sessions = LongStream.of(hashes).boxed().toList();
        for (int partition = 0; partition < partitions; partition++) {
            int key = 0;
            while (Partitioning.partitionOf(Integer.toString(key), partitions) != partition) {
                key++;
            }
            outputs.sessionMerge(Integer.toString(key), new SessionMerge("", "", "", asked, null, sessions));
        }
    }

    /** Forgets those of the given sessions that this partition owns. */
    public void forgetSessions(List<Long> hashes, long asked, long time) {
        hashes.forEach(hash -> shoppers.merged().erase(hash, asked));
        String from = ShopperKey.ofSession("");
        List<String> keys;
        do {
            keys = shoppers.keys(from, SLICE);
            for (String key : keys) {
                if (!ShopperKey.isSession(key)) {
                    return;
                }
                if (hashes.contains(ShopperKey.hash(key))) {
                    forget(key, asked, time);
                }
                from = key + '\0';
            }
        } while (keys.size() == SLICE);
    }
}
