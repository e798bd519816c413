package dev.kombo.shop.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws what a simulated shopper does without offers. Each draw is keyed by (seed, shopper, visit, line), so a
 * shopper's organic behaviour is independent of all offers: it is the counterfactual that the true uplift is measured
 * against. Not thread-safe.
 */
final class OrganicBehavior {
    /** Share of the lines before which another item is viewed. */
    private static final double BROWSES = 0.5;

    private static final long SIZE_SALT = 0x73697a65L;
    private static final long LINE_SALT = 0x6c696e65L;

    private final SimulatedWorld world;
    private final SimulatedShopper shopper;
    private final List<Visit> visits = new ArrayList<>();
    private final List<Integer> history = new ArrayList<>();

    OrganicBehavior(SimulatedWorld world, SimulatedShopper shopper) {
        this.world = world;
        this.shopper = shopper;
    }

    /** All visits. */
    List<Visit> visits() {
        if (shopper.visitDays().length > 0) {
            visit(shopper.visitDays().length - 1);
        }
        return visits;
    }

    /** Returns a visit by number, from 0. */
    Visit visit(int number) {
        while (visits.size() <= number) {
            Visit visit = draw(visits.size(), shopper.visitDays()[visits.size()]);
            visits.add(visit);
            for (int item : visit.lines()) {
                history.add(item);
            }
        }
        return visits.get(number);
    }

    private Visit draw(int number, int day) {
        long seed = world.settings().seed();
        double[] preferences = world.preferences().preferences(shopper, day);
        int[] lines = new int[world.sizes().draw(new HashedDraws(seed, SIZE_SALT, shopper.number(), number))];
        int[] browsed = new int[lines.length];
        List<Integer> basket = new ArrayList<>();
        for (int line = 0; line < lines.length; line++) {
            HashedDraws draws = new HashedDraws(seed, LINE_SALT, shopper.number(), number, line);
            browsed[line] = draws.chance(BROWSES) ? draws.weighted(preferences) : -1;
            lines[line] = draws.weighted(world.choice().probabilities(preferences, history, basket));
            basket.add(lines[line]);
        }
        return new Visit(number, day, lines, browsed, List.copyOf(history));
    }

    /**
     * What a shopper does in one visit if there is no offer.
     *
     * @param number of the shopper's visits, from 0
     * @param day of the simulation, from 0
     * @param lines items bought, in the order in which they go into the cart
     * @param browsed for each line, an item viewed before; -1: none
     * @param history what was bought in earlier visits
     */
    record Visit(int number, int day, int[] lines, int[] browsed, List<Integer> history) {}
}
