package dev.kombo.tracking;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Figures of one arm in one window. Touched by one thread. */
public final class ArmAccount {
    private final String arm;
    private final long[] counts = new long[ArmCount.values().length];
    private final Map<String, CurrencyAccount> amounts = new TreeMap<>();

    /** An arm of which nothing is counted yet. */
    public ArmAccount(String arm) {
        this.arm = arm;
    }

    /** Puts a stored count back. */
    public void restore(ArmCount count, long value) {
        counts[count.ordinal()] = value;
    }

    /** Puts stored money back. */
    public void restore(CurrencyAccount amount) {
        amounts.put(amount.currency(), amount);
    }

    /** The arm. */
    public String arm() {
        return arm;
    }

    /** A count; never negative. */
    public long count(ArmCount count) {
        return counts[count.ordinal()];
    }

    /** Money, one entry a currency, by code. */
    public Collection<CurrencyAccount> amounts() {
        return Collections.unmodifiableCollection(amounts.values());
    }

    /** Clicked bundles over seen slates; 0 without any seen. Above 1 where several bundles of a slate are clicked. */
    public double clickThroughRate() {
        return ratio(count(ArmCount.CLICKS), count(ArmCount.IMPRESSIONS));
    }

    /** Converted bundles over seen slates; 0 without any seen. */
    public double conversionRate() {
        return ratio(count(ArmCount.CONVERSIONS), count(ArmCount.IMPRESSIONS));
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** Counts an outcome of the arm; false if nothing changed. */
    boolean apply(Outcome outcome) {
        ArmCount count = ArmCount.of(outcome);
        if (count != null) {
            counts[count.ordinal()]++;
        }
        Amount amount = outcome.amount();
        boolean money = !Lines.isNone(amount.currency()) && (amount.revenueMinor() != 0 || amount.savingMinor() != 0);
        if (money) {
            amounts.computeIfAbsent(amount.currency(), CurrencyAccount::new).apply(outcome);
        }
        return count != null || money;
    }
}
