package dev.kombo.topology.common;

import java.time.Duration;
import java.time.Instant;
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

    /**
     * Schedules work by the machine's clock, at multiples of the interval since the epoch. So the tasks of a thread work at
     * the same moments: after each, Kafka Streams processes only half as many records per round of its loop, and a round
     * costs as much as a record or two.
     */
    public void schedule(ProcessorContext<?, ?> context, long intervalMillis, Punctuator work) {
        scheduled.add(context.schedule(
                Instant.EPOCH, Duration.ofMillis(intervalMillis), PunctuationType.WALL_CLOCK_TIME, work));
    }

    /** Cancels all of it. */
    public void cancel() {
        scheduled.forEach(Cancellable::cancel);
        scheduled.clear();
    }
}
