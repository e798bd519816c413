package dev.kombo.lab.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws what shoppers do without offers. Each draw is keyed by (seed, shopper, visit, line): a shopper's natural life is
 * the same whatever is offered to whom, which is what a true uplift is measured against.
 */
final class NaturalLife {
    private static final double BROWSES = 0.5;
    private static final long SIZE_SALT = 0x73697a65L;
    private static final long LINE_SALT = 0x6c696e65L;

    private final World world;
    private final OrderSizes sizes;

    NaturalLife(World world) {
        this.world = world;
        this.sizes = world.sizes();
    }

    /** All visits of a shopper. */
    List<Visit> visits(Shopper shopper) {
        List<Visit> visits = new ArrayList<>();
        ItemList history = new ItemList();
        for (int day : shopper.visitDays()) {
            Visit visit = visit(shopper, visits.size(), day, history.copy());
            visits.add(visit);
            for (int item : visit.lines()) {
                history.add(item);
            }
        }
        return visits;
    }

    private Visit visit(Shopper shopper, int number, int day, ItemList history) {
        long seed = world.settings().seed();
        double[] preferences = world.tastes().preferences(shopper, day);
        int[] lines = new int[sizes.draw(new HashedDraws(seed, SIZE_SALT, shopper.number(), number))];
        int[] browsed = new int[lines.length];
        ItemList basket = new ItemList();
        for (int line = 0; line < lines.length; line++) {
            HashedDraws draws = new HashedDraws(seed, LINE_SALT, shopper.number(), number, line);
            browsed[line] = draws.chance(BROWSES) ? draws.weighted(preferences) : -1;
            lines[line] = draws.weighted(world.choice().probabilities(preferences, history, basket));
            basket.add(lines[line]);
        }
        return new Visit(number, day, lines, browsed, history);
    }
}
