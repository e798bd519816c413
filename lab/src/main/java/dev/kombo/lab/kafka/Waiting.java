package dev.kombo.lab.kafka;

import dev.kombo.console.CommandException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until a condition holds, and fails when nothing moves any more. */
public final class Waiting {
    private static final long NAP_MILLIS = 20;

    private final Duration stallTimeout;
    private final Runnable check;

    /**
     * @param stallTimeout time without progress after which a wait fails
     * @param check called at each check; throws if waiting is pointless
     */
    public Waiting(Duration stallTimeout, Runnable check) {
        this.stallTimeout = stallTimeout;
        this.check = check;
    }

    /**
     * Waits.
     *
     * @param goal the goal, for the message
     * @param reached whether it is reached
     * @param state a value that changes with progress; part of the message
     * @throws CommandException if the state has not changed for too long
     */
    public void until(String goal, BooleanSupplier reached, Supplier<?> state) throws InterruptedException {
        Object before = null;
        long movedAt = System.nanoTime();
        while (!reached.getAsBoolean()) {
            check.run();
            Object now = state.get();
            if (!now.equals(before)) {
                before = now;
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > stallTimeout.toNanos()) {
                throw CommandException.failure("waited until %s, but nothing moved for %d s; it stands at %s"
                        .formatted(goal, stallTimeout.toSeconds(), now));
            }
            Thread.sleep(NAP_MILLIS);
        }
    }
}
