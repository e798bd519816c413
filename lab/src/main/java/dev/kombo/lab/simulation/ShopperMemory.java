package dev.kombo.lab.simulation;

import java.util.ArrayList;
import java.util.List;

/** What offers did to one shopper so far: how tired of them, and what was stocked up on. For one thread. */
final class ShopperMemory {
    private static final double HALF_LIFE = 7.0 * SimulationSettings.DAY;
    private static final long SATIATED_MILLIS = 30 * SimulationSettings.DAY;
    private static final int STOCKED_VISITS = 3;
    private static final double CANCELLED = 0.3;
    private static final long STOCK_SALT = 0x73746f63L;

    private record Taking(int[] members, int visit, long time) {}

    private final List<Taking> takings = new ArrayList<>();
    private double fatigue;
    private long fatigueAt;

    /** How the shopper meets offers at a time. */
    OfferMood mood(long time) {
        List<Integer> lately = new ArrayList<>();
        for (Taking taking : takings) {
            if (time - taking.time() < SATIATED_MILLIS) {
                for (int member : taking.members()) {
                    lately.add(member);
                }
            }
        }
        return new OfferMood(fatigueAt(time), lately);
    }

    private double fatigueAt(long time) {
        return fatigue == 0 ? 0 : fatigue * Math.pow(2, (fatigueAt - time) / HALF_LIFE);
    }

    /** A slate was seen. */
    void saw(long time) {
        fatigue = fatigueAt(time) + 1;
        fatigueAt = time;
    }

    /** A bundle was taken. */
    void took(int[] members, int visit, long time) {
        takings.add(new Taking(members, visit, time));
    }

    /** Whether a line is not needed, since it was stocked up on with a bundle in one of the last visits. */
    boolean hasInStock(int item, int visit, HashedDraws draws) {
        for (Taking taking : takings) {
            if (taking.visit() < visit
                    && visit <= taking.visit() + STOCKED_VISITS
                    && SimulatedCatalog.contains(taking.members(), item)) {
                return draws.chance(CANCELLED);
            }
        }
        return false;
    }

    static HashedDraws stockDraws(long seed, int shopper, int visit, int item) {
        return new HashedDraws(seed, STOCK_SALT, shopper, visit, item);
    }
}
