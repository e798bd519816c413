package dev.kombo.shop.simulation;

import dev.kombo.shop.simulation.OrganicBehavior.Visit;
import dev.kombo.shop.simulation.ShopperMemory.OfferFatigue;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The oracle policy, which knows everything that is hidden from the service: a slate contains the bundles with the
 * greatest acceptance probability times price less what their members are expected to earn in this visit without the
 * offer, in that order. It is greedy: it ignores fatigue and later visits, and assumes that organic purchases are
 * independent, so a better policy may exist. Its shoppers live apart from the service, with the same random draws.
 */
final class GreedyOracle {
    private final SimulatedWorld world;
    private final ExpectedGain gain;

    GreedyOracle(SimulatedWorld world, ExpectedGain gain) {
        this.world = world;
        this.gain = gain;
    }

    /** Returns what the users of an arm would pay if the oracle made their offers from their assignment on. */
    TruthAccount.Payments money(Simulation simulation, Map<String, ServiceReport.Entry> entries, String arm) {
        TruthAccount truth = new TruthAccount();
        Timetable timetable = world.settings().timetable();
        for (SimulatedShopper shopper : simulation.shoppers()) {
            ServiceReport.Entry entry = entries.get(shopper.userId());
            if (entry != null && entry.arm().equals(arm)) {
                ShopperMemory memory = new ShopperMemory();
                for (Visit visit : simulation.lives().get(shopper.number()).visits()) {
                    ShopperSession session = new ShopperSession(world, shopper, visit, memory);
                    visit(session, entry.time());
                    truth.user(shopper.userId()).paid(session, timetable.at(shopper, visit.day(), session.checkout()));
                }
            }
        }
        return truth.money(entries, arm, Long.MAX_VALUE);
    }

    private void visit(ShopperSession session, long from) {
        SimulatedShopper shopper = session.shopper();
        Timetable timetable = world.settings().timetable();
        int day = session.visit().day();
        for (int step = 0; step < session.checkout(); step++) {
            boolean triggered = step == 0 || session.cart(step - 1);
            if (triggered && timetable.at(shopper, day, step) >= from) {
                long time = timetable.feedbackAt(shopper, day, step);
                session.feedback(step, slate(session, step, time), time);
            }
        }
    }

    /** Returns its slate at a step; empty if nothing is worth offering. */
    ShownSlate slate(ShopperSession session, int step, long time) {
        SimulatedCatalog catalog = world.catalog();
        double[] organic = gain.organic(session, step);
        List<Integer> basket = session.basket();
        OfferFatigue mood = session.mood(time);
        double[] wishes = session.wishes();
        double[] values = new double[SimulatedCatalog.BUNDLES];
        for (int bundle = 0; bundle < values.length; bundle++) {
            ShownSlate.Position position = catalog.position(bundle);
            double net = gain.net(position, organic);
            values[bundle] = net <= 0
                    ? Double.NEGATIVE_INFINITY
                    : net
                            * world.conversionModel()
                                    .choice(session.shopper(), wishes, position, basket, mood)
                                    .probability();
        }
        List<ShownSlate.Position> positions = IntStream.of(new TopK(AcceptanceCalibration.SLATE, 0).select(values))
                .filter(bundle -> values[bundle] > 0)
                .mapToObj(catalog::position)
                .toList();
        return new ShownSlate(null, session.shopper().userId(), positions);
    }
}
