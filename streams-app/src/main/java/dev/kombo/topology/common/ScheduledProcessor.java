package dev.kombo.topology.common;

import java.time.Duration;
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
    private final List<Cancellable> scheduled = new ArrayList<>();

    /** Schedules work by the machine's clock. */
    protected final void schedule(ProcessorContext<KOut, VOut> context, long intervalMillis, Punctuator work) {
        scheduled.add(context.schedule(Duration.ofMillis(intervalMillis), PunctuationType.WALL_CLOCK_TIME, work));
    }

    @Override
    public void close() {
        scheduled.forEach(Cancellable::cancel);
        scheduled.clear();
    }
}
