package dev.kombo.attribution.account;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.LineChecks;
import dev.kombo.attribution.Outcome;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The figures of one arm in one window. Not thread-safe; used by one stream thread. */
public final class ArmAccount {
    /** Most placements counted by name, since clients choose the names. */
    static final int MAX_PLACEMENTS = 32;

    /** Where all further placements are counted. */
    static final String OTHER_PLACEMENTS = "*";

    private final String arm;
    private final long[] counts = new long[ArmCount.values().length];
    private final Map<String, CurrencyAccount> amounts = new TreeMap<>();
    private final Map<String, PlacementAccount> placements = new TreeMap<>();

    /** Creates an account without any counts. */
    public ArmAccount(String arm) {
        this.arm = arm;
    }

    /** Restores a stored count. */
    public void restore(ArmCount count, long value) {
        counts[count.ordinal()] = value;
    }

    /** Restores stored money. */
    public void restore(CurrencyAccount amount) {
        amounts.put(amount.currency(), amount);
    }

    /** Restores a stored placement. */
    public void restore(PlacementAccount placement) {
        placements.put(placement.placement(), placement);
    }

    /** The arm. */
    public String arm() {
        return arm;
    }

    /** A count; never negative. */
    public long count(ArmCount count) {
        return counts[count.ordinal()];
    }

    /** Money, one entry per currency, by code. */
    public Collection<CurrencyAccount> amounts() {
        return Collections.unmodifiableCollection(amounts.values());
    }

    /** Figures per placement, by name; in the total only. */
    public Collection<PlacementAccount> placements() {
        return Collections.unmodifiableCollection(placements.values());
    }

    /** Clicked bundles over slates seen; 0 without any. Above 1 where several bundles of a slate are clicked. */
    public double clickThroughRate() {
        return ratio(count(ArmCount.CLICKS), count(ArmCount.IMPRESSIONS));
    }

    /** Converted bundles over slates seen; 0 without any. */
    public double conversionRate() {
        return ratio(count(ArmCount.CONVERSIONS), count(ArmCount.IMPRESSIONS));
    }

    /** Dismissals over slates seen; 0 without any. */
    public double dismissalRate() {
        return ratio(count(ArmCount.DISMISSALS), count(ArmCount.IMPRESSIONS));
    }

    /** Share of conversions of which anything was returned; 0 without any conversion. */
    public double returnedShare() {
        return ratio(count(ArmCount.RETURNED_CONVERSIONS), count(ArmCount.CONVERSIONS));
    }

    /**
     * Revenue per user in minor units: over assigned users in the total, over active users in a day; none in an hour,
     * to which users do not belong, and none without users.
     */
    public OptionalDouble revenuePerUser(CurrencyAccount amount, WindowKind window) {
        long users = switch (window) {
            case TOTAL -> count(ArmCount.USERS);
            case DAY -> count(ArmCount.ACTIVE_USERS);
            case HOUR -> 0;
        };
        return users == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) amount.revenueMinor() / users);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** Whether an account counts anything of an outcome. */
    public static boolean counts(Outcome outcome) {
        return ArmCount.of(outcome) != null || money(outcome.amount());
    }

    private static boolean money(Amount amount) {
        return !LineChecks.isNone(amount.currency()) && (amount.revenueMinor() != 0 || amount.savingMinor() != 0);
    }

    /** Counts an outcome of the arm; false if nothing changed. */
    boolean apply(Outcome outcome) {
        ArmCount count = ArmCount.of(outcome);
        if (count != null) {
            counts[count.ordinal()]++;
        }
        ArmCount part = ArmCount.partOf(outcome);
        if (part != null) {
            counts[part.ordinal()]++;
        }
        if (money(outcome.amount())) {
            amounts.compute(
                    outcome.amount().currency(),
                    (currency, known) -> (known == null ? new CurrencyAccount(currency) : known).plus(outcome));
        }
        return counts(outcome);
    }

    /** Counts an outcome under its placement, if it has one and is counted per placement. */
    void applyToPlacement(Outcome outcome) {
        String placement = outcome.scope().placement();
        if (placement == null || ArmCount.of(outcome) == null) {
            return;
        }
        String name =
                placements.containsKey(placement) || placements.size() < MAX_PLACEMENTS ? placement : OTHER_PLACEMENTS;
        placements.compute(name, (same, known) -> (known == null ? new PlacementAccount(name) : known).plus(outcome));
    }
}
