package dev.kombo.attribution;

import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.entity.BundleMember;
import dev.kombo.price.MinorUnits;
import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.List;

/** Computes the money of a conversion. */
final class ConversionAmount {
    private ConversionAmount() {}

    /** The money of whole bundles bought, and the saving; none where it is in another currency than the bundle's. */
    static Amount whole(Purchase purchase, OfferedBundle bundle) {
        return LineChecks.fits(purchase.currency(), bundle.currency())
                ? new Amount(
                        purchase.revenueMinor(),
                        MinorUnits.product(savedOfWhole(purchase.unitPriceMinor(), bundle), purchase.quantity()),
                        bundle.currency())
                : new Amount(0, 0, bundle.currency());
    }

    /**
     * The saving against the list price, from the price actually paid: an offer's price may have ended; 0 where it is
     * not known.
     */
    private static long saved(long paid, OfferedBundle bundle) {
        return paid > 0 ? Math.max(0, bundle.priceMinor() + bundle.savingMinor() - paid) : 0;
    }

    /**
     * An alternative in the bundle changes its list price, by how much is not known: then the offer's saving counts.
     */
    private static long savedOfWhole(long paid, OfferedBundle bundle) {
        for (FilledSlot slot : bundle.slots()) {
            for (FilledSlot.Alternative other : slot.alternatives()) {
                if (other.priceMinor() == paid) {
                    return bundle.savingMinor();
                }
            }
        }
        return saved(paid, bundle);
    }

    /** The units of whole bundles bought; they have no price of their own. */
    static List<BoughtLine> members(Purchase purchase, OfferedBundle bundle) {
        String order = purchase.orderId() == null ? "" : purchase.orderId();
        // The purchase's currency, not the bundle's, since a return is matched by it.
        String currency = purchase.currency() == null ? "" : purchase.currency();
        List<BoughtLine> lines = new ArrayList<>(bundle.members().size());
        for (BundleMember member : BundleMember.swapped(bundle.members(), purchase.swaps())) {
            int units = (int) Math.min(Integer.MAX_VALUE, (long) member.quantity() * purchase.quantity());
            lines.add(new BoughtLine(member.itemId(), units, 0, currency, order, purchase.time(), Amount.NONE));
        }
        return lines;
    }

    /**
     * The money of members bought one by one, and the saving; none where a price is unknown, such as the list price of
     * a swapped item.
     */
    static Amount oneByOne(List<BoughtLine> units, OfferedBundle bundle) {
        long paid = 0;
        boolean known = asOffered(units, bundle);
        for (BoughtLine line : units) {
            paid = MinorUnits.sum(paid, MinorUnits.product(line.unitPriceMinor(), line.quantity()));
            known &= line.unitPriceMinor() > 0;
        }
        return new Amount(paid, known ? saved(paid, bundle) : 0, bundle.currency());
    }

    /** Whether nothing has the place of another item. */
    private static boolean asOffered(List<BoughtLine> units, OfferedBundle bundle) {
        for (BundleMember member : bundle.members()) {
            int left = member.quantity();
            for (BoughtLine line : units) {
                left -= line.itemId().equals(member.itemId()) ? line.quantity() : 0;
            }
            if (left != 0) {
                return false;
            }
        }
        return true;
    }
}
