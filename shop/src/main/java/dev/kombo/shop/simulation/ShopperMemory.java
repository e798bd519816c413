package dev.kombo.shop.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a simulated shopper remembers of earlier offers: fatigue, discounts seen, and items in stock from accepted
 * bundles. Not thread-safe.
 */
final class ShopperMemory {
    private static final double HALF_LIFE = 7.0 * SimulationSettings.DAY;
    private static final long SATIATED_MILLIS = 30 * SimulationSettings.DAY;
    private static final long REFERENCE_MILLIS = 30 * SimulationSettings.DAY;
    private static final int STOCKED_VISITS = 3;
    private static final double CANCELLED = 0.3;
    private static final long STOCK_SALT = 0x73746f63L;

    private record Taking(int[] members, int visit, long time) {}

    private record Discount(double share, long time) {}

    private final List<Taking> takings = new ArrayList<>();
    private final List<Discount> discounts = new ArrayList<>();
    private double fatigue;
    private long fatigueAt;

    /** Returns the shopper's mood towards offers at a time. */
    OfferFatigue mood(long time) {
        List<Integer> lately = takings.stream()
                .filter(taking -> time - taking.time() < SATIATED_MILLIS)
                .flatMap(taking -> IntStream.of(taking.members()).boxed())
                .toList();
        return new OfferFatigue(fatigueAt(time), lately, List.of(), bestDiscount(time));
    }

    private double bestDiscount(long time) {
        return discounts.stream()
                .filter(seen -> time - seen.time() < REFERENCE_MILLIS)
                .mapToDouble(Discount::share)
                .max()
                .orElse(0);
    }

    private double fatigueAt(long time) {
        return fatigue == 0 ? 0 : fatigue * Math.pow(2, (fatigueAt - time) / HALF_LIFE);
    }

    /** Records a slate that was seen, with its largest discount. */
    void saw(long time, double discount) {
        discounts.add(new Discount(discount, time));
        fatigue = fatigueAt(time) + 1;
        fatigueAt = time;
    }

    /** Records a bundle that was accepted. */
    void took(int[] members, int visit, long time) {
        takings.add(new Taking(members, visit, time));
    }

    /** Items of the bundles accepted before a visit. */
    Set<Integer> taken(int visit) {
        return takings.stream()
                .filter(taking -> taking.visit() < visit)
                .flatMap(taking -> IntStream.of(taking.members()).boxed())
                .collect(Collectors.toSet());
    }

    /** Whether a line is not needed, since a bundle accepted in one of the last visits put it in stock. */
    boolean hasInStock(long seed, int shopper, int visit, int item) {
        boolean stocked = takings.stream()
                .anyMatch(taking -> taking.visit() < visit
                        && visit <= taking.visit() + STOCKED_VISITS
                        && SimulatedCatalog.contains(taking.members(), item));
        return stocked && new HashedDraws(seed, STOCK_SALT, shopper, visit, item).chance(CANCELLED);
    }

    /**
     * How earlier offers affect a shopper at one moment.
     *
     * @param fatigue number of slates seen, older ones weighted less
     * @param lately items of bundles accepted in the last weeks
     * @param owned durable items that the shopper has
     * @param discount largest discount seen in the last weeks, 0 to 1
     */
    record OfferFatigue(double fatigue, List<Integer> lately, List<Integer> owned, double discount) {
        /** The mood of a shopper who has seen no offer. */
        static final OfferFatigue FRESH = new OfferFatigue(0, new ArrayList<>(), List.of(), 0);

        /** Share of the items that were in recently accepted bundles. */
        double had(int[] items) {
            return IntStream.of(items).filter(lately::contains).count() / (double) items.length;
        }
    }
}
