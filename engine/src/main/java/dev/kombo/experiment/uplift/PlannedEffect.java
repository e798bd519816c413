package dev.kombo.experiment.uplift;

import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Comparison.Part;
import dev.kombo.experiment.uplift.SampleSize.Shares;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many users and days a running experiment needs to detect an effect of a given size in its primary measure with
 * 80 % power, computed from the users that it has observed.
 *
 * @param effect relative to the mean
 * @param users to be observed since the start; null: no number within reason does it, or none up to the
 *     planned end
 * @param days from now; null: not known
 */
public record PlannedEffect(
        double effect, @Nullable Long users, @Nullable Long days) {
    private static final double[] EFFECTS = {0.02, 0.05, 0.10, 0.25, 0.50};

    /**
     * Returns what each of some effects takes; nothing before two arms could be past their burn-in.
     *
     * @param plan the active strategy, of this experiment
     * @param usersPerDay users assigned per day of late, 0 where not known
     */
    public static List<PlannedEffect> of(StrategyPlan plan, ExperimentUplift uplift, double usersPerDay) {
        UpliftAccount account = uplift.mainAccount(uplift.primary());
        Shares shares = Shares.of(plan);
        if (account == null
                || !(shares.smaller() > 0)
                || account.observed() < 2L * UpliftSettings.standard().burnIn()) {
            return List.of();
        }
        DecisionRule rule = uplift.rule();
        Part part = uplift.report(uplift.primary(), account).comparisons().stream()
                .map(Comparison::part)
                .filter(known -> known.role() != Role.EXPLORATORY)
                .findFirst()
                .orElse(null);
        if (part == null) {
            return List.of();
        }
        SampleSize size = size(account, part.error(), rule == null ? 0 : rule.plannedUsers());
        long entered = account.strata().stream()
                .flatMap(stratum -> stratum.arms().stream())
                .mapToLong(StratumArm::entered)
                .sum();
        double window = uplift.primary().millis() / (double) Millis.DAY;
        List<PlannedEffect> effects = new ArrayList<>();
        for (double effect : EFFECTS) {
            double users = size.shoppers(effect, shares);
            double days = users <= account.observed() ? 0 : Math.max(0, users - entered) / usersPerDay + window;
            effects.add(new PlannedEffect(
                    effect,
                    Double.isInfinite(users) ? null : (long) users,
                    usersPerDay > 0 && Double.isFinite(days) ? (long) Math.ceil(days) : null));
        }
        return effects;
    }

    private static SampleSize size(UpliftAccount account, double error, long planned) {
        ArmMoments all = account.moments();
        double slope = all.covariateSquares() > 0 ? all.products() / all.covariateSquares() : 0;
        return new SampleSize(all.responseMean(), all.residualSquares(slope) / (all.count() - 1), error, planned);
    }
}
