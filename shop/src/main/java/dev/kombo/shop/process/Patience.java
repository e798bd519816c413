package dev.kombo.shop.process;

import dev.kombo.console.CommandException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how long a command waits for something that does not move, and what it says meanwhile.
 *
 * <p>Where a broker runs elsewhere, it may be gone for good, so that a wait without progress has an end. A broker in
 * the command's own process lives as long as the command does: a machine that is busy with other work only makes it
 * slow, and a command that gives up would lose what it has done.
 */
public final class Patience {
    /** How often a command says that it waits. */
    private static final Duration NOTICE_INTERVAL = Duration.ofMinutes(1);

    /** Stands for "without a limit", and fits into the time-outs of Kafka's clients, which are ints of milliseconds. */
    private static final Duration UNLIMITED = Duration.ofDays(7);

    private final Duration limit;
    private final Runnable check;
    private final Consumer<String> notices;
    private final LongSupplier nanos;

    Patience(Duration limit, Runnable check, Consumer<String> notices, LongSupplier nanos) {
        this.limit = limit;
        this.check = check;
        this.notices = notices;
        this.nanos = nanos;
    }

    /**
     * Waits so long without progress, silently.
     *
     * @param check called at each observation; throws if waiting is pointless
     */
    public static Patience upTo(Duration limit, Runnable check) {
        return new Patience(limit, check, notice -> {}, System::nanoTime);
    }

    /**
     * Waits as long as the check throws nothing.
     *
     * @param check throws if what is waited for is gone
     * @param notices gets a sentence after each minute without progress
     */
    public static Patience whileAlive(Runnable check, Consumer<String> notices) {
        return new Patience(UNLIMITED, check, notices, System::nanoTime);
    }

    /** The longest wait without progress. */
    public Duration limit() {
        return limit;
    }

    /**
     * Begins a wait.
     *
     * @param goal what is waited for, such as "a strategy is active"
     */
    public Watch watch(String goal) {
        return new Watch(goal);
    }

    /** One wait. Used by one thread. */
    public final class Watch {
        private final String goal;
        private @Nullable Object before;
        private long movedAt = nanos.getAsLong();
        private long saidAt = movedAt;

        private Watch(String goal) {
            this.goal = goal;
        }

        /**
         * Observes whether something moved; called again and again until the goal is reached.
         *
         * @param state changes with progress
         * @param shown the state, for people
         * @throws CommandException if nothing has moved for too long
         */
        public void observe(Object state, Supplier<?> shown) {
            check.run();
            long now = nanos.getAsLong();
            if (!Objects.equals(state, before)) {
                before = state;
                movedAt = now;
                saidAt = now;
                return;
            }
            long seconds = Duration.ofNanos(now - movedAt).toSeconds();
            if (now - movedAt > limit.toNanos()) {
                throw CommandException.failure("waited until %s, but nothing moved for %d s; it stands at %s"
                        .formatted(goal, seconds, shown.get()));
            }
            if (now - saidAt >= NOTICE_INTERVAL.toNanos()) {
                saidAt = now;
                notices.accept("Still waiting until %s. Nothing has moved for %d s; it stands at %s."
                        .formatted(goal, seconds, shown.get()));
            }
        }
    }
}
