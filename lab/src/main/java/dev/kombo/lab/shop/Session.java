package dev.kombo.lab.shop;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * One visit to the shop: looking around by taste, filling the cart, paying or leaving. Each step is keyed by (seed,
 * shopper, session, step). Touched only by the thread that runs the shop floor.
 */
final class Session {
    private static final String PRODUCT_PAGE = "product-page";
    private static final String LISTING = "listing";
    private static final String CART = "cart";
    private static final String CHECKOUT = "checkout";
    private static final String ACCOUNT = "account";

    private static final int LEAST_STEPS = 4;
    private static final int MORE_STEPS = 14;
    private static final int MOST_LINES = 8;
    private static final double PAYS = 0.8;
    private static final double ADDS_COMPLEMENT = 0.45;
    private static final double RETURNS = 0.25;

    /** What a shopper may do next; in the order of the weights. */
    private enum Action {
        VIEW,
        CLICK,
        FAVOURITE,
        ADD_TO_CART,
        REMOVE_FROM_CART,
        OFFER_REQUEST,
        LOOK_AT_BUNDLE,
        LOOK_BACK
    }

    private static final Action[] ACTIONS = Action.values();

    private final ShopCatalog catalog;
    private final Shopper shopper;
    private final Diary diary;
    private final Drafts drafts;
    private final long[] key;
    private final int steps;
    private final List<Integer> cart = new ArrayList<>();
    private ShopCategory category;
    private int current = -1;
    private int step;
    private boolean over;

    /**
     * @param seed of the shop
     * @param number of the session
     * @param drafts makes its events
     */
    Session(ShopCatalog catalog, Shopper shopper, Diary diary, Drafts drafts, long seed, long number) {
        this.catalog = catalog;
        this.shopper = shopper;
        this.diary = diary;
        this.drafts = drafts;
        this.key = new long[] {seed, shopper.number(), number, 0};
        HashedDraws draws = draws();
        this.steps = LEAST_STEPS + draws.below(MORE_STEPS);
        this.category = favourite(draws);
    }

    Shopper shopper() {
        return shopper;
    }

    /** Whether the shopper has left. */
    boolean over() {
        return over;
    }

    /** Pause before the next step in milliseconds: 1 to 3 seconds, so that nobody is as fast as a robot. */
    long pauseMillis() {
        return 1000L + draws().below(2000);
    }

    /** Takes the next step. Returns its events, in order; none where the shopper leaves with an unpaid cart. */
    List<BehaviorEvent> next() {
        key[3] = ++step;
        HashedDraws draws = draws();
        // The first draw of a step is that of the pause after it.
        draws.unit();
        if (step > steps) {
            over = true;
            return !cart.isEmpty() && draws.chance(PAYS) ? pay(draws) : List.of();
        }
        Action action = current < 0 ? Action.VIEW : ACTIONS[draws.weighted(weights())];
        return List.of(act(action, draws));
    }

    private HashedDraws draws() {
        return new HashedDraws(key);
    }

    private double[] weights() {
        double affinity = shopper.affinity(catalog, current);
        boolean addable = catalog.sellable(current) && !cart.contains(current) && cart.size() < MOST_LINES;
        return new double[] {
            0.48,
            0.12,
            affinity > 0 ? 0.06 : 0,
            addable ? 0.36 / (1 + Math.exp(-1.2 * affinity)) : 0,
            cart.isEmpty() ? 0 : 0.03,
            0.03,
            0.05,
            diary.hasLines() ? 0.04 : 0
        };
    }

    private BehaviorEvent act(Action action, HashedDraws draws) {
        return switch (action) {
            case VIEW -> look(draws);
            case CLICK -> drafts.onItem(EventType.CLICK, itemId(current), LISTING);
            case FAVOURITE -> drafts.onItem(EventType.FAVOURITE, itemId(current), PRODUCT_PAGE);
            case ADD_TO_CART -> {
                cart.add(current);
                yield drafts.onItem(EventType.ADD_TO_CART, itemId(current), CART);
            }
            case REMOVE_FROM_CART -> drafts.onItem(
                    EventType.REMOVE_FROM_CART, itemId(cart.remove(draws.below(cart.size()))), CART);
            case OFFER_REQUEST -> drafts.event(EventType.OFFER_REQUEST, CART);
            case LOOK_AT_BUNDLE -> lookAtBundle(draws);
            case LOOK_BACK -> lookBack(draws);
        };
    }

    /** Views what goes with the item at hand, or another item of the category, or of another category. */
    private BehaviorEvent look(HashedDraws draws) {
        int[] complements = current < 0 ? new int[0] : catalog.groups().complements(current);
        if (complements.length > 0 && draws.chance(0.25)) {
            current = complements[draws.below(complements.length)];
        } else {
            if (draws.chance(0.2)) {
                category = favourite(draws);
            }
            current = shopper.choose(catalog, category, draws);
        }
        return drafts.onItem(EventType.VIEW, itemId(current), PRODUCT_PAGE);
    }

    private BehaviorEvent lookAtBundle(HashedDraws draws) {
        List<Bundle> bundles = catalog.bundles();
        double[] weights = new double[bundles.size()];
        for (int i = 0; i < weights.length; i++) {
            double affinity = bundles.get(i).getMembers().stream()
                    .mapToDouble(member -> shopper.affinity(catalog, catalog.indexOf(member.getItemId())))
                    .average()
                    .orElse(0);
            weights[i] = Math.exp(affinity);
        }
        String bundleId = bundles.get(draws.weighted(weights)).getBundleId();
        return drafts.onBundle(draws.chance(0.8) ? EventType.VIEW : EventType.FAVOURITE, bundleId, LISTING);
    }

    /** Rates or returns something bought on an earlier visit. */
    private BehaviorEvent lookBack(HashedDraws draws) {
        Diary.Line line = diary.takeLine();
        if (draws.chance(RETURNS)) {
            return drafts.traded(EventType.RETURN, line, ACCOUNT);
        }
        BehaviorEvent rating = line.itemId() != null
                ? drafts.onItem(EventType.RATING, line.itemId(), ACCOUNT)
                : drafts.onBundle(EventType.RATING, line.bundleId(), ACCOUNT);
        int item = line.itemId() != null ? catalog.indexOf(line.itemId()) : -1;
        double mean = 3.6 + (item >= 0 ? 0.5 * shopper.affinity(catalog, item) : 0);
        rating.setRatingValue((double) Math.round(Math.max(1, Math.min(5, mean + draws.gaussian()))));
        return rating;
    }

    /** Pays for the cart, and for some of what goes with it. */
    private List<BehaviorEvent> pay(HashedDraws draws) {
        List<Integer> bought = new ArrayList<>(cart);
        for (int item : cart) {
            for (int complement : catalog.groups().complements(item)) {
                if (bought.size() < MOST_LINES
                        && !bought.contains(complement)
                        && catalog.sellable(complement)
                        && draws.chance(ADDS_COMPLEMENT)) {
                    bought.add(complement);
                }
            }
        }
        List<BehaviorEvent> events = new ArrayList<>(bought.size());
        for (int item : bought) {
            Diary.Line line = new Diary.Line(
                    "order-" + drafts.sessionId(),
                    itemId(item),
                    null,
                    catalog.item(item).getPriceMinor());
            BehaviorEvent event = drafts.traded(EventType.PURCHASE, line, CHECKOUT);
            if (draws.chance(0.1)) {
                event.setQuantity(2);
            }
            events.add(event);
            diary.bought(line);
        }
        return events;
    }

    private ShopCategory favourite(HashedDraws draws) {
        return ShopCategory.values()[draws.weighted(shopper.tastes())];
    }

    private String itemId(int index) {
        return catalog.item(index).getItemId();
    }
}
