package dev.kombo.shop.simulation;

import java.util.Arrays;
import java.util.List;

/**
 * Computes what an offer earns on average: the hidden probability that each bundle is accepted, times its price less
 * what its members are expected to earn in this visit without the offer. It varies far less than what shoppers happen
 * to pay.
 */
final class ExpectedGain {
    private final SimulatedWorld world;

    ExpectedGain(SimulatedWorld world) {
        this.world = world;
    }

    /** The expected gain of showing a slate at a step, in minor units. */
    double of(ShopperSession session, ShownSlate slate, int step, long time) {
        double[] organic = organic(session, step);
        List<Integer> basket = session.basket();
        double[] wishes = session.wishes();
        double examined = ShopperSession.NOTICED;
        double gain = 0;
        for (ShownSlate.Position position : slate.positions()) {
            HiddenConversion.Choice choice =
                    world.conversionModel().choice(session.shopper(), wishes, position, basket, session.mood(time));
            gain += examined * choice.probability() * net(choice.position(), organic);
            examined *= (1 - choice.probability()) * HiddenConversion.PATIENCE;
        }
        return gain;
    }

    /** What a bundle brings beyond what its members are expected to earn without the offer, in minor units. */
    double net(ShownSlate.Position bought, double[] organic) {
        double net = bought.priceMinor();
        for (int member : bought.members()) {
            net -= organic[member] * world.catalog().price(member);
        }
        return net;
    }

    /** Returns the probability of each item to be bought without an offer in this visit: 1 if it is in the cart. */
    double[] organic(ShopperSession session, int step) {
        double more = world.sizes().expectedBeyond(step);
        List<Integer> basket = session.basket();
        double[] next = world.choice()
                .probabilities(session.preferences(), session.visit().history(), basket);
        double[] organic = new double[next.length];
        Arrays.setAll(organic, i -> 1 - Math.pow(1 - next[i], more));
        basket.forEach(item -> organic[item] = 1);
        return organic;
    }
}
