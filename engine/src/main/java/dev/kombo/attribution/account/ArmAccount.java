package dev.kombo.attribution.account;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.LineChecks;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.codec.Fields;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The outcomes of one arm of an experiment in one reporting window: how often each kind of outcome occurred, and the
 * money in each currency. Not thread-safe: only the thread of its task uses it.
 */
public final class ArmAccount {
    /** Stands for an account that is to be read. */
    static final ArmAccount BLANK = new ArmAccount("");

    /** Most placements counted by name, since clients choose the names. */
    static final int MAX_PLACEMENTS = 32;

    /** Where all further placements are counted. */
    static final String OTHER_PLACEMENTS = "*";

    private final String arm;
    private final long[] counts = new long[OutcomeKind.values().length];
    private long viewThroughConversions;
    private long returnedConversions;
    private long clickedOffers;
    private final Map<String, CurrencyAccount> amounts = new TreeMap<>();
    private final Map<String, PlacementAccount> placements = new TreeMap<>();

    /** Creates an account without any counts. */
    public ArmAccount(String arm) {
        this.arm = arm;
    }

    /** The fields; those that are read make an account of their own. */
    ArmAccount fields(Fields f) {
        String name = f.text(arm);
        ArmAccount account = f.reading() ? new ArmAccount(name) : this;
        account.figures(f);
        return account;
    }

    private void figures(Fields f) {
        // A kind that was added since has no count yet.
        long[] stored = f.numbers(counts);
        System.arraycopy(stored, 0, counts, 0, stored.length);
        viewThroughConversions = f.number(viewThroughConversions);
        returnedConversions = f.number(returnedConversions);
        clickedOffers = f.number(clickedOffers);
        f.each(amounts, CurrencyAccount.BLANK, CurrencyAccount::fields, CurrencyAccount::currency);
        f.each(placements, PlacementAccount.BLANK, PlacementAccount::fields, PlacementAccount::placement);
    }

    /** Restores a stored count. */
    public void restore(OutcomeKind kind, long value) {
        counts[kind.ordinal()] = value;
    }

    /**
     * Restores the stored counts of conversions that were not clicked, of those returned, and of offers with a click;
     * the latter negative where it was not counted yet.
     */
    public void restore(long viewThrough, long returned, long clicked) {
        viewThroughConversions = viewThrough;
        returnedConversions = returned;
        clickedOffers = clicked >= 0 ? clicked : Math.min(count(OutcomeKind.CLICK), count(OutcomeKind.IMPRESSION));
    }

    /** Restores stored money. */
    public void restore(CurrencyAccount amount) {
        amounts.put(amount.currency(), amount);
    }

    /** Restores a stored placement. */
    public void restore(PlacementAccount placement) {
        placements.put(placement.placement(), placement);
    }

    ArmAccount copy() {
        ArmAccount copy = new ArmAccount(arm);
        System.arraycopy(counts, 0, copy.counts, 0, counts.length);
        copy.viewThroughConversions = viewThroughConversions;
        copy.returnedConversions = returnedConversions;
        copy.clickedOffers = clickedOffers;
        copy.amounts.putAll(amounts);
        copy.placements.putAll(placements);
        return copy;
    }

    /** The arm. */
    public String arm() {
        return arm;
    }

    /** The outcomes of a kind that is counted; of purchases those that are no returns. Never negative. */
    public long count(OutcomeKind kind) {
        return counts[kind.ordinal()];
    }

    /** The conversions of bundles that were seen but not clicked. */
    public long viewThroughConversions() {
        return viewThroughConversions;
    }

    /** Conversions of which anything was returned, each once. */
    public long returnedConversions() {
        return returnedConversions;
    }

    /** Offers of which at least one bundle was clicked. */
    public long clickedOffers() {
        return clickedOffers;
    }

    /** Money, one entry per currency, by code. */
    public Collection<CurrencyAccount> amounts() {
        return Collections.unmodifiableCollection(amounts.values());
    }

    /** Figures per placement, by name; in the total only. */
    public Collection<PlacementAccount> placements() {
        return Collections.unmodifiableCollection(placements.values());
    }

    /**
     * Share of the slates seen in which something was clicked; 0 without any. At most 1, also in an hour in which more
     * slates of before were clicked than new ones were seen.
     */
    public double clickThroughRate() {
        return Math.min(1, ratio(clickedOffers, count(OutcomeKind.IMPRESSION)));
    }

    /** Converted bundles per slate seen, which may be more than 1; 0 without any. */
    public double conversionRate() {
        return ratio(count(OutcomeKind.CONVERSION), count(OutcomeKind.IMPRESSION));
    }

    /** Dismissals over slates seen, at most 1 as above; 0 without any. */
    public double dismissalRate() {
        return Math.min(1, ratio(count(OutcomeKind.DISMISSAL), count(OutcomeKind.IMPRESSION)));
    }

    /** Share of conversions of which anything was returned, at most 1 as above; 0 without any conversion. */
    public double returnedShare() {
        return Math.min(1, ratio(returnedConversions, count(OutcomeKind.CONVERSION)));
    }

    /**
     * Revenue per user in minor units: over assigned users in the total, over active users in a day; none in an hour,
     * to which users do not belong, and none without users.
     */
    public OptionalDouble revenuePerUser(CurrencyAccount amount, WindowKind window) {
        long users = switch (window) {
            case TOTAL -> count(OutcomeKind.ENTERED);
            case DAY -> count(OutcomeKind.ACTIVE);
            case HOUR -> 0;
        };
        return users == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) amount.revenueMinor() / users);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** Whether an account counts anything of an outcome. */
    public static boolean counts(Outcome outcome) {
        return counted(outcome) || money(outcome);
    }

    private static boolean counted(Outcome outcome) {
        boolean back =
                outcome.kind() == OutcomeKind.PURCHASED && outcome.bought().quantity() <= 0;
        return outcome.kind().count() != null && !back;
    }

    /** Whether it is about money that was paid or saved; what an offer may cost is neither. */
    private static boolean money(Outcome outcome) {
        Amount amount = outcome.bought().amount();
        return outcome.kind() != OutcomeKind.OFFERED
                && !LineChecks.isNone(amount.currency())
                && (amount.revenueMinor() != 0 || amount.savingMinor() != 0);
    }

    /** Counts an outcome of the arm; false if nothing changed. */
    boolean apply(Outcome outcome) {
        if (counted(outcome)) {
            counts[outcome.kind().ordinal()]++;
        }
        viewThroughConversions +=
                outcome.kind() == OutcomeKind.CONVERSION && outcome.bought().viewThrough() ? 1 : 0;
        returnedConversions +=
                outcome.kind() == OutcomeKind.RETURN && outcome.bought().first() ? 1 : 0;
        clickedOffers += outcome.kind() == OutcomeKind.CLICK && outcome.bought().first() ? 1 : 0;
        if (money(outcome)) {
            amounts.compute(
                    outcome.bought().amount().currency(),
                    (currency, known) -> (known == null ? new CurrencyAccount(currency) : known).plus(outcome));
        }
        return counts(outcome);
    }

    /** Counts an outcome under its placement, if it has one and is counted per placement. */
    void applyToPlacement(Outcome outcome) {
        String placement = outcome.scope().placement();
        if (placement == null || !counted(outcome)) {
            return;
        }
        String name =
                placements.containsKey(placement) || placements.size() < MAX_PLACEMENTS ? placement : OTHER_PLACEMENTS;
        placements.compute(name, (same, known) -> (known == null ? new PlacementAccount(name) : known).plus(outcome));
    }
}
