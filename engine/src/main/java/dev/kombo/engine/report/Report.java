package dev.kombo.engine.report;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Advice;
import dev.kombo.experiment.uplift.Crossing;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.GuardrailReading;
import dev.kombo.experiment.uplift.PlannedEffect;
import dev.kombo.experiment.uplift.SampleRatio;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report on an experiment for one time window: the account of its arms; for a day, also how the arms compared; for
 * the total, also everything that follows from the observations of shoppers.
 *
 * @param bundles the most offered bundles of each arm; of an arm that is left out, none are listed
 * @param modelStages what currently ranks the offers of each arm; an arm that is left out is not active
 * @param comparisons of the arms
 * @param observations what the comparisons are computed from
 * @param sampleRatio whether shoppers were assigned in the planned shares; null before the first
 * @param lastMove the latest change of the strategy by Kombo; null: none
 * @param plannedEffects what it takes to see an effect; only while the experiment runs
 * @param advice what to do now; null where the experiment does not run
 * @param guardrails how treatments stand against them; only while the experiment runs
 * @param crossings guardrails that were crossed, oldest first
 */
public record Report(
        ExperimentAccount account,
        Map<String, List<BundleAccount>> bundles,
        Map<String, String> modelStages,
        List<ReportedComparison> comparisons,
        List<ObservedMeasure> observations,
        @Nullable SampleRatio sampleRatio,
        @Nullable ShareMove lastMove,
        List<PlannedEffect> plannedEffects,
        @Nullable Advice advice,
        List<GuardrailReading> guardrails,
        List<Crossing> crossings) {

    /** The report of a window that has nothing beyond its account. */
    public static Report of(ExperimentAccount account) {
        return ofDay(account, null);
    }

    /**
     * The report of a day.
     *
     * @param latest the latest comparisons of the day; null: there are none
     */
    public static Report ofDay(ExperimentAccount account, @Nullable DayComparisons latest) {
        return new Report(
                account,
                Map.of(),
                Map.of(),
                latest == null ? List.of() : latest.comparisons(),
                List.of(),
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of());
    }

    /**
     * The report of a total, without its bundles.
     *
     * @param uplift observations; null if no shopper who is compared was assigned
     * @param modelStages see {@link ModelStages}
     * @param active the active strategy: its guardrails are those of its experiment
     * @param usersPerDay users assigned per day of late, 0 where not known
     */
    public static Report ofTotal(
            ExperimentAccount account,
            @Nullable ExperimentUplift uplift,
            Map<String, String> modelStages,
            StrategyPlan active,
            double usersPerDay) {
        if (uplift == null) {
            return new Report(
                    account,
                    Map.of(),
                    modelStages,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    List.of(),
                    null,
                    List.of(),
                    List.of());
        }
        boolean runs = active.salt().equals(account.experiment());
        return new Report(
                account,
                Map.of(),
                modelStages,
                comparisons(uplift),
                ObservedMeasure.of(uplift),
                uplift.sampleRatio(),
                uplift.lastMove(),
                runs ? PlannedEffect.of(active, uplift, usersPerDay) : List.of(),
                runs ? Advice.of(active, uplift, usersPerDay) : null,
                runs ? GuardrailReading.all(active, uplift) : List.of(),
                List.copyOf(uplift.crossings()));
    }

    private static List<ReportedComparison> comparisons(ExperimentUplift uplift) {
        return uplift.reports().stream()
                .flatMap(measured -> measured.report().comparisons().stream()
                        .map(comparison -> ReportedComparison.of(measured, comparison)))
                .toList();
    }

    /** The same with the most offered bundles of each arm. */
    Report listing(Map<String, List<BundleAccount>> listed) {
        return new Report(
                account,
                listed,
                modelStages,
                comparisons,
                observations,
                sampleRatio,
                lastMove,
                plannedEffects,
                advice,
                guardrails,
                crossings);
    }
}
