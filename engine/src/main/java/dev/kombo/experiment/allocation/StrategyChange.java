package dev.kombo.experiment.allocation;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Guardrail;
import dev.kombo.experiment.Guardrail.Action;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.Ramp;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Crossing;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.GuardrailReading;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides what Kombo changes in the active strategy: what a crossed guardrail asks for, or else the next step of the
 * ramp, or else the shares that the {@link ShareAllocator} wants. Each change is a version of the strategy, and so a
 * stratum of the comparisons, which therefore stay valid. The result is a function of the observations.
 */
public final class StrategyChange {
    /** Time after which a change that is not active is asked for again: an instance of an earlier version drops it. */
    private static final long LOST_AFTER = Millis.HOUR;

    private StrategyChange() {}

    /**
     * The next change. Crossings are added to the observations.
     *
     * @param plan the active strategy
     * @param uplift observations of its experiment
     * @param time of the latest outcome, epoch milliseconds
     * @return null where nothing changes
     */
    public static @Nullable ShareMove next(StrategyPlan plan, ExperimentUplift uplift, long time) {
        ShareMove last = uplift.lastMove();
        boolean onItsWay = last != null && last.version() > plan.version() && time - last.time() < LOST_AFTER;
        if (!plan.runningAt(time) || onItsWay) {
            return null;
        }
        ShareMove change = null;
        boolean crossed = false;
        for (GuardrailReading reading : GuardrailReading.all(plan, uplift)) {
            if (reading.crossed()) {
                crossed = true;
                ShareMove asked = asked(reading, plan, time);
                long version = asked == null ? plan.version() : asked.version();
                String measure = reading.guardrail().measure();
                String action = reading.action().name();
                uplift.crossed(new Crossing(measure, reading.arm(), action, version, time, reason(reading)));
                if (asked != null && (change == null || asked.kind().compareTo(change.kind()) > 0)) {
                    change = asked;
                }
            }
        }
        if (change == null && !crossed) {
            change = step(plan, uplift, time);
        }
        return change == null ? ShareAllocator.next(plan, uplift, time) : change;
    }

    private static @Nullable ShareMove asked(GuardrailReading reading, StrategyPlan plan, long time) {
        Action action = reading.action();
        boolean moves = plan.options().allocation() != null || plan.options().ramp() != null;
        if (action == Action.ALERT || (action == Action.HOLD && !moves)) {
            return null;
        }
        ShareMove.MoveKind kind = ShareMove.MoveKind.valueOf(action.name());
        return action == Action.HOLD
                ? new ShareMove(plan.version() + 1, time, List.of(), kind, reading.arm(), reason(reading))
                : ShareMove.ending(plan, reading.arm(), kind, time, reason(reading));
    }

    private static String reason(GuardrailReading reading) {
        boolean bounded = !Double.isNaN(reading.bound());
        return String.format(
                Locale.ROOT,
                "%s of %s against %s: %s after %,d users; the guardrail allows %.1f %%",
                reading.guardrail().measure(),
                reading.arm(),
                reading.control(),
                bounded
                        ? String.format(
                                Locale.ROOT,
                                "%+.1f %%, at least %+.1f %%,",
                                100 * reading.change(),
                                100 * reading.bound())
                        : "worse",
                reading.users(),
                100 * reading.guardrail().margin());
    }

    /** The next step of the ramp, once each guardrail has observed enough users of the treatment. */
    private static @Nullable ShareMove step(StrategyPlan plan, ExperimentUplift uplift, long time) {
        Ramp ramp = plan.options().ramp();
        Arm treatment = plan.arms().stream().filter(Arm::treats).findFirst().orElse(null);
        if (ramp == null || treatment == null || !(treatment.share() < 1)) {
            return null;
        }
        double share = ramp.after(treatment.share());
        List<Guardrail> guardrails = GuardrailReading.guardrails(plan, uplift);
        for (Guardrail guardrail : guardrails) {
            if (observed(uplift, guardrail, plan.version(), treatment.name()) < ramp.usersAtLeast()) {
                return null;
            }
        }
        // An experiment that began before there were guardrails may have none.
        if (share == treatment.share() || guardrails.isEmpty()) {
            return null;
        }
        double others = (1 - share) / (1 - treatment.share());
        List<ShareMove.MovedArm> moved = new ArrayList<>();
        for (Arm arm : plan.arms()) {
            double next = arm.name().equals(treatment.name()) ? share : arm.share() * others;
            moved.add(new ShareMove.MovedArm(arm.name(), next, 0));
        }
        String reason = String.format(
                Locale.ROOT, "no guardrail was crossed, and %,d users were observed", ramp.usersAtLeast());
        return new ShareMove(plan.version() + 1, time, moved, ShareMove.MoveKind.RAMP, null, reason);
    }

    private static long observed(ExperimentUplift uplift, Guardrail guardrail, long version, String name) {
        Measure measure = Measure.of(guardrail.measure());
        UpliftAccount account = measure == null ? null : uplift.mainAccount(measure);
        if (measure != null && account == null) {
            // Nobody had any money of the kind yet, such as a discount: everybody observed has none.
            account = uplift.accounts().get(new ExperimentUplift.Key(measure, null));
        }
        if (account != null) {
            for (StratumAccount stratum : account.strata()) {
                StratumArm arm = stratum.strategyVersion() == version ? stratum.arm(name) : null;
                if (arm != null) {
                    return arm.moments().count();
                }
            }
        }
        return 0;
    }
}
