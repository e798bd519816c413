package dev.kombo.shop.process;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until a condition holds. */
public final class Waiting {
    private static final long NAP_MILLIS = 20;

    private final Patience patience;

    /** @param patience how long without progress */
    public Waiting(Patience patience) {
        this.patience = patience;
    }

    /**
     * Waits.
     *
     * @param goal the goal, for messages
     * @param reached whether it is reached
     * @param state a value that changes with progress; part of the messages
     * @throws dev.kombo.console.CommandException if the state has not changed for too long
     */
    public void until(String goal, BooleanSupplier reached, Supplier<?> state) throws InterruptedException {
        Patience.Watch watch = patience.watch(goal);
        while (!reached.getAsBoolean()) {
            Object now = state.get();
            watch.observe(now, () -> now);
            Thread.sleep(NAP_MILLIS);
        }
    }
}
