package dev.kombo.topology;

import dev.kombo.catalog.StableHash;
import dev.kombo.engine.SweepLearner;
import dev.kombo.engine.TaskSettings;
import dev.kombo.ops.KomboMetric;
import dev.kombo.profile.ShopperState;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Learns again from stored histories while the task has nothing else to do: a walk over the profiles, a slice at a time,
 * whose gradients reach items as well. Each stored interaction has a budget of replays, so that a quiet shop does not
 * train on the same days for ever; where all is used up nothing is written. Gradients are merged by target within one
 * slice and sent within the same punctuation, so that nothing waits in the heap.
 */
final class ReplaySweep {
    private final EngineContext engine;
    private final ShopperStore shoppers;
    private final int partition;
    private final SweepLearner learner;
    private final Outputs outputs;
    private final LongAdder swept;
    private final LongAdder slices;
    private final LongAdder seen;
    private final LongAdder rounds;
    private final LongAdder waits;
    private String cursor;
    private long round;

    ReplaySweep(EngineContext engine, ShopperStore shoppers, int partition) {
        this.engine = engine;
        this.shoppers = shoppers;
        this.partition = partition;
        this.learner = new SweepLearner(
                engine.settings().factors(),
                engine.models().catalog(),
                engine.counters().counter(KomboMetric.STEPS_DROPPED, "user"));
        this.outputs = new Outputs(engine);
        this.swept = engine.counters().counter(KomboMetric.SWEEP_INTERACTIONS);
        this.slices = engine.counters().counter(KomboMetric.SWEEP_SLICES);
        this.seen = engine.counters().counter(KomboMetric.SWEEP_SHOPPERS);
        this.rounds = engine.counters().counter(KomboMetric.SWEEP_ROUNDS);
        this.waits = engine.counters().counter(KomboMetric.SWEEP_WAITS);
    }

    /** Replays a slice, if the task has caught up; called by a punctuator. */
    void run(ProcessorContext<String, SpecificRecord> context) {
        if (behind() || engine.models().itemBacklog() > engine.settings().get(TaskSettings.BACKLOG)) {
            waits.increment();
            return;
        }
        long time = 0;
        outputs.clear();
        learner.begin();
        for (KeyValue<String, ShopperState> stored : slice()) {
            ShopperState shopper = stored.value;
            if (replay(stored.key, shopper)) {
                shoppers.save(stored.key, shopper, Long.MAX_VALUE);
                time = Math.max(time, shopper.behavior().lastSeen());
            }
        }
        learner.drain(time, outputs);
        outputs.forward(context, time);
        slices.increment();
    }

    private boolean behind() {
        long limit = engine.settings().get(TaskSettings.BACKLOG);
        return engine.backlog().records(engine.topics().behaviorEvent(), partition) > limit
                || engine.backlog().records(engine.topics().behaviorEventRekeyed(), partition) > limit;
    }

    /** The next profiles from the cursor on; from the start again where the end was reached. */
    private List<KeyValue<String, ShopperState>> slice() {
        int users = engine.settings().get(TaskSettings.SWEEP_USERS);
        List<KeyValue<String, ShopperState>> slice = shoppers.from(cursor, users);
        seen.add(slice.size());
        if (slice.size() < users) {
            cursor = null;
            round++;
            rounds.increment();
        } else {
            cursor = slice.get(users - 1).key + '\0';
        }
        return slice;
    }

    /** One replay of each interaction that has any left; false where none had. */
    private boolean replay(String key, ShopperState shopper) {
        int replayed = learner.replay(shopper.behavior(), StableHash.of(key, round));
        swept.add(replayed);
        return replayed > 0;
    }
}
