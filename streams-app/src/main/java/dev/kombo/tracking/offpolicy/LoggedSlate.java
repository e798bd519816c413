package dev.kombo.tracking.offpolicy;

import java.util.ArrayList;
import java.util.List;

/**
 * A slate as the logging policy drew it. Slates are independent of each other, and the candidate policy would have
 * filled as many ranks from the same pool.
 *
 * @param choices one a rank from the top, at least one
 * @param prediction of the reward of the slate: {@code shown} for this one, {@code expected} for the candidate policy's
 */
public record LoggedSlate(List<LoggedChoice> choices, Prediction prediction) {

    /**
     * Checks the slate and copies the list.
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

    /** A slate without a model of slates. */
    public static LoggedSlate of(List<LoggedChoice> choices) {
        return new LoggedSlate(choices, Prediction.NONE);
    }

    /**
     * A slate with a reward that belongs to no rank, such as the revenue of the visit. It is counted at the last rank,
     * and so weighted by the probability of the whole slate by all estimators.
     */
    public static LoggedSlate ofWhole(List<LoggedChoice> choices, double reward, Prediction prediction) {
        List<LoggedChoice> rewarded = new ArrayList<>(choices);
        if (!rewarded.isEmpty()) {
            int last = rewarded.size() - 1;
            rewarded.set(last, rewarded.get(last).plusReward(reward));
        }
        return new LoggedSlate(rewarded, prediction);
    }
}
