package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.shop.simulation.OrganicBehavior.Visit;
import dev.kombo.shop.simulation.ShopperMemory.OfferFatigue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenConversionTest {
    private static final List<Integer> EMPTY = new ArrayList<>();

    /** By what is drawn, at an empty basket: shoppers, slates and answers that the calibration did not see. */
    @Test
    void shouldSellFromARandomSlateAsOftenAsIsAskedFor() {
        double asked = 0.08;
        SimulatedWorld world = new SimulatedWorld(Simulated.settings(5, 4_000, 120, asked));
        int seen = 0;
        int taken = 0;
        for (SimulatedShopper shopper : SimulatedShopper.all(world.settings())) {
            for (Visit visit : new OrganicBehavior(world, shopper).visits()) {
                ShopperSession session = new ShopperSession(world, shopper, visit, new ShopperMemory());
                HashedDraws draws = new HashedDraws(77, shopper.number(), visit.number());
                ShopperSession.SlateFeedback feedback =
                        session.feedback(0, slate(world, AcceptanceCalibration.randomSlate(draws)), 0);
                seen += feedback.seen() ? 1 : 0;
                taken += feedback.taken() == null ? 0 : 1;
            }
        }
        assertThat(seen).isGreaterThan(2_500);
        double error = Math.sqrt(asked * (1 - asked) / seen);
        assertThat(taken / (double) seen).isCloseTo(asked, within(4 * error));
    }

    @Test
    void shouldMeetTheRareAcceptanceOnOtherSamples() {
        for (long seed = 1; seed <= 3; seed++) {
            SimulatedWorld world = new SimulatedWorld(Simulated.settings(seed, 500, 60, 0.015));
            List<SimulatedShopper> shoppers = SimulatedShopper.all(world.settings());
            double sum = 0;
            int samples = 6_000;
            for (int s = 0; s < samples; s++) {
                HashedDraws draws = new HashedDraws(1_000 + seed, s);
                SimulatedShopper shopper = shoppers.get(draws.below(shoppers.size()));
                double[] wishes = wishes(world, shopper, draws.below(60));
                double examining = 1;
                for (int bundle : AcceptanceCalibration.randomSlate(draws)) {
                    double taken = probability(world, shopper, wishes, bundle, EMPTY, OfferFatigue.FRESH);
                    sum += examining * taken;
                    examining *= (1 - taken) * HiddenConversion.PATIENCE;
                }
            }
            assertThat(sum / samples).isCloseTo(0.015, within(0.0015));
        }
    }

    @Test
    void shouldPreferWhatGoesWithTheBasketAndTireOfOffers() {
        SimulatedWorld world = new SimulatedWorld(Simulated.settings(1, 10, 30, 0.05));
        SimulatedShopper shopper = SimulatedShopper.all(world.settings()).get(0);
        double[] wishes = wishes(world, shopper, 0);
        int[] members = world.catalog().members(0);
        double plain = probability(world, shopper, wishes, 0, EMPTY, OfferFatigue.FRESH);

        List<Integer> partners = new ArrayList<>();
        for (int item = 0; item < SimulatedCatalog.ITEMS; item++) {
            if (world.catalog().goTogether(item, members[0]) && !SimulatedCatalog.contains(members, item)) {
                partners.add(item);
            }
        }
        assertThat(probability(world, shopper, wishes, 0, partners, OfferFatigue.FRESH))
                .isGreaterThan(1.3 * plain);
        assertThat(probability(world, shopper, wishes, 0, EMPTY, new OfferFatigue(5, EMPTY, List.of(), 0)))
                .isLessThan(0.7 * plain);
        List<Integer> had = new ArrayList<>();
        had.add(members[0]);
        assertThat(probability(world, shopper, wishes, 0, EMPTY, new OfferFatigue(0, had, List.of(), 0)))
                .isLessThan(0.7 * plain);
        ShownSlate.Position cheap =
                new ShownSlate.Position(0, members, world.catalog().bundlePrice(0) / 2);
        assertThat(world.conversionModel()
                        .choice(shopper, wishes, cheap, EMPTY, OfferFatigue.FRESH)
                        .probability())
                .isGreaterThan(1.2 * plain);
        double[] keener = wishes.clone();
        for (int member : members) {
            keener[member] += 1;
        }
        assertThat(probability(world, shopper, keener, 0, EMPTY, OfferFatigue.FRESH))
                .isGreaterThan(2 * plain);
    }

    /** All members must be wanted: one that is not costs more than one that is wanted brings in. */
    @Test
    void shouldAskForAllMembers() {
        double[] wishes = {1, 1, 3, -1};
        assertThat(HiddenConversion.rawAffinity(wishes, new int[] {0, 1})).isEqualTo(1);
        assertThat(HiddenConversion.rawAffinity(wishes, new int[] {2, 3})).isEqualTo(0);
    }

    private static double[] wishes(SimulatedWorld world, SimulatedShopper shopper, int day) {
        return HiddenConversion.wishes(world.catalog(), world.preferences().preferences(shopper, day));
    }

    private static double probability(
            SimulatedWorld world,
            SimulatedShopper shopper,
            double[] wishes,
            int bundle,
            List<Integer> basket,
            OfferFatigue mood) {
        return world.conversionModel()
                .choice(shopper, wishes, world.catalog().position(bundle), basket, mood)
                .probability();
    }

    static ShownSlate slate(SimulatedWorld world, int... bundles) {
        List<ShownSlate.Position> positions = new ArrayList<>();
        for (int bundle : bundles) {
            positions.add(world.catalog().position(bundle));
        }
        return new ShownSlate("offer", "user", positions);
    }
}
