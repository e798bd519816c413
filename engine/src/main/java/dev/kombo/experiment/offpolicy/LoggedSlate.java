package dev.kombo.experiment.offpolicy;

import java.util.List;

/**
 * A slate as drawn by the logging policy. Slates are independent of each other, and the candidate policy would have
 * filled as many ranks from the same pool.
 *
 * @param choices one per rank from the top, at least one
 * @param prediction of the reward of the slate: {@code shown} for this one, {@code expected} for the candidate policy's
 */
public record LoggedSlate(List<LoggedChoice> choices, Prediction prediction) {

    /**
     * Validates the slate and copies the list.
     *
     * @throws IllegalArgumentException if there is no choice, or the product of the ratios is not finite
     */
    public LoggedSlate {
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("a logged slate must have at least one choice");
        }
        double weight = 1;
        for (int rank = 0; rank < choices.size(); rank++) {
            weight *= choices.get(rank).ratio();
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException("the weight of a slate is not finite at rank " + (rank + 1));
            }
        }
    }
}
