package dev.kombo.attribution;

import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.codec.Fields;
import java.util.List;

/**
 * A conversion, kept so that a return can take its money back. Not thread-safe.
 *
 * <p>Its revenue is divided over its units: a unit with a price has that price; units without one (members of a bundle
 * bought whole) share the rest equally. The last unit takes the rounding remainder, so a conversion without units has
 * no money.
 */
public final class ConvertedBundle {
    static final ConvertedBundle BLANK = new ConvertedBundle(Outcome.Scope.BLANK, false, 0, Amount.NONE, 0, List.of());

    private final Outcome.Scope scope;
    private final boolean viewThrough;
    private final long convertedAt;
    private final List<BoughtLine> lines;
    private int quantity;
    private Amount amount;
    private boolean returned;

    /**
     * Creates a conversion.
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

    ConvertedBundle fields(Fields f) {
        ConvertedBundle conversion = new ConvertedBundle(
                scope.fields(f),
                f.flag(viewThrough),
                f.number(quantity),
                amount.fields(f),
                f.number(convertedAt),
                f.each(lines, BoughtLine.BLANK, BoughtLine::fields));
        conversion.returned = f.flag(returned);
        return conversion;
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

    /** Whether anything of it was returned. */
    public boolean returned() {
        return returned;
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

    /** Removes units from the line at an index; returns the money they carry, positive. */
    Amount takeUnits(int index, int units) {
        BoughtLine line = lines.get(index);
        long revenue = line.unitPriceMinor() > 0
                ? line.unitPriceMinor() * units
                : Amount.share(unpricedRevenue(), units, units(true));
        long saving = Amount.share(amount.savingMinor(), units, units(false));
        if (units == line.quantity()) {
            lines.remove(index);
        } else {
            lines.set(index, line.withQuantity(line.quantity() - units));
        }
        return take(revenue, saving);
    }

    /** Removes up to that many whole bundles; returns the money they carry, positive. */
    Amount takeBundles(int bundles) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            BoughtLine line = lines.get(i);
            int left = line.quantity() - (int) Amount.share(line.quantity(), bundles, quantity);
            if (left == 0) {
                lines.remove(i);
            } else {
                lines.set(i, line.withQuantity(left));
            }
        }
        Amount taken = take(
                Amount.share(amount.revenueMinor(), bundles, quantity),
                Amount.share(amount.savingMinor(), bundles, quantity));
        quantity -= bundles;
        return taken;
    }

    private Amount take(long revenue, long saving) {
        Amount taken = new Amount(revenue, saving, amount.currency());
        amount = amount.minus(taken);
        return taken;
    }

    private long unpricedRevenue() {
        long rest = amount.revenueMinor();
        for (int i = 0; i < lines.size(); i++) {
            rest -= lines.get(i).unitPriceMinor() * lines.get(i).quantity();
        }
        return rest;
    }

    private long units(boolean unpricedOnly) {
        long units = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (!unpricedOnly || lines.get(i).unitPriceMinor() == 0) {
                units += lines.get(i).quantity();
            }
        }
        return units;
    }
}
