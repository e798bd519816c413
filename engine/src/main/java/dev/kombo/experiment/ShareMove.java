package dev.kombo.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * A move of the shares of newly assigned shoppers between treatments.
 *
 * @param version of the strategy that results from it
 * @param time of the latest outcome that it is based on, epoch milliseconds
 * @param arms the treatments, in the order of the strategy
 */
public record ShareMove(long version, long time, List<MovedArm> arms) {

    /**
     * The new share of a treatment.
     *
     * @param name of the arm
     * @param share of newly assigned shoppers from then on, 0 to 1
     * @param probabilityBest probability that its mean is the highest of all treatments, 0 to 1
     */
    public record MovedArm(String name, double share, double probabilityBest) {}

    /** Copies the list. */
    public ShareMove {
        arms = List.copyOf(arms);
    }

    /** The share of an arm after the move; unchanged where it is not a treatment. */
    public double shareOf(String arm, double before) {
        for (MovedArm moved : arms) {
            if (moved.name().equals(arm)) {
                return moved.share();
            }
        }
        return before;
    }

    /** Returns the strategy that results from a plan and this move. */
    public StrategyPlan applyTo(StrategyPlan plan) {
        List<Arm> moved = new ArrayList<>(plan.arms().size());
        for (Arm arm : plan.arms()) {
            double share = shareOf(arm.name(), arm.share());
            moved.add(new Arm(arm.name(), arm.kind(), share, arm.temperature(), arm.policy()));
        }
        return new StrategyPlan(
                version, plan.salt(), moved, plan.startsAt(), plan.endsAt(), plan.eligibility(), plan.options());
    }
}
