package dev.kombo.research.bench;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.BundleSlot;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.PriceTier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Generates the catalogue and the events of a benchmark, deterministically for a seed and the offers received. Users
 * and items follow Zipf's law. Who acts when is drawn anew for each act, or users come in sessions. Not thread-safe.
 */
final class BenchShop {
    /** Shares of events by type; each line of an order is an event. */
    static final double VIEWS = 0.70;

    static final double CARTS = 0.12;
    static final double PURCHASES = 0.08;
    static final double CLICKS = 0.05;

    /** Share of offers that are seen, and of those the shares that are clicked and bought. */
    static final double SEEN = 0.20;

    static final double CLICKED = 0.10;
    static final double BOUGHT = 0.03;

    /**
     * The service keeps only the latest offers of a user, and would have closed the others: users with more offers in
     * a batch give no feedback, or, where they come in sessions, feedback on their latest only.
     */
    private static final int MOST_OFFERS = 5;

    /** Nor do users with more events in the batch by then, for the same reason. */
    private static final int MOST_EVENTS = 12;

    /** What feedback needs to know of an offer; the bundle is the one at rank 1. */
    record ReceivedOffer(String offerId, String userId, String bundleId, long priceMinor, String currency) {
        static ReceivedOffer of(BundleOffer offer) {
            OfferedBundle first = offer.getBundles().get(0);
            return new ReceivedOffer(
                    offer.getOfferId(),
                    offer.getUserId(),
                    first.getBundleId(),
                    first.getPriceMinor(),
                    first.getCurrency());
        }
    }

    private static final double USER_SKEW = 0.6;
    private static final double ITEM_SKEW = 1.0;
    private static final int CATEGORIES = 40;
    private static final int FEWEST_MEMBERS = 2;
    private static final int MOST_MEMBERS = 4;
    private static final long LEAST_PRICE = 100;
    private static final int PRICE_SPREAD = 9_900;
    private static final long BUNDLE_PRICE_PERCENT = 90;
    private static final int SLOT_DISCOUNT_BASIS_POINTS = 1_000;
    /** Lines of the largest order. */
    static final int MOST_LINES = 3;

    private static final double MEAN_LINES = 2;
    /** Share of a batch that may be feedback. */
    private static final double MOST_FEEDBACK = 0.25;

    private static final long START = 1_750_000_000_000L;
    private static final String CURRENCY = "EUR";

    private final SplittableRandom random;
    private final List<Item> items = new ArrayList<>();
    private final List<Bundle> bundles = new ArrayList<>();
    private final Shoppers shoppers;
    private final ZipfRanks itemRanks;
    private final List<BehaviorEvent> orderLines = new ArrayList<>();
    private long made;

    /** A shop before its first event, in which each act is that of a user drawn anew. */
    BenchShop(int users, int itemCount, int bundleCount, double slotShare, long seed) {
        this(users, itemCount, bundleCount, slotShare, seed, false);
    }

    /**
     * A shop before its first event.
     *
     * @param users number of users
     * @param itemCount items in the catalogue, at least 4
     * @param bundleCount bundles of 2 to 4 items
     * @param slotShare share of the bundles, spread evenly, that have a slot; the others have fixed members
     * @param inSessions whether users come in sessions; the catalogue is the same
     */
    BenchShop(int users, int itemCount, int bundleCount, double slotShare, long seed, boolean inSessions) {
        random = new SplittableRandom(seed);
        ZipfRanks userRanks = new ZipfRanks(users, USER_SKEW);
        shoppers = inSessions
                ? new UserSessions(users, userRanks, new SplittableRandom(seed).split(), START)
                : new IndependentShoppers(userRanks, random, START);
        itemRanks = new ZipfRanks(itemCount, ITEM_SKEW);
        for (int i = 0; i < itemCount; i++) {
            items.add(Item.newBuilder()
                    .setItemId("item-" + i)
                    .setTitle("Item " + i)
                    .setCategory("category-" + i % CATEGORIES)
                    .setPriceMinor(LEAST_PRICE + random.nextInt(PRICE_SPREAD))
                    .setCurrency(CURRENCY)
                    .build());
        }
        for (int b = 0; b < bundleCount; b++) {
            boolean open = Math.floor((b + 1) * slotShare) > Math.floor(b * slotShare);
            Bundle bundle = bundle(b);
            bundles.add(open ? withSlot(bundle) : bundle);
        }
    }

    List<Item> items() {
        return items;
    }

    List<Bundle> bundles() {
        return bundles;
    }

    private Bundle bundle(int number) {
        TreeSet<Integer> members = new TreeSet<>();
        int size = FEWEST_MEMBERS + random.nextInt(MOST_MEMBERS - FEWEST_MEMBERS + 1);
        while (members.size() < size) {
            members.add(itemRanks.draw(random));
        }
        long listPrice =
                members.stream().mapToLong(m -> items.get(m).getPriceMinor()).sum();
        return Bundle.newBuilder()
                .setBundleId("bundle-" + number)
                .setTitle("Bundle " + number)
                .setMembers(members.stream()
                        .map(member -> new BundleMember("item-" + member, 1))
                        .toList())
                .setListPriceMinor(listPrice)
                .setPriceMinor(listPrice * BUNDLE_PRICE_PERCENT / 100)
                .setCurrency(CURRENCY)
                .setCreatedAt(START)
                .build();
    }

    /** The bundle of its first item and, instead of the others, as many of the category of the second. */
    private Bundle withSlot(Bundle bundle) {
        List<BundleMember> members = bundle.getMembers();
        String second = members.get(1).getItemId();
        int units = members.size() - 1;
        return Bundle.newBuilder(bundle)
                .setMembers(members.subList(0, 1))
                .setSlots(List.of(BundleSlot.newBuilder()
                        .setName("others")
                        .setCategory(items.get(Integer.parseInt(second.substring(second.indexOf('-') + 1)))
                                .getCategory())
                        .setUnits(units)
                        .setMaxUnits((long) units)
                        .build()))
                .setPriceTiers(List.of(PriceTier.newBuilder()
                        .setDiscountBasisPoints(SLOT_DISCOUNT_BASIS_POINTS)
                        .build()))
                .build();
    }

    /**
     * Returns the next events. They include feedback on some of the offers (seen, clicked, bought), at most a quarter
     * of the events, spread evenly.
     *
     * @param count number of events
     * @param offers offers made for earlier events
     */
    List<BehaviorEvent> batch(int count, List<ReceivedOffer> offers) {
        List<BehaviorEvent.Builder> feedback = new ArrayList<>();
        Map<String, Long> offersByUser =
                offers.stream().collect(Collectors.groupingBy(ReceivedOffer::userId, Collectors.counting()));
        Map<String, Long> laterByUser = new HashMap<>(offersByUser);
        for (ReceivedOffer offer : offers) {
            long later = laterByUser.merge(offer.userId(), -1L, Long::sum);
            boolean open = shoppers.together() ? later < MOST_OFFERS : offersByUser.get(offer.userId()) <= MOST_OFFERS;
            if (open && random.nextDouble() < SEEN && feedback.size() < MOST_FEEDBACK * count) {
                addFeedback(offer, feedback);
            }
        }
        List<BehaviorEvent> events = new ArrayList<>(count);
        Iterator<BehaviorEvent.Builder> next = feedback.iterator();
        Map<String, Integer> eventsByUser = new HashMap<>();
        int left = Math.min(feedback.size(), count);
        while (events.size() < count) {
            if (left > 0 && random.nextInt(count - events.size()) < left) {
                BehaviorEvent.Builder one = next.next();
                left--;
                if (eventsByUser.getOrDefault(one.getUserId(), 0) <= MOST_EVENTS) {
                    events.add(stamped(one, shoppers.time(made), "e" + made).build());
                }
            } else {
                BehaviorEvent event = ofShopper();
                eventsByUser.merge(event.getUserId(), 1, Integer::sum);
                events.add(event);
            }
        }
        return events;
    }

    private void addFeedback(ReceivedOffer offer, List<BehaviorEvent.Builder> feedback) {
        feedback.add(of(EventType.OFFER_IMPRESSION, offer.userId()).setOfferId(offer.offerId()));
        if (random.nextDouble() < CLICKED) {
            feedback.add(of(EventType.OFFER_CLICK, offer.userId())
                    .setOfferId(offer.offerId())
                    .setBundleId(offer.bundleId()));
        }
        if (random.nextDouble() < BOUGHT) {
            feedback.add(of(EventType.PURCHASE, offer.userId())
                    .setOfferId(offer.offerId())
                    .setBundleId(offer.bundleId())
                    .setOrderId("order-of-" + offer.offerId())
                    .setUnitPriceMinor(offer.priceMinor())
                    .setCurrency(offer.currency()));
        }
    }

    private BehaviorEvent ofShopper() {
        if (!orderLines.isEmpty()) {
            return orderLines.remove(orderLines.size() - 1);
        }
        // There are fewer orders than lines, and lines are the events.
        double orders = PURCHASES / MEAN_LINES;
        double kind = random.nextDouble() * (1 - PURCHASES + orders);
        String user = "user-" + shoppers.next();
        if (kind < orders) {
            shoppers.acted(order(user));
            return orderLines.remove(orderLines.size() - 1);
        }
        kind -= orders;
        EventType type = kind < VIEWS
                ? EventType.VIEW
                : kind < VIEWS + CARTS
                        ? EventType.ADD_TO_CART
                        : kind < VIEWS + CARTS + CLICKS ? EventType.CLICK : EventType.FAVOURITE;
        BehaviorEvent event = onItem(type, user).build();
        shoppers.acted(1);
        return event;
    }

    /** Appends the lines of an order, which follow each other at the same time; returns their number. */
    private int order(String user) {
        int lines = 1 + random.nextInt(MOST_LINES);
        long number = made;
        long time = shoppers.time(made);
        TreeSet<Integer> bought = new TreeSet<>();
        while (bought.size() < lines) {
            bought.add(itemRanks.draw(random));
        }
        for (int item : bought) {
            BehaviorEvent.Builder line = of(EventType.PURCHASE, user)
                    .setItemId("item-" + item)
                    .setOrderId("order-" + number)
                    .setUnitPriceMinor(items.get(item).getPriceMinor())
                    .setCurrency(CURRENCY);
            orderLines.add(stamped(line, time, "e" + made).build());
        }
        return lines;
    }

    private BehaviorEvent.Builder onItem(EventType type, String user) {
        return stamped(of(type, user), shoppers.time(made), "e" + made).setItemId("item-" + itemRanks.draw(random));
    }

    private static BehaviorEvent.Builder of(EventType type, String user) {
        return BehaviorEvent.newBuilder().setUserId(user).setType(type);
    }

    private BehaviorEvent.Builder stamped(BehaviorEvent.Builder event, long time, String id) {
        made++;
        return event.setEventId(id).setEventTime(time);
    }
}
