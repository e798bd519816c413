package dev.kombo.lab.simulation;

import java.util.List;
import java.util.Map;

/**
 * What the service says of itself.
 *
 * @param entries where and when each user entered the experiment
 * @param arms figures by arm
 * @param comparisons treatments against the holdout and the baseline, by what users paid in 28 days
 */
public record ServiceReport(Map<String, Entry> entries, Map<String, ArmFigures> arms, List<Compared> comparisons) {
    private static final double ROUNDING = 1e-9;

    /** Copies the collections. */
    public ServiceReport {
        entries = Map.copyOf(entries);
        arms = Map.copyOf(arms);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * A user's entry.
     *
     * @param arm name of the arm
     * @param time epoch milliseconds
     */
    public record Entry(String arm, long time) {}

    /**
     * Counts and money of an arm since its start.
     *
     * @param revenueMinor all that its users paid, in minor units
     */
    public record ArmFigures(
            long users,
            long offers,
            long impressions,
            long clicks,
            long conversions,
            long purchases,
            long revenueMinor) {
        /** Nothing happened. */
        public static final ArmFigures NONE = new ArmFigures(0, 0, 0, 0, 0, 0, 0);

        ArmFigures plus(ArmFigures other) {
            return new ArmFigures(
                    users + other.users,
                    offers + other.offers,
                    impressions + other.impressions,
                    clicks + other.clicks,
                    conversions + other.conversions,
                    purchases + other.purchases,
                    revenueMinor + other.revenueMinor);
        }
    }

    /**
     * An arm against another.
     *
     * @param estimate relative difference, NaN where it is too early
     * @param low lower end of its interval, NaN where it is too early
     * @param high upper end
     * @param verdict of the service, as it names it
     */
    public record Compared(String arm, String reference, double estimate, double low, double high, String verdict) {}

    /** The comparison of two arms, or null where the service makes none. */
    Compared comparison(String arm, String reference) {
        for (Compared compared : comparisons) {
            if (compared.arm().equals(arm) && compared.reference().equals(reference)) {
                return compared;
            }
        }
        return null;
    }

    /** Whether the arms' figures and comparisons are those of another report; what is not bounded is not compared. */
    boolean sameFigures(ServiceReport other) {
        if (!arms.equals(other.arms) || comparisons.size() != other.comparisons.size()) {
            return false;
        }
        for (Compared compared : comparisons) {
            Compared same = other.comparison(compared.arm(), compared.reference());
            if (same == null
                    || !same.verdict().equals(compared.verdict())
                    || Math.abs(same.estimate() - compared.estimate()) > ROUNDING) {
                return false;
            }
        }
        return true;
    }
}
