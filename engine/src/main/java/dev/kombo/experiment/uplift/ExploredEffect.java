package dev.kombo.experiment.uplift;

import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.UpliftAccount.ArmPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An effect that explains the one that decides, and is no verdict itself: by the time since assignment, by the week of
 * assignment, of newcomers and of those who return.
 *
 * @param kind what it is by
 * @param name of the part: days, such as 1-7; a segment; the Monday of a week
 * @param measure what is compared
 * @param currency ISO 4217 code; null: none
 * @param comparison of a treatment with the control
 */
public record ExploredEffect(
        Kind kind, String name, Measure measure, @Nullable String currency, Comparison comparison) {
    /** Revenue measures by the days since assignment. */
    private static final List<Map.Entry<Measure, String>> DAYS = List.of(
            Map.entry(Measure.REVENUE_1D, "1"),
            Map.entry(Measure.REVENUE_7D, "1-7"),
            Map.entry(Measure.REVENUE_EARLY, "1-14"),
            Map.entry(Measure.REVENUE_LATE, "15-28"),
            Map.entry(Measure.REVENUE_28D, "1-28"));

    /** What an effect is by. */
    public enum Kind {
        /** Days since assignment: each with an error of its own. */
        DAYS,
        /**
         * The late effect less the early one. Its verdict says whether it is above or below zero at all looks; all
         * comparisons of the experiment in one currency share the error.
         */
        NOVELTY,
        /** Newcomers and those who return, which share the error. */
        SEGMENT,
        /** The week of assignment: each with an error of its own. */
        WEEK
    }

    /** All effects that explain an experiment, by kind; none where users were not assigned in the planned shares. */
    public static List<ExploredEffect> of(ExperimentUplift uplift) {
        List<ExploredEffect> effects = new ArrayList<>();
        UpliftSettings settings = UpliftSettings.standard();
        SampleRatio ratio = uplift.sampleRatio();
        if (ratio != null && ratio.mismatched()) {
            return effects;
        }
        DAYS.forEach(days -> uplift.accounts().forEach((key, account) -> {
            if (key.reported() && key.measure() == days.getKey()) {
                add(effects, Kind.DAYS, days.getValue(), key, account, settings, Role.EXPLORATORY);
            }
        }));
        uplift.accounts().forEach((key, account) -> {
            if (key.reported() && key.measure() == Measure.REVENUE_LATE_LESS_EARLY) {
                // Shared: its variance is not in proportion to its mean, which is about zero.
                add(effects, Kind.NOVELTY, "15-28 less 1-14", key, account, sharing(settings, 1), Role.SHARED);
            }
        });
        Measure primary = uplift.primary();
        uplift.slices().accounts().forEach((key, account) -> {
            if (key.currency().isEmpty() != primary.money()) {
                boolean segment = key.kind() == Kind.SEGMENT;
                add(
                        effects,
                        key.kind(),
                        key.name(),
                        new ExperimentUplift.Key(primary, key.currency().isEmpty() ? null : key.currency()),
                        account,
                        segment ? sharing(settings, ShopperSlices.SEGMENTS) : settings,
                        Role.EXPLORATORY);
            }
        });
        return effects;
    }

    /** The same with an error that is divided, and one family of comparisons. */
    private static UpliftSettings sharing(UpliftSettings settings, int parts) {
        return new UpliftSettings(settings.error() / parts, 1, settings.burnIn(), settings.tightestAt());
    }

    private static void add(
            List<ExploredEffect> effects,
            Kind kind,
            String name,
            ExperimentUplift.Key key,
            UpliftAccount account,
            UpliftSettings settings,
            Role role) {
        ExperimentUplift.UpliftReport report =
                ExperimentUplift.UpliftReport.of(account, settings, role, Long.MAX_VALUE);
        for (ArmPair pair : account.pairs()) {
            Comparison comparison = pair.decides() ? report.comparison(pair.arm(), pair.reference()) : null;
            if (comparison != null && comparison.estimate() != null) {
                effects.add(new ExploredEffect(kind, name, key.measure(), key.currency(), comparison));
            }
        }
    }
}
