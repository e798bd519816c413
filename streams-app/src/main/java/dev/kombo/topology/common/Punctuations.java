package dev.kombo.topology.common;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The scheduled work of one processor. Kafka Streams closes and initializes the same processor again when it revives a
 * task, and keeps what the processor had scheduled before: so a processor cancels it when it is closed.
 */
public final class Punctuations {
    private final List<Cancellable> scheduled = new ArrayList<>();

    /** Schedules work by the machine's clock. */
    public void schedule(ProcessorContext<?, ?> context, long intervalMillis, Punctuator work) {
        scheduled.add(context.schedule(Duration.ofMillis(intervalMillis), PunctuationType.WALL_CLOCK_TIME, work));
    }

    /** Cancels all of it. */
    public void cancel() {
        scheduled.forEach(Cancellable::cancel);
        scheduled.clear();
    }
}
