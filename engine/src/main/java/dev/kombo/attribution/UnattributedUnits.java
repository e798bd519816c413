package dev.kombo.attribution;

import dev.kombo.attribution.LedgerState.BoughtLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The units bought that may still complete a bundle of an open offer and are not credited to a conversion. A unit that
 * converts a bundle leaves the pool, so it is never credited twice.
 *
 * <p>An offer can use units bought after it was made and before it closes, in its bundle's currency or without a price.
 * A slot of a bundle takes units of the items that fill it and of their alternatives, in any mixture, as many as fill
 * it. The most recent units are used first. Units that no open offer can use are kept only while the offers of a
 * session may still come.
 */
final class UnattributedUnits {
    /** Time of units that do not exist: earlier than any time. */
    static final long NEVER = Long.MIN_VALUE;

    private final List<BoughtLine> lines;
    private final int maxLines;

    UnattributedUnits(List<BoughtLine> lines, int maxLines) {
        this.lines = lines;
        this.maxLines = maxLines;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /**
     * Adds a purchase of an item if an open offer can use it, or one may still come; false if not.
     *
     * @param awaited whether offers of a session may still come
     */
    boolean add(Purchase purchase, List<OpenOffer> offers, boolean awaited) {
        if (!awaited && !usable(offers, purchase.itemId(), purchase.currency(), purchase.time())) {
            return false;
        }
        insert(line(purchase));
        return true;
    }

    private static BoughtLine line(Purchase purchase) {
        return new BoughtLine(
                Objects.requireNonNull(purchase.itemId()),
                purchase.quantity(),
                purchase.unitPriceMinor(),
                purchase.currency() == null ? "" : purchase.currency(),
                purchase.orderId() == null ? "" : purchase.orderId(),
                purchase.time(),
                Amount.NONE);
    }

    /** Adds units, of a purchase or of a session that turned out to be the same shopper. */
    void insert(BoughtLine line) {
        TimeOrder.insert(lines, line, BoughtLine::boughtAt, maxLines);
    }

    /** Purchase time of the most recent unit, or {@link #NEVER}. */
    long newest() {
        return lines.isEmpty() ? NEVER : lines.get(lines.size() - 1).boughtAt();
    }

    /** How many units of one bundle the pool holds, at most all of them. */
    int covered(OpenOffer offer, OfferedBundle bundle) {
        return cover(offer, bundle, null);
    }

    /**
     * Covers the members of one bundle by units, most recent first; returns how many there are.
     *
     * @param consumed takes them out of the pool; null: they stay
     */
    private int cover(OpenOffer offer, OfferedBundle bundle, @Nullable List<BoughtLine> consumed) {
        int covered = 0;
        for (int m = 0; m < bundle.members().size(); m++) {
            int missing = bundle.unitsAt(m);
            covered += missing;
            for (int i = lines.size() - 1; i >= 0 && missing > 0; i--) {
                BoughtLine line = lines.get(i);
                if (usable(offer, bundle, line) && bundle.takes(m, line.itemId())) {
                    int units = Math.min(missing, line.quantity());
                    if (consumed != null) {
                        consumed.add(line.withQuantity(units));
                        take(i, units);
                    }
                    missing -= units;
                }
            }
            covered -= missing;
        }
        return covered;
    }

    /** Purchase time of the most recent unit that the bundle can use, or {@link #NEVER}. */
    long newest(OpenOffer offer, OfferedBundle bundle) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            BoughtLine line = lines.get(i);
            if (usable(offer, bundle, line) && bundle.contains(line.itemId())) {
                return line.boughtAt();
            }
        }
        return NEVER;
    }

    /** Purchase time of the last unit that completed one bundle, or {@link #NEVER} while one is missing. */
    long completedAt(OpenOffer offer, OfferedBundle bundle) {
        return covered(offer, bundle) == bundle.units() ? newest(offer, bundle) : NEVER;
    }

    /** Removes and returns the units of one bundle, most recent first. */
    List<BoughtLine> consume(OpenOffer offer, OfferedBundle bundle) {
        List<BoughtLine> consumed = new ArrayList<>(bundle.members().size());
        cover(offer, bundle, consumed);
        return consumed;
    }

    /** Removes returned units, most recent first; returns how many of {@code units} it did not have. */
    int remove(Return back, ReturnMatcher.Match match, int units) {
        int left = units;
        for (int i = lines.size() - 1; i >= 0 && left > 0; i--) {
            BoughtLine line = lines.get(i);
            if (line.itemId().equals(back.itemId()) && match.test(line.orderId(), line.currency(), back)) {
                int taken = Math.min(left, line.quantity());
                take(i, taken);
                left -= taken;
            }
        }
        return left;
    }

    /**
     * Forgets units that no open offer can use.
     *
     * @param since later purchases are kept, epoch milliseconds
     */
    void retain(List<OpenOffer> offers, long since) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            BoughtLine line = lines.get(i);
            if (line.boughtAt() <= since && !usable(offers, line.itemId(), line.currency(), line.boughtAt())) {
                lines.remove(i);
            }
        }
    }

    private void take(int index, int units) {
        BoughtLine line = lines.get(index);
        if (units == line.quantity()) {
            lines.remove(index);
        } else {
            lines.set(index, line.withQuantity(line.quantity() - units));
        }
    }

    private static boolean usable(
            List<OpenOffer> offers, @Nullable String itemId, @Nullable String currency, long boughtAt) {
        for (int o = 0; o < offers.size(); o++) {
            OpenOffer offer = offers.get(o);
            for (int b = 0; within(offer, boughtAt) && b < offer.bundles().size(); b++) {
                OfferedBundle bundle = offer.bundles().get(b);
                if (!bundle.converted() && LineChecks.fits(currency, bundle.currency()) && bundle.contains(itemId)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean usable(OpenOffer offer, OfferedBundle bundle, BoughtLine line) {
        return within(offer, line.boughtAt()) && LineChecks.fits(line.currency(), bundle.currency());
    }

    /** A purchase at the exact time of the offer may have triggered it, so it does not count. */
    private static boolean within(OpenOffer offer, long boughtAt) {
        return boughtAt > offer.offeredAt() && boughtAt < offer.closesAt();
    }
}
