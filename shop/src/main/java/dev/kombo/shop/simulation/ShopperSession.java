package dev.kombo.shop.simulation;

import dev.kombo.shop.simulation.OrganicBehavior.Visit;
import dev.kombo.shop.simulation.ShopperMemory.OfferFatigue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One visit of a shopper to a shop that makes offers: the organic visit, less lines in stock, less lines contained in
 * an accepted bundle, plus the accepted bundles. Step 0 is the home page, step n puts the n-th line into the cart, the
 * step after the last line is the checkout. Draws are keyed by (seed, shopper, visit, step), so that two policies
 * differ only by their offers. Not thread-safe.
 */
final class ShopperSession {
    /** Share of the slates shown that are noticed at all. */
    static final double NOTICED = 0.25;
    /** Clicks per accepted bundle, if it is seldom accepted. */
    private static final double CLICKS_A_TAKING = 4;

    private static final long IDLE_SALT = 0x69646c65L;
    private static final long FEEDBACK_SALT = 0x616e7377L;

    private final SimulatedWorld world;
    private final SimulatedShopper shopper;
    private final Visit visit;
    private final ShopperMemory memory;
    private final double[] preferences;
    private final boolean[] needed;
    private final boolean[] inCart;
    private final List<Integer> owned;
    private final List<Taken> taken = new ArrayList<>(1);

    /**
     * An accepted bundle.
     *
     * @param offerId offer that it came from; null if not tracked
     * @param position what was taken: as offered, or with an item swapped
     */
    record Taken(String offerId, ShownSlate.Position position) {}

    /**
     * The feedback on a slate.
     *
     * @param seen whether it was noticed
     * @param clicked bundles by index, in the order of the clicks
     * @param taken the accepted bundle, or null
     * @param removed items removed from the cart, since they are in the bundle
     */
    record SlateFeedback(boolean seen, List<Integer> clicked, Taken taken, List<Integer> removed) {
        private static final SlateFeedback UNSEEN = new SlateFeedback(false, List.of(), null, new ArrayList<>());
    }

    ShopperSession(SimulatedWorld world, SimulatedShopper shopper, Visit visit, ShopperMemory memory) {
        this.world = world;
        this.shopper = shopper;
        this.visit = visit;
        this.memory = memory;
        this.preferences = world.preferences().preferences(shopper, visit.day());
        this.needed = new boolean[visit.lines().length];
        this.inCart = new boolean[visit.lines().length];
        long seed = world.settings().seed();
        Set<Integer> before = memory.taken(visit.number());
        before.addAll(visit.history());
        owned = before.stream().filter(world.catalog()::durable).toList();
        for (int line = 0; line < needed.length; line++) {
            int item = visit.lines()[line];
            needed[line] = owned.stream().noneMatch(had -> world.catalog().replaces(had, item))
                    && !memory.hasInStock(seed, shopper.number(), visit.number(), item);
        }
    }

    SimulatedShopper shopper() {
        return shopper;
    }

    Visit visit() {
        return visit;
    }

    double[] preferences() {
        return preferences;
    }

    /** How much the shopper wants each item now, see {@link SimulatedWorld#wishes}. */
    double[] wishes() {
        return world.wishes(preferences, visit.history(), basket());
    }

    /** Step of the checkout. */
    int checkout() {
        return visit.lines().length + 1;
    }

    /** Whether a line is bought by itself, as things stand. */
    boolean buys(int line) {
        int item = visit.lines()[line];
        return needed[line]
                && taken.stream()
                        .noneMatch(each -> SimulatedCatalog.contains(
                                        each.position().members(), item)
                                || IntStream.of(each.position().members())
                                        .anyMatch(member -> world.catalog().replaces(member, item)));
    }

    /** Puts a line into the cart; returns false if it is not needed, or contained in a bundle. */
    boolean cart(int line) {
        inCart[line] = buys(line);
        return inCart[line];
    }

    /** The content of the cart: lines, and the items of accepted bundles. */
    List<Integer> basket() {
        List<Integer> basket = new ArrayList<>();
        for (int line = 0; line < inCart.length; line++) {
            if (inCart[line]) {
                basket.add(visit.lines()[line]);
            }
        }
        for (Taken each : taken) {
            for (int member : each.position().members()) {
                if (!basket.contains(member)) {
                    basket.add(member);
                }
            }
        }
        return basket;
    }

    /** Returns the shopper's mood towards offers at a time. */
    OfferFatigue mood(long time) {
        OfferFatigue mood = memory.mood(time);
        return new OfferFatigue(mood.fatigue(), mood.lately(), owned, mood.discount());
    }

    /**
     * Shows a slate: a shopper who notices it looks down the ranks, and may accept one bundle.
     *
     * @param time epoch milliseconds
     */
    SlateFeedback feedback(int step, ShownSlate slate, long time) {
        HashedDraws draws =
                new HashedDraws(world.settings().seed(), FEEDBACK_SALT, shopper.number(), visit.number(), step);
        if (!draws.chance(NOTICED)) {
            return SlateFeedback.UNSEEN;
        }
        OfferFatigue mood = mood(time);
        memory.saw(
                time,
                slate.positions().stream()
                        .mapToDouble(world.catalog()::discount)
                        .max()
                        .orElse(0));
        List<Integer> basket = basket();
        List<Integer> clicked = new ArrayList<>(1);
        double[] wishes = wishes();
        boolean idle = world.catalog().variant() == WorldVariant.IDLE_CLICKS;
        for (ShownSlate.Position position : slate.positions()) {
            HiddenConversion.Choice choice = world.conversionModel().choice(shopper, wishes, position, basket, mood);
            double probability = choice.probability();
            double drawn = draws.unit();
            if (drawn < (idle ? probability : CLICKS_A_TAKING * probability) || (idle && idly(step, position))) {
                clicked.add(position.bundle());
            }
            if (drawn < probability) {
                return take(slate, choice.position(), clicked, time);
            }
            if (!draws.chance(HiddenConversion.PATIENCE)) {
                break;
            }
        }
        return new SlateFeedback(true, clicked, null, new ArrayList<>());
    }

    /** Whether a shopper clicks without wanting. */
    private boolean idly(int step, ShownSlate.Position position) {
        HashedDraws draws = new HashedDraws(
                world.settings().seed(), IDLE_SALT, shopper.number(), visit.number(), step, position.bundle());
        return draws.chance(CLICKS_A_TAKING * world.settings().acceptance() / AcceptanceCalibration.SLATE);
    }

    private SlateFeedback take(ShownSlate slate, ShownSlate.Position position, List<Integer> clicked, long time) {
        Taken one = new Taken(slate.offerId(), position);
        taken.add(one);
        List<Integer> removed = new ArrayList<>();
        for (int line = 0; line < inCart.length; line++) {
            if (inCart[line] && !buys(line)) {
                inCart[line] = false;
                removed.add(visit.lines()[line]);
            }
        }
        memory.took(position.members(), visit.number(), time);
        return new SlateFeedback(true, clicked, one, removed);
    }

    /** Bundles accepted so far. */
    List<Taken> taken() {
        return taken;
    }

    /** Number of purchases at the checkout: lines and bundles. */
    int purchases() {
        return taken.size() + (int) bought().count();
    }
    /** The items of the lines that are bought by themselves. */
    private IntStream bought() {
        return IntStream.range(0, needed.length).filter(this::buys).map(line -> visit.lines()[line]);
    }

    /** Amount paid at the checkout, in minor units. */
    long revenueMinor() {
        return bought().mapToLong(world.catalog()::price).sum() + takenMinor();
    }

    /** Amount paid for accepted bundles at the checkout, in minor units. */
    long takenMinor() {
        return taken.stream().mapToLong(each -> each.position().priceMinor()).sum();
    }
    /** Cost to the shop of what is bought at the checkout, in minor units. */
    long costMinor() {
        IntStream members =
                taken.stream().flatMapToInt(each -> IntStream.of(each.position().members()));
        return IntStream.concat(bought(), members)
                .mapToLong(world.catalog()::cost)
                .sum();
    }

    /** Cost of what would be bought without any offers, in minor units. */
    long organicCostMinor() {
        return IntStream.of(visit.lines()).mapToLong(world.catalog()::cost).sum();
    }

    /** Amount that would be paid without any offers, in minor units. */
    long organicRevenueMinor() {
        return IntStream.of(visit.lines()).mapToLong(world.catalog()::price).sum();
    }
}
