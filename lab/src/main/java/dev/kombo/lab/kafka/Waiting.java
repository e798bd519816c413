package dev.kombo.lab.kafka;

import dev.kombo.cli.CommandException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition as long as something moves. */
public final class Waiting {
    private static final Duration NAP = Duration.ofMillis(20);

    private final Duration stallTimeout;
    private final Duration nap;
    private final Runnable check;

    /**
     * @param stallTimeout time without any movement after which a wait fails
     * @param check run at each look; throws where waiting is in vain
     */
    public Waiting(Duration stallTimeout, Runnable check) {
        this(stallTimeout, NAP, check);
    }

    /**
     * @param nap time between two looks
     */
    public Waiting(Duration stallTimeout, Duration nap, Runnable check) {
        this.stallTimeout = stallTimeout;
        this.nap = nap;
        this.check = check;
    }

    /**
     * Waits.
     *
     * @param goal what is waited for, for the message
     * @param reached whether it is reached
     * @param state something that is different whenever there is progress; told in the message
     * @throws CommandException when the state has stood still for too long
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
            Thread.sleep(nap.toMillis());
        }
    }
}
