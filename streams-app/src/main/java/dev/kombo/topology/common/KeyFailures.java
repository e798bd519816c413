package dev.kombo.topology.common;

import dev.kombo.ops.Counters;
import dev.kombo.ops.KomboMetric;
import dev.kombo.ops.LogLimit;
import dev.kombo.ops.ProcessingFailures;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of a punctuator, a key at a time: one that fails is counted and logged, and the others go on. Kafka Streams would
 * end the whole run, and the next would begin with the same key. Touched only by the stream thread that owns the task.
 */
public final class KeyFailures {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFailures.class);

    private final LongAdder failed;
    private final LogLimit limit;
    private final String what;

    /**
     * @param what the keys stand for, as the metric calls it
     */
    public KeyFailures(Counters counters, String what) {
        this.failed = counters.counter(KomboMetric.CARE_FAILED, what);
        this.limit = new LogLimit(LOG, "work on " + what + "s that failed");
        this.what = what;
    }

    /**
     * Does work that has changed nothing where it fails.
     *
     * @return false where it failed
     */
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
