package dev.kombo.engine.report;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.uplift.Comparison;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import dev.kombo.experiment.uplift.ExperimentUplift.MeasureReport;
import dev.kombo.experiment.uplift.Interval;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftSettings;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Comparison} of two arms in one measure as it is reported and kept for its day, as plain numbers. What is not
 * known is null: all figures while it is too early, the relative ones where the reference's mean is not distinguishable
 * from zero. What a newer version has stored may have a verdict, role or spending that this one does not know, which is
 * null, too.
 *
 * @param measure label of what is compared
 * @param currency ISO 4217 code; null: none
 * @param users observed users of the arm; while it is too early, those of the latest stratum
 * @param referenceUsers the same of the reference
 * @param burnIn users that each arm needs before there is a verdict
 * @param prior middle of the interval of the relative difference before assignment
 * @param moreUsers see {@link Comparison#moreUsers}
 */
public record ReportedComparison(
        String measure,
        @Nullable String currency,
        String arm,
        String reference,
        @Nullable Verdict verdict,
        long users,
        long referenceUsers,
        @Nullable Role role,
        @Nullable Double error,
        @Nullable Spending spending,
        int burnIn,
        @Nullable Double mean,
        @Nullable Double referenceMean,
        @Nullable Double difference,
        @Nullable Double differenceLow,
        @Nullable Double differenceHigh,
        @Nullable Double relative,
        @Nullable Double relativeLow,
        @Nullable Double relativeHigh,
        @Nullable Double prior,
        @Nullable Double priorLow,
        @Nullable Double priorHigh,
        @Nullable Long moreUsers) {
    /** Stands for a comparison that is to be read. */
    static final ReportedComparison BLANK = new ReportedComparison(
            "", null, "", "", null, 0, 0, null, null, null, 0, null, null, null, null, null, null, null, null, null,
            null, null, null);

    ReportedComparison fields(Fields f) {
        return new ReportedComparison(
                f.text(measure),
                f.textOrNull(currency),
                f.text(arm),
                f.text(reference),
                f.optional(verdict, Verdict.BROKEN, Verdict::fields),
                f.number(users),
                f.number(referenceUsers),
                f.optional(role, Role.SHARED, Role::fields),
                real(f, error),
                f.optional(spending, Spending.ALWAYS, Spending::fields),
                f.number(burnIn),
                real(f, mean),
                real(f, referenceMean),
                real(f, difference),
                real(f, differenceLow),
                real(f, differenceHigh),
                real(f, relative),
                real(f, relativeLow),
                real(f, relativeHigh),
                real(f, prior),
                real(f, priorLow),
                real(f, priorHigh),
                f.optional(moreUsers, 0L, (more, fields) -> fields.number(more)));
    }

    private static @Nullable Double real(Fields f, @Nullable Double value) {
        return f.optional(value, 0.0, (known, fields) -> fields.real(known));
    }

    /** Returns a comparison of a measure as reported. */
    static ReportedComparison of(MeasureReport measured, Comparison comparison) {
        Estimate estimate = comparison.estimate();
        Interval difference = comparison.difference();
        Interval relative = comparison.relative();
        Interval prior = comparison.prior();
        boolean bounded = relative != null && relative.isBounded();
        return new ReportedComparison(
                measured.key().measure().label(),
                measured.key().currency(),
                comparison.arm(),
                comparison.reference(),
                comparison.verdict(),
                estimate == null ? observed(measured.latest(), comparison.arm()) : estimate.armUsers(),
                estimate == null ? observed(measured.latest(), comparison.reference()) : estimate.referenceUsers(),
                comparison.part().role(),
                comparison.part().error(),
                comparison.part().spending(),
                UpliftSettings.standard().burnIn(),
                estimate == null ? null : (Double) estimate.armMean(),
                estimate == null ? null : (Double) estimate.referenceMean(),
                estimate == null ? null : (Double) estimate.difference(),
                difference == null ? null : (Double) difference.low(),
                difference == null ? null : (Double) difference.high(),
                estimate == null || !bounded ? null : (Double) estimate.relative(),
                relative == null || !bounded ? null : (Double) relative.low(),
                relative == null || !bounded ? null : (Double) relative.high(),
                prior == null ? null : (Double) ((prior.low() + prior.high()) / 2),
                prior == null ? null : (Double) prior.low(),
                prior == null ? null : (Double) prior.high(),
                comparison.moreUsers().isPresent()
                        ? (Long) comparison.moreUsers().getAsLong()
                        : null);
    }

    private static long observed(StratumAccount stratum, String arm) {
        StratumArm known = stratum.arm(arm);
        return known == null ? 0 : known.moments().count();
    }
}
