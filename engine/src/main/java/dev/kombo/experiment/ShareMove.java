package dev.kombo.experiment;

import dev.kombo.codec.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change that Kombo makes to the active strategy, as the next version of it: of the shares of newly assigned
 * shoppers, or what a guardrail asks for.
 *
 * @param version of the strategy that results from it
 * @param time of the latest outcome that it is based on, epoch milliseconds
 * @param arms those whose shares change, in the order of the strategy
 * @param kind what changes beside the shares
 * @param arm the treatment that crossed a guardrail; null: none did
 * @param reason for an operator; null where treatments are ranked by the probability that they are the best
 */
public record ShareMove(
        long version,
        long time,
        List<MovedArm> arms,
        MoveKind kind,
        @Nullable String arm,
        @Nullable String reason) {
    /** Stands for a move that is to be read. */
    public static final ShareMove BLANK = new ShareMove(0, 0, List.of(), MoveKind.ALLOCATION, null, null);

    /** What a move is made for. Stored by their order: append only. */
    public enum MoveKind {
        /** Shares follow the treatments' means, within the strategy's allocation. */
        ALLOCATION,
        /** The treatment takes the next step of the strategy's ramp. */
        RAMP,
        /** Shares no longer move. */
        HOLD,
        /** The treatment ends. */
        STOP,
        /** The version published before is active again; where there is none, the treatment ends. */
        ROLL_BACK;

        private static final MoveKind[] KINDS = values();
    }

    /**
     * The new share of an arm.
     *
     * @param name of the arm
     * @param share of newly assigned shoppers from then on, 0 to 1
     * @param probabilityBest probability that its mean is the highest of all treatments, 0 to 1; 0 where shares do not
     *     follow it
     */
    public record MovedArm(String name, double share, double probabilityBest) {
        private static final MovedArm BLANK = new MovedArm("", 0, 0);

        private MovedArm fields(Fields f) {
            return new MovedArm(f.text(name), f.real(share), f.real(probabilityBest));
        }
    }

    public ShareMove fields(Fields f) {
        return new ShareMove(
                f.number(version),
                f.number(time),
                f.each(arms, MovedArm.BLANK, MovedArm::fields),
                f.constant(kind, MoveKind.KINDS),
                f.textOrNull(arm),
                f.textOrNull(reason));
    }

    /**
     * The end of a treatment, whose share goes to the control.
     *
     * @param plan the active strategy, which has both arms
     */
    public static ShareMove ending(StrategyPlan plan, String arm, MoveKind kind, long time, @Nullable String reason) {
        Arm control = Objects.requireNonNull(plan.control());
        double share = control.share() + Objects.requireNonNull(plan.arm(arm)).share();
        List<MovedArm> moved = List.of(new MovedArm(arm, 0, 0), new MovedArm(control.name(), share, 0));
        return new ShareMove(plan.version() + 1, time, moved, kind, arm, reason);
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

    /** Returns the strategy that results from a plan and this move, unless an earlier version becomes active again. */
    public StrategyPlan applyTo(StrategyPlan plan) {
        boolean ends = kind == MoveKind.STOP || kind == MoveKind.ROLL_BACK;
        List<Arm> moved = new ArrayList<>(plan.arms().size());
        int treating = 0;
        for (Arm before : plan.arms()) {
            Arm after = before.withShare(shareOf(before.name(), before.share()));
            Arm next = ends && before.name().equals(arm) ? after.ended() : after;
            treating += next.treats() ? 1 : 0;
            moved.add(next);
        }
        StrategyPlan.Options options = plan.options();
        boolean fixed = kind == MoveKind.HOLD || (ends && treating < 2);
        return new StrategyPlan(
                version,
                plan.salt(),
                moved,
                plan.startsAt(),
                plan.endsAt(),
                plan.eligibility(),
                new StrategyPlan.Options(
                        fixed ? null : options.allocation(),
                        options.rule(),
                        options.guardrails(),
                        kind == MoveKind.HOLD || ends ? null : options.ramp(),
                        reason,
                        options.budgets()));
    }

    /**
     * Returns an earlier version of a strategy as its next version. Arms that a guardrail stopped since stay stopped.
     *
     * @param plan the active strategy
     * @param earlier a version of the same experiment before it
     */
    public StrategyPlan backTo(StrategyPlan earlier, StrategyPlan plan) {
        StrategyPlan next = earlier;
        for (Arm now : plan.arms()) {
            Arm then = next.arm(now.name());
            if (now.stopped() && then != null && !then.stopped()) {
                next = ending(next, now.name(), MoveKind.STOP, 0, null).applyTo(next);
            }
        }
        return next.madeBy(version, reason);
    }
}
