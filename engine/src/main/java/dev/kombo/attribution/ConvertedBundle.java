package dev.kombo.attribution;

import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.codec.Fields;
import dev.kombo.entity.BundleMember;
import dev.kombo.price.PriceRule;
import dev.kombo.slot.FilledSlot;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bundle whose purchase was attributed to an offer, kept so that a later return can be deducted from the attributed
 * revenue. Not thread-safe.
 *
 * <p>Its money is divided over its units: a unit with a price has that price; units without one (members of a bundle
 * bought whole) share the rest in proportion to what the members cost in the offer, or equally where that is not known.
 * The last unit of a line takes the rounding remainder, so a conversion without units has no money.
 *
 * <p>The lines of a bundle bought whole are what was offered, with what the purchase states to be swapped; where it
 * states nothing, an item that comes back without having been offered has the money of units whose place it may have
 * taken.
 */
public final class ConvertedBundle {
    static final ConvertedBundle BLANK = new ConvertedBundle(Outcome.Scope.BLANK, false, 0, Amount.NONE, 0, List.of());

    private static final long[] NOT_KNOWN = {};

    private final Outcome.Scope scope;
    private final boolean viewThrough;
    private final long convertedAt;
    private final List<BoughtLine> lines;
    private int quantity;
    private Amount amount;
    private boolean returned;
    private boolean split;
    private List<FilledSlot> slots = List.of();

    /**
     * Creates a conversion whose money is not yet divided.
     *
     * @param scope the position that converted
     * @param viewThrough whether it was seen but not clicked
     * @param quantity bundles bought and not returned
     * @param amount money still attributed
     * @param convertedAt epoch milliseconds
     * @param lines the units that converted it and were not returned; changed in place
     */
    public ConvertedBundle(
            Outcome.Scope scope,
            boolean viewThrough,
            int quantity,
            Amount amount,
            long convertedAt,
            List<BoughtLine> lines) {
        this.scope = scope;
        this.viewThrough = viewThrough;
        this.quantity = quantity;
        this.amount = amount;
        this.convertedAt = convertedAt;
        this.lines = lines;
    }

    /**
     * Divides the money over the lines by what they cost in the offered bundle, and keeps what fills its slots where
     * nothing is known to be swapped.
     */
    ConvertedBundle divide(OfferedBundle whole) {
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).itemId().equals(whole.members().get(i).itemId())) {
                return divide(whole.price().memberPrices(), whole.price().memberSavings());
            }
        }
        slots = whole.slots();
        return divide(whole.price().memberPrices(), whole.price().memberSavings());
    }

    /**
     * Divides the money over the lines.
     *
     * @param prices what the units of each line cost in the offer; empty where that is not known
     * @param savings what they cost less than by themselves; empty where that is in proportion to the prices
     */
    private ConvertedBundle divide(long[] prices, long[] savings) {
        split = Arrays.stream(prices).sum() > 0;
        long[] equal = lines.stream().mapToLong(BoughtLine::quantity).toArray();
        long[] shares = split ? prices.clone() : equal.clone();
        long rest = amount.revenueMinor();
        for (int i = 0; i < shares.length; i++) {
            BoughtLine line = lines.get(i);
            shares[i] = line.unitPriceMinor() > 0 ? 0 : shares[i];
            rest -= line.unitPriceMinor() * line.quantity();
        }
        long[] revenue = PriceRule.split(rest, shares);
        boolean saved = Arrays.stream(savings).sum() > 0;
        long[] saving = PriceRule.split(amount.savingMinor(), saved ? savings : split ? prices : equal);
        for (int i = 0; i < shares.length; i++) {
            BoughtLine line = lines.get(i);
            long paid = line.unitPriceMinor() * line.quantity() + revenue[i];
            lines.set(i, line.with(line.quantity(), new Amount(paid, saving[i], amount.currency())));
        }
        return this;
    }

    /** Divides the money over lines that have prices of their own. */
    ConvertedBundle divide() {
        return divide(NOT_KNOWN, NOT_KNOWN);
    }

    /** How the slots of a bundle bought whole were filled when it was offered; empty otherwise. */
    List<FilledSlot> slots() {
        return slots;
    }

    ConvertedBundle fields(Fields f) {
        ConvertedBundle conversion = new ConvertedBundle(
                scope.fields(f),
                f.flag(viewThrough),
                f.number(quantity),
                amount.fields(f),
                f.number(convertedAt),
                f.each(lines, BoughtLine.BLANK, BoughtLine::fields));
        conversion.returned = f.flag(returned);
        if (f.reading()) {
            conversion.divide();
        }
        if (f.since(LedgerState.HISTORY_LAYOUT)) {
            conversion.split = f.flag(split);
            conversion.credits(f);
            conversion.slots = f.each(slots, FilledSlot.BLANK, FilledSlot::fields);
        }
        return conversion;
    }

    /** The money of each line, where it was divided by the prices of the members. */
    private void credits(Fields f) {
        for (int i = 0; split && i < lines.size(); i++) {
            BoughtLine line = lines.get(i);
            long revenue = f.number(line.credit().revenueMinor());
            long saving = f.number(line.credit().savingMinor());
            lines.set(i, line.with(line.quantity(), new Amount(revenue, saving, amount.currency())));
        }
    }

    /** The position that converted. */
    public Outcome.Scope scope() {
        return scope;
    }

    /** Whether it was seen but not clicked. */
    public boolean viewThrough() {
        return viewThrough;
    }

    /** Bundles bought and not returned. */
    public int quantity() {
        return quantity;
    }

    /** Money still attributed. */
    public Amount amount() {
        return amount;
    }

    /** Time of the conversion, epoch milliseconds. */
    public long convertedAt() {
        return convertedAt;
    }

    /** The units that converted it and were not returned. */
    public List<BoughtLine> lines() {
        return lines;
    }

    /** Records a return; true for the first one. */
    boolean giveBack() {
        boolean first = !returned;
        returned = true;
        return first;
    }

    /**
     * Whether it was bought as a whole, not item by item: then none of its units has a price. Items bought without a
     * price look the same, but carry no money that could be taken from the wrong conversion.
     */
    boolean boughtWhole() {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).unitPriceMinor() > 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it was a certain bundle, bought as a whole, of which something is left. */
    boolean isWhole(@Nullable String bundleId) {
        return Objects.equals(bundleId, scope.bundleId()) && !lines.isEmpty() && boughtWhole();
    }

    /** Whether what is left of it was bought in a certain order. */
    boolean isOf(@Nullable String orderId) {
        return lines.get(0).orderId().equals(orderId);
    }

    /** The members of one of the bundles bought, as far as they were not returned. */
    List<BundleMember> membersLeft() {
        return lines.stream()
                .map(line -> new BundleMember(line.itemId(), (line.quantity() - 1) / quantity + 1))
                .toList();
    }

    /** Removes units from the line at an index; returns the money they carry, positive. */
    Amount takeUnits(int index, int units) {
        BoughtLine line = lines.get(index);
        Amount taken = line.credit().share(units, line.quantity());
        if (units == line.quantity()) {
            lines.remove(index);
        } else {
            lines.set(index, line.with(line.quantity() - units, line.credit().minus(taken)));
        }
        amount = amount.minus(taken);
        return taken;
    }

    /** Removes up to that many whole bundles; returns the money they carry, positive. */
    Amount takeBundles(int bundles) {
        Amount taken = amount.share(bundles, quantity);
        amount = amount.minus(taken);
        long[] revenue = PriceRule.split(amount.revenueMinor(), credits(Amount::revenueMinor));
        long[] saving = PriceRule.split(amount.savingMinor(), credits(Amount::savingMinor));
        for (int i = lines.size() - 1; i >= 0; i--) {
            BoughtLine line = lines.get(i);
            int left = line.quantity() - (int) Amount.share(line.quantity(), bundles, quantity);
            if (left == 0) {
                lines.remove(i);
            } else {
                lines.set(i, line.with(left, new Amount(revenue[i], saving[i], amount.currency())));
            }
        }
        quantity -= bundles;
        return taken;
    }

    private long[] credits(ToLongFunction<Amount> of) {
        return lines.stream().mapToLong(line -> of.applyAsLong(line.credit())).toArray();
    }
}
