package dev.kombo.topology.task;

import dev.kombo.engine.task.Isolation;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.metric.LogLimit;
import dev.kombo.ops.ProcessingFailures;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Isolates failures of a punctuator's work per key: a key that fails is counted and logged, and the other keys are
 * still processed. Without it Kafka Streams would end the whole run, and the next run would begin with the same key.
 * Not thread-safe; used by the stream thread that owns the task.
 */
public final class KeyFailures implements Isolation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFailures.class);

    private final LongAdder failed;
    private final LogLimit limit;
    private final String what;

    /**
     * @param what what the keys stand for, as the metric names it
     */
    public KeyFailures(Counters counters, String what) {
        this.failed = counters.counter(KomboMetric.CARE_FAILED, what);
        this.limit = new LogLimit(LOG, "work on " + what + "s that failed");
        this.what = what;
    }

    @Override
    public boolean attempt(String key, long systemTime, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            if (ProcessingFailures.infrastructureAtFault(e)) {
                throw e;
            }
            failed.increment();
            if (limit.mayLog(systemTime)) {
                LOG.error("Work on a {} failed, {}; the others go on", what, key, e);
            }
            return false;
        }
    }
}
