package dev.kombo.shop.simulation;

import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.CurrencyAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.engine.report.Report;
import dev.kombo.engine.report.ReportedComparison;
import dev.kombo.experiment.Measure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the service itself reports of the simulation's experiment.
 *
 * @param entries arm and time of each user's assignment
 * @param arms figures by arm
 * @param comparisons treatments against the holdout and the baseline, by revenue within 28 days
 */
public record ServiceReport(
        Map<String, Entry> entries, Map<String, ArmTotals> arms, List<ReportedComparison> comparisons) {
    /** Reads a total report. */
    static ServiceReport of(Report total, Map<String, Entry> entries) {
        List<ReportedComparison> comparisons = total.comparisons().stream()
                .filter(one -> one.measure().equals(Measure.REVENUE_28D.label())
                        && SimulatedCatalog.CURRENCY.equals(one.currency()))
                .toList();
        return new ServiceReport(entries, arms(List.of(total.account())), comparisons);
    }

    /** Returns the arms of totals by name; arms with the same name in several experiments are summed up. */
    public static Map<String, ArmTotals> arms(Collection<ExperimentAccount> totals) {
        Map<String, ArmTotals> arms = new TreeMap<>();
        for (ExperimentAccount total : totals) {
            total.arms().forEach(arm -> arms.merge(arm.arm(), ArmTotals.of(arm), ArmTotals::plus));
        }
        return arms;
    }

    /**
     * A user's assignment.
     *
     * @param arm name of the arm
     * @param time epoch milliseconds
     */
    public record Entry(String arm, long time) {}

    /**
     * Counts and revenue of an arm.
     *
     * @param clickedOffers offers of which at least one bundle was clicked
     * @param revenueMinor all revenue of its users, in minor units
     * @param attributedMinor the part that is attributed to offers
     */
    public record ArmTotals(
            long users,
            long offers,
            long impressions,
            long clicks,
            long clickedOffers,
            long conversions,
            long purchases,
            long revenueMinor,
            long attributedMinor) {
        /** All zero. */
        public static final ArmTotals NONE = new ArmTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);

        private static ArmTotals of(ArmAccount arm) {
            long revenue = 0;
            long attributed = 0;
            for (CurrencyAccount amount : arm.amounts()) {
                if (SimulatedCatalog.CURRENCY.equals(amount.currency())) {
                    revenue += amount.revenueMinor();
                    attributed += amount.attributedMinor();
                }
            }
            return new ArmTotals(
                    arm.count(OutcomeKind.ENTERED),
                    arm.count(OutcomeKind.OFFERED),
                    arm.count(OutcomeKind.IMPRESSION),
                    arm.count(OutcomeKind.CLICK),
                    arm.clickedOffers(),
                    arm.count(OutcomeKind.CONVERSION),
                    arm.count(OutcomeKind.PURCHASED),
                    revenue,
                    attributed);
        }

        /** Returns the sum. */
        public ArmTotals plus(ArmTotals other) {
            return plus(other, 1);
        }

        /** Returns the difference. */
        public ArmTotals minus(ArmTotals other) {
            return plus(other, -1);
        }

        private ArmTotals plus(ArmTotals other, int times) {
            return new ArmTotals(
                    users + times * other.users,
                    offers + times * other.offers,
                    impressions + times * other.impressions,
                    clicks + times * other.clicks,
                    clickedOffers + times * other.clickedOffers,
                    conversions + times * other.conversions,
                    purchases + times * other.purchases,
                    revenueMinor + times * other.revenueMinor,
                    attributedMinor + times * other.attributedMinor);
        }
    }

    /** Returns the comparison of two arms, or null if the service makes none. */
    ReportedComparison comparison(String arm, String reference) {
        return comparisons.stream()
                .filter(one -> one.arm().equals(arm) && one.reference().equals(reference))
                .findFirst()
                .orElse(null);
    }
}
