package dev.kombo.shop.faults;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was sent, and what must have come of it, kept by the harness alone. Entries are texts with how often each is
 * expected, so that they are compared with what is found as they are. Guarded by itself.
 */
final class Books {
    final Map<String, BookedShopper> shoppers = new TreeMap<>();

    /** Kind, what it is of, and money of outcomes. */
    final Map<String, Long> outcomes = new TreeMap<>();

    /** Events that touched an item. */
    final Map<String, Long> touches = new TreeMap<>();

    /** Figures of all arms together. */
    final Map<String, Long> totals = new TreeMap<>();

    final Map<String, BundleOffer> offers = new HashMap<>();

    private final Map<String, String> users = new HashMap<>();
    private final Map<String, List<String>> membersOfBundles;
    private final Map<String, String> categoriesOfItems;

    /**
     * Creates books in which nothing stands.
     *
     * @param membersOfBundles items of each bundle of the catalogue, one unit of each
     * @param categoriesOfItems of each item of it
     */
    Books(Map<String, List<String>> membersOfBundles, Map<String, String> categoriesOfItems) {
        this.membersOfBundles = membersOfBundles;
        this.categoriesOfItems = categoriesOfItems;
    }

    static void add(Map<String, Long> counts, String what, long more) {
        counts.merge(what, more, Long::sum);
    }

    /** An event that is sent for the first time. */
    synchronized void sent(BehaviorEvent event) {
        String user = event.getUserId();
        users.put(event.getEventId(), user);
        BookedShopper shopper =
                shoppers.computeIfAbsent(user, none -> new BookedShopper(membersOfBundles, categoriesOfItems));
        if (shopper.isNew()) {
            add(outcomes, "ENTERED " + user, 1);
            add(totals, "users", 1);
        }
        shopper.sent(event);
        if (event.getItemId() != null) {
            add(touches, event.getItemId(), 1);
        }
        switch (event.getType()) {
            case OFFER_IMPRESSION -> outcome("IMPRESSION " + event.getOfferId(), "impressions");
            case OFFER_CLICK -> outcome("CLICK " + event.getOfferId(), "clicks");
            case PURCHASE -> {
                long money = event.getQuantity() * event.getUnitPriceMinor();
                outcome("PURCHASED " + event.getEventId() + " " + money, "purchases");
                add(totals, "revenueMinor", money);
                if (event.getOfferId() != null) {
                    outcome("CONVERSION " + event.getOfferId() + " " + money, "conversions");
                    add(totals, "attributedMinor", money);
                }
            }
            default -> {}
        }
    }

    private void outcome(String text, String figure) {
        add(outcomes, text, 1);
        add(totals, figure, 1);
    }

    /** An offer that was read committed; what is wrong with it, or null. */
    synchronized String offered(BundleOffer offer) {
        outcome("OFFERED " + offer.getOfferId(), "offers");
        if (offers.put(offer.getOfferId(), offer) != null) {
            return "offer " + offer.getOfferId() + " was made twice";
        }
        BookedShopper shopper = shoppers.get(offer.getUserId());
        if (shopper != null) {
            shopper.offered(offer);
        }
        return offer.getUserId().equals(users.get(offer.getTriggerEventId()))
                ? null
                : "offer " + offer.getOfferId() + " has another trigger than an event of its user";
    }

    synchronized long events() {
        return users.size();
    }
}
