package dev.kombo.lab.simulation;

import dev.kombo.experiment.Measure;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
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
public record ServiceReport(Map<String, Entry> entries, Map<String, ArmTotals> arms, List<ArmComparison> comparisons) {
    /** Reads a total report. */
    static ServiceReport of(ConversionReport total, Map<String, Entry> entries) {
        List<ArmComparison> comparisons = total.getComparisons().stream()
                .filter(one -> one.getMeasure().equals(Measure.REVENUE_28D.label())
                        && SimulatedCatalog.CURRENCY.equals(one.getCurrency()))
                .toList();
        return new ServiceReport(entries, arms(List.of(total)), comparisons);
    }

    /** Returns the arms of total reports by name; arms with the same name in several experiments are summed up. */
    public static Map<String, ArmTotals> arms(Collection<ConversionReport> totals) {
        Map<String, ArmTotals> arms = new TreeMap<>();
        for (ConversionReport total : totals) {
            total.getArms().forEach(arm -> arms.merge(arm.getArm(), ArmTotals.of(arm), ArmTotals::plus));
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

        private static ArmTotals of(ArmReport arm) {
            long revenue = 0;
            long attributed = 0;
            for (CurrencyAmount amount : arm.getAmounts()) {
                if (SimulatedCatalog.CURRENCY.equals(amount.getCurrency())) {
                    revenue += amount.getRevenueMinor();
                    attributed += amount.getAttributedMinor();
                }
            }
            return new ArmTotals(
                    arm.getUsers(),
                    arm.getOffers(),
                    arm.getImpressions(),
                    arm.getClicks(),
                    arm.getClickedOffers(),
                    arm.getConversions(),
                    arm.getPurchases(),
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
    ArmComparison comparison(String arm, String reference) {
        return comparisons.stream()
                .filter(one -> one.getArm().equals(arm) && one.getReference().equals(reference))
                .findFirst()
                .orElse(null);
    }
}
