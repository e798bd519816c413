package dev.kombo.attribution;

import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matches returned units to what was bought, best matches first: first of the order that the return names, then of any
 * order, since many shops give returns numbers of their own; see {@link Match}. Within each step: latest conversions
 * bought item by item, then uncredited units, then members of bundles bought whole, credited ones first. Conversions
 * come before what is uncredited, so that no more than is right stays attributed; when everything bought was returned,
 * nothing is left attributed. Returned bundles are only taken from bundles bought whole.
 *
 * <p>What was swapped in a bundle bought whole is only known when it comes back; see {@link Likeness}.
 */
final class ReturnMatcher {
    private static final Match[] MATCHES = Match.values();
    private static final Likeness[] LIKENESSES = Likeness.values();

    private final List<ConvertedBundle> conversions;
    private final UnattributedUnits pool;
    private final UnattributedBundles bundles;
    private final List<Taken> taken = new ArrayList<>();

    ReturnMatcher(List<ConvertedBundle> conversions, UnattributedUnits pool, UnattributedBundles bundles) {
        this.conversions = conversions;
        this.pool = pool;
        this.bundles = bundles;
    }

    /**
     * How well units match a return, best first. Where either has no price, its currency matches any; so it does where
     * the return names the order.
     */
    enum Match {
        ORDER_AND_CURRENCY,
        ORDER,
        ORDER_IN_OTHER_CURRENCY,
        CURRENCY,
        ANY;

        /** Whether units bought in an order and a currency, empty where unknown, match the return. */
        boolean test(String boughtOrder, String boughtCurrency, Return back) {
            boolean order = boughtOrder.equals(back.orderId());
            boolean currency = boughtCurrency.equals(back.currency() == null ? "" : back.currency());
            boolean fits = LineChecks.fits(boughtCurrency, back.currency());
            return switch (this) {
                case ORDER_AND_CURRENCY -> order && currency;
                case ORDER -> order && fits;
                case ORDER_IN_OTHER_CURRENCY -> order;
                case CURRENCY -> currency;
                case ANY -> fits;
            };
        }
    }

    /**
     * How well units in a bundle bought whole match a returned item, best first: those in a slot may have been swapped.
     */
    enum Likeness {
        SAME_ITEM,
        SAME_ITEM_IN_A_SLOT,
        REPLACED,
        SAME_SLOT;

        /**
         * Whether units match the item.
         *
         * @param slots how the slots of the bundle were filled when it was offered
         */
        boolean test(LedgerState.BoughtLine line, @Nullable String itemId, List<FilledSlot> slots) {
            boolean same = line.itemId().equals(itemId);
            for (FilledSlot slot : slots) {
                if (slot.isFilledBy(line.itemId())) {
                    FilledSlot.Alternative other = slot.alternative(itemId);
                    return switch (this) {
                        case SAME_ITEM -> false;
                        case SAME_ITEM_IN_A_SLOT -> same;
                        case REPLACED -> slot.alternative(itemId, line.itemId()) != null;
                        case SAME_SLOT -> other != null || slot.isFilledBy(itemId);
                    };
                }
            }
            return same && this == SAME_ITEM;
        }
    }

    /** What one return took from one conversion. */
    static final class Taken {
        private final ConvertedBundle conversion;
        private int units;
        private Amount amount;

        Taken(ConvertedBundle conversion) {
            this.conversion = conversion;
            this.amount = new Amount(0, 0, conversion.amount().currency());
        }

        ConvertedBundle conversion() {
            return conversion;
        }

        /** Units of the item, or bundles, that were returned. */
        int units() {
            return units;
        }

        /** The money given back: negative. */
        Amount amount() {
            return amount;
        }

        void add(int more, Amount money) {
            units += more;
            amount = amount.minus(money);
        }
    }

    /** Applies a return; yields one entry per conversion and forgets conversions that are used up. */
    List<Taken> take(Return back) {
        int left = back.quantity();
        for (Match match : MATCHES) {
            left = take(back, match, left);
        }
        if (!taken.isEmpty()) {
            conversions.removeIf(conversion -> conversion.lines().isEmpty());
        }
        return taken;
    }

    private int take(Return back, Match match, int units) {
        if (back.bundleId() != null) {
            return bundles.remove(back, match, takeBundles(back, match, units));
        }
        int left = takeItems(back, match, units, false, Likeness.SAME_ITEM);
        left = pool.remove(back, match, left);
        for (Likeness likeness : LIKENESSES) {
            left = takeItems(back, match, left, true, likeness);
        }
        return bundles.removeMembers(back, match, left);
    }

    private static boolean matches(LedgerState.BoughtLine line, Return back, Match match) {
        return match.test(line.orderId(), line.currency(), back);
    }

    private int takeItems(Return back, Match match, int units, boolean whole, Likeness likeness) {
        int left = units;
        for (int c = conversions.size() - 1; c >= 0 && left > 0; c--) {
            ConvertedBundle conversion = conversions.get(c);
            if (conversion.boughtWhole() != whole) {
                continue;
            }
            for (int i = conversion.lines().size() - 1; i >= 0 && left > 0; i--) {
                LedgerState.BoughtLine line = conversion.lines().get(i);
                if (likeness.test(line, back.itemId(), conversion.slots()) && matches(line, back, match)) {
                    int some = Math.min(left, line.quantity());
                    of(conversion).add(some, conversion.takeUnits(i, some));
                    left -= some;
                }
            }
        }
        return left;
    }

    private int takeBundles(Return back, Match match, int bundles) {
        int left = bundles;
        for (int c = conversions.size() - 1; c >= 0 && left > 0; c--) {
            ConvertedBundle conversion = conversions.get(c);
            if (conversion.isWhole(back.bundleId())
                    && matches(conversion.lines().get(0), back, match)) {
                int some = Math.min(left, conversion.quantity());
                of(conversion).add(some, conversion.takeBundles(some));
                left -= some;
            }
        }
        return left;
    }

    private Taken of(ConvertedBundle conversion) {
        for (Taken entry : taken) {
            if (entry.conversion() == conversion) {
                return entry;
            }
        }
        Taken entry = new Taken(conversion);
        taken.add(entry);
        return entry;
    }
}
