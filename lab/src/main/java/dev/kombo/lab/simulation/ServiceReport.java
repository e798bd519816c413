package dev.kombo.lab.simulation;

import dev.kombo.experiment.uplift.Measure;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the service says of itself.
 *
 * @param entries where and when each user entered the experiment
 * @param arms figures by arm
 * @param comparisons treatments against the holdout and the baseline, by what users paid in 28 days
 */
public record ServiceReport(Map<String, Entry> entries, Map<String, ArmFigures> arms, List<ArmComparison> comparisons) {
    private static final double ROUNDING = 1e-9;

    /** Copies the collections. */
    public ServiceReport {
        entries = Map.copyOf(entries);
        arms = Map.copyOf(arms);
        comparisons = List.copyOf(comparisons);
    }

    /** What a total report says. */
    static ServiceReport of(ConversionReport total, Map<String, Entry> entries) {
        List<ArmComparison> comparisons = total.getComparisons().stream()
                .filter(one -> one.getMeasure().equals(Measure.REVENUE_28D.label())
                        && SimulatedCatalog.CURRENCY.equals(one.getCurrency()))
                .toList();
        return new ServiceReport(entries, arms(List.of(total)), comparisons);
    }

    /** The arms of total reports by name; the same arm of several experiments is summed up. */
    public static Map<String, ArmFigures> arms(Collection<ConversionReport> totals) {
        Map<String, ArmFigures> arms = new TreeMap<>();
        for (ConversionReport total : totals) {
            total.getArms().forEach(arm -> arms.merge(arm.getArm(), ArmFigures.of(arm), ArmFigures::plus));
        }
        return arms;
    }

    /**
     * A user's entry.
     *
     * @param arm name of the arm
     * @param time epoch milliseconds
     */
    public record Entry(String arm, long time) {}

    /**
     * Counts and money of an arm.
     *
     * @param revenueMinor all that its users paid, in minor units
     * @param attributedMinor what of it is attributed to offers
     */
    public record ArmFigures(
            long users,
            long offers,
            long impressions,
            long clicks,
            long conversions,
            long purchases,
            long revenueMinor,
            long attributedMinor) {
        /** Nothing happened. */
        public static final ArmFigures NONE = new ArmFigures(0, 0, 0, 0, 0, 0, 0, 0);

        private static ArmFigures of(ArmReport arm) {
            long revenue = 0;
            long attributed = 0;
            for (CurrencyAmount amount : arm.getAmounts()) {
                if (SimulatedCatalog.CURRENCY.equals(amount.getCurrency())) {
                    revenue += amount.getRevenueMinor();
                    attributed += amount.getAttributedMinor();
                }
            }
            return new ArmFigures(
                    arm.getUsers(),
                    arm.getOffers(),
                    arm.getImpressions(),
                    arm.getClicks(),
                    arm.getConversions(),
                    arm.getPurchases(),
                    revenue,
                    attributed);
        }

        /** The sum of two. */
        public ArmFigures plus(ArmFigures other) {
            return plus(other, 1);
        }

        /** What is more than another has. */
        public ArmFigures minus(ArmFigures other) {
            return plus(other, -1);
        }

        private ArmFigures plus(ArmFigures other, int times) {
            return new ArmFigures(
                    users + times * other.users,
                    offers + times * other.offers,
                    impressions + times * other.impressions,
                    clicks + times * other.clicks,
                    conversions + times * other.conversions,
                    purchases + times * other.purchases,
                    revenueMinor + times * other.revenueMinor,
                    attributedMinor + times * other.attributedMinor);
        }
    }

    /** The comparison of two arms, or null where the service makes none. */
    ArmComparison comparison(String arm, String reference) {
        return comparisons.stream()
                .filter(one -> one.getArm().equals(arm) && one.getReference().equals(reference))
                .findFirst()
                .orElse(null);
    }

    /** Whether the arms' figures and comparisons are those of another report; what is not bounded is not compared. */
    boolean sameFigures(ServiceReport other) {
        return arms.equals(other.arms)
                && comparisons.size() == other.comparisons.size()
                && comparisons.stream().allMatch(one -> same(one, other.comparison(one.getArm(), one.getReference())));
    }

    private static boolean same(ArmComparison one, ArmComparison other) {
        return other != null
                && other.getVerdict() == one.getVerdict()
                && (one.getRelative() == null
                        || other.getRelative() == null
                        || Math.abs(other.getRelative() - one.getRelative()) <= ROUNDING);
    }
}
