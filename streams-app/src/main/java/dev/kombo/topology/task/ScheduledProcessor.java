package dev.kombo.topology.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Base of the processors that also work by the clock, between records. Kafka Streams closes and initializes the same
 * processor again when it revives a task, and keeps what the processor had scheduled before: so the work is cancelled
 * when the processor is closed.
 */
public abstract class ScheduledProcessor<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
    /** How long work rests while there is none, in milliseconds. */
    private static final long REST = 1_000;

    private final List<Cancellable> scheduled = new ArrayList<>();
    private final List<RestingWork> resting = new ArrayList<>();

    /** Work of which there is not always any. */
    protected interface Work {
        /**
         * Does what is to be done.
         *
         * @param systemTime epoch milliseconds of the machine's clock
         * @return whether there was or still is any
         */
        boolean run(long systemTime);
    }

    /** Schedules work by the machine's clock, at the same moments as that of other tasks with the interval. */
    protected final void schedule(ProcessorContext<KOut, VOut> context, long intervalMillis, Punctuator work) {
        scheduled.add(aligned(context, intervalMillis, work));
    }

    /**
     * Schedules work that rests while there is none: it then runs once a second, at the same moment as that of other
     * tasks. After each run, Kafka Streams commits a transaction, whether or not something was done.
     */
    protected final void scheduleWithRests(ProcessorContext<KOut, VOut> context, long intervalMillis, Work work) {
        RestingWork one = new RestingWork(context, intervalMillis, work);
        one.begin();
        resting.add(one);
    }

    /** Ends the rests, as there is a record. */
    protected final void wake() {
        for (int i = 0; i < resting.size(); i++) {
            resting.get(i).wake();
        }
    }

    @Override
    public void close() {
        scheduled.forEach(Cancellable::cancel);
        scheduled.clear();
        resting.forEach(one -> one.schedule.cancel());
        resting.clear();
    }

    private static Cancellable aligned(ProcessorContext<?, ?> context, long intervalMillis, Punctuator work) {
        return context.schedule(
                Instant.EPOCH, Duration.ofMillis(intervalMillis), PunctuationType.WALL_CLOCK_TIME, work);
    }

    private static final class RestingWork {
        private final ProcessorContext<?, ?> context;
        private final long interval;
        private final Work work;
        private Cancellable schedule;
        private boolean rests;
        private boolean woken;
        private long workedAt;

        RestingWork(ProcessorContext<?, ?> context, long interval, Work work) {
            this.context = context;
            this.interval = interval;
            this.work = work;
        }

        void begin() {
            rests = false;
            woken = true;
            schedule = context.schedule(Duration.ofMillis(interval), PunctuationType.WALL_CLOCK_TIME, this::run);
        }

        void wake() {
            woken = true;
            if (rests) {
                schedule.cancel();
                begin();
            }
        }

        private void run(long systemTime) {
            if (work.run(systemTime) || woken) {
                workedAt = systemTime;
                if (rests) {
                    wake();
                }
                woken = false;
            } else if (!rests && interval < REST && systemTime - workedAt >= REST) {
                rests = true;
                schedule.cancel();
                schedule = aligned(context, REST, this::run);
            }
        }
    }
}
