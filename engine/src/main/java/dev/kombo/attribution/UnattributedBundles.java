package dev.kombo.attribution;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whole bundles bought that are not credited to an offer, kept while that may change: an open offer that holds the
 * bundle may turn out to have been seen before, or the offers of a session may still come.
 */
final class UnattributedBundles {
    private final List<Purchase> purchases;
    private final List<OpenOffer> offers;
    private final int capacity;

    /**
     * @param purchases by time; changed in place
     * @param offers open offers; a view
     */
    UnattributedBundles(List<Purchase> purchases, List<OpenOffer> offers, int capacity) {
        this.purchases = purchases;
        this.offers = offers;
        this.capacity = capacity;
    }

    List<Purchase> purchases() {
        return purchases;
    }

    boolean isEmpty() {
        return purchases.isEmpty();
    }

    /**
     * Keeps a purchase if it may yet be credited to an open offer or to one that may still come.
     *
     * @param awaited whether offers of a session may still come
     */
    void keep(Purchase purchase, boolean awaited) {
        if (awaited || creditable(purchase)) {
            insert(purchase);
        }
    }

    /** Adds a purchase, also of a session that turned out to be the same shopper. */
    void insert(Purchase purchase) {
        TimeOrder.insert(purchases, purchase, Purchase::time, capacity);
    }

    /** Purchase time of the most recent bundle, or {@link UnattributedUnits#NEVER}. */
    long newest() {
        return purchases.isEmpty()
                ? UnattributedUnits.NEVER
                : purchases.get(purchases.size() - 1).time();
    }

    /**
     * Forgets what cannot be credited to any open offer.
     *
     * @param since later purchases are kept, epoch milliseconds
     */
    void retain(long since) {
        purchases.removeIf(purchase -> purchase.time() <= since && !creditable(purchase));
    }

    private boolean creditable(Purchase purchase) {
        for (int i = 0; i < offers.size(); i++) {
            OpenOffer offer = offers.get(i);
            OfferedBundle bundle = offer.covers(purchase.time()) ? offer.bundle(purchase.bundleId()) : null;
            if (bundle != null && !bundle.converted()) {
                return true;
            }
        }
        return false;
    }

    /** Removes returned bundles, latest first; returns how many of {@code bundles} it did not have. */
    int remove(Return back, ReturnMatcher.Match match, int bundles) {
        int left = bundles;
        for (int i = purchases.size() - 1; i >= 0 && left > 0; i--) {
            if (Objects.equals(purchases.get(i).bundleId(), back.bundleId())
                    && matches(purchases.get(i), back, match)) {
                left -= take(i, left);
            }
        }
        return left;
    }

    /**
     * Removes bundles of which a member was returned, latest first, since they are no longer whole. Members are known
     * from the offers that hold the bundle.
     *
     * @return how many of {@code units} it did not have
     */
    int removeMembers(Return back, ReturnMatcher.Match match, int units) {
        int left = units;
        for (int i = purchases.size() - 1; i >= 0 && left > 0; i--) {
            int inEach = unitsOf(back.itemId(), purchases.get(i));
            if (inEach > 0 && matches(purchases.get(i), back, match)) {
                int bundles = (left + inEach - 1) / inEach;
                left -= Math.min(left, take(i, bundles) * inEach);
            }
        }
        return left;
    }

    private int take(int index, int bundles) {
        Purchase purchase = purchases.get(index);
        int taken = Math.min(bundles, purchase.quantity());
        if (taken == purchase.quantity()) {
            purchases.remove(index);
        } else {
            purchases.set(index, purchase.withQuantity(purchase.quantity() - taken));
        }
        return taken;
    }

    private int unitsOf(@Nullable String itemId, Purchase purchase) {
        for (int i = 0; i < offers.size(); i++) {
            OfferedBundle bundle = offers.get(i).bundle(purchase.bundleId());
            int units = bundle == null ? 0 : bundle.unitsOf(itemId, purchase.swaps());
            if (units > 0) {
                return units;
            }
        }
        return 0;
    }

    private static boolean matches(Purchase purchase, Return back, ReturnMatcher.Match match) {
        return match.test(
                purchase.orderId() == null ? "" : purchase.orderId(),
                purchase.currency() == null ? "" : purchase.currency(),
                back);
    }
}
