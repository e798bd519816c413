package dev.kombo.service;

import dev.kombo.client.SchemaRegistryException;
import dev.kombo.ops.Causes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Decides when a failed stream thread is replaced: after a pause that doubles with each failure of the last ten
 * minutes. If a broker or the registry does not answer, the instance waits for it without limit. Any other lasting
 * fault must become visible: after five failures of one task within ten minutes the instance stops.
 */
final class ThreadRestarts {
    private static final int FAILURES_A_TASK = 5;
    private static final long WINDOW = TimeUnit.MINUTES.toNanos(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Deque<Long> failures = new ArrayDeque<>();
    private final Map<String, Deque<Long>> faults = new HashMap<>();

    /** Returns the pause before a failed thread is replaced; empty if it must not be replaced. */
    synchronized Optional<Duration> pause(Throwable cause, long nanoTime) {
        count(failures, nanoTime);
        if (!away(cause)) {
            Deque<Long> ofTask = faults.computeIfAbsent(task(cause), none -> new ArrayDeque<>());
            count(ofTask, nanoTime);
            if (ofTask.size() > FAILURES_A_TASK) {
                return Optional.empty();
            }
        }
        long seconds = 1L << Math.min(failures.size() - 1, Long.SIZE - 2);
        return Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE.toSeconds())));
    }

    private static void count(Deque<Long> times, long nanoTime) {
        times.addLast(nanoTime);
        while (nanoTime - times.peekFirst() > WINDOW) {
            times.removeFirst();
        }
    }

    /** Returns the task that failed; empty if unknown. */
    private static String task(Throwable cause) {
        return cause instanceof StreamsException failure
                ? failure.taskId().map(TaskId::toString).orElse("")
                : "";
    }

    /** Whether a broker or the registry does not answer, so that no record is to blame. */
    static boolean away(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(cause -> cause instanceof RetriableException
                        || (cause instanceof SchemaRegistryException registry && registry.retriable()));
    }

    /** Whether a RocksDB file is corrupted, so that another attempt is pointless. */
    static boolean damaged(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(cause -> cause instanceof RocksDBException store
                        && store.getStatus() != null
                        && store.getStatus().getCode() == Status.Code.Corruption);
    }
}
