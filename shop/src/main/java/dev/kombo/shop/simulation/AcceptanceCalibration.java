package dev.kombo.shop.simulation;

import dev.kombo.shop.simulation.ShopperMemory.OfferFatigue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds how ready shoppers must be to accept offers so that a random slate sells with the requested probability.
 */
final class AcceptanceCalibration {
    /** Number of bundles of a random slate. */
    static final int SLATE = 5;

    private static final int SAMPLES = 4_000;

    /** Intercepts between which the one that sells as often as wanted is searched by halving. */
    private static final double LOWEST = -30;

    private static final double HIGHEST = 10;
    private static final int HALVINGS = 50;

    private static final int AFFINITY_DRAWS = 20;
    private static final long SALT = 0x63616c69L;

    private AcceptanceCalibration() {}

    /** A shopper on some day, and a slate. */
    private record Sample(SimulatedShopper shopper, double[] wishes, int[] slate) {}

    static HiddenConversion conversionModel(SimulatedWorld world) {
        SimulationSettings settings = world.settings();
        SimulatedCatalog catalog = world.catalog();
        List<SimulatedShopper> shoppers = SimulatedShopper.all(settings);
        List<Sample> samples = new ArrayList<>(SAMPLES);
        double sum = 0;
        double squares = 0;
        for (int s = 0; s < SAMPLES; s++) {
            HashedDraws draws = new HashedDraws(settings.seed(), SALT, s);
            SimulatedShopper shopper = shoppers.get(draws.below(shoppers.size()));
            double[] preferences = world.preferences().preferences(shopper, draws.below(settings.days()));
            double[] wishes = world.wishes(preferences, List.of(), List.of());
            samples.add(new Sample(shopper, wishes, randomSlate(draws)));
            for (int d = 0; d < AFFINITY_DRAWS; d++) {
                double raw =
                        HiddenConversion.rawAffinity(wishes, catalog.members(draws.below(SimulatedCatalog.BUNDLES)));
                sum += raw;
                squares += raw * raw;
            }
        }
        double mean = sum / SAMPLES / AFFINITY_DRAWS;
        double spread = Math.sqrt(squares / SAMPLES / AFFINITY_DRAWS - mean * mean);
        return calibrated(
                new HiddenConversion(catalog, settings.seed(), mean, spread, 0),
                samples,
                catalog,
                settings.acceptance());
    }

    /** Draws different bundles uniformly. */
    static int[] randomSlate(HashedDraws draws) {
        int[] slate = new int[SLATE];
        Arrays.fill(slate, -1);
        for (int r = 0; r < SLATE; ) {
            int bundle = draws.below(SimulatedCatalog.BUNDLES);
            if (!SimulatedCatalog.contains(slate, bundle)) {
                slate[r++] = bundle;
            }
        }
        return slate;
    }

    private static HiddenConversion calibrated(
            HiddenConversion conversionModel, List<Sample> samples, SimulatedCatalog catalog, double wanted) {
        double low = LOWEST;
        double high = HIGHEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (meanTaken(conversionModel.withIntercept(middle), samples, catalog) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return conversionModel.withIntercept((low + high) / 2);
    }

    private static double meanTaken(HiddenConversion conversionModel, List<Sample> samples, SimulatedCatalog catalog) {
        double sum = 0;
        for (Sample sample : samples) {
            double examining = 1;
            for (int bundle : sample.slate()) {
                double taken = conversionModel
                        .choice(
                                sample.shopper(),
                                sample.wishes(),
                                catalog.position(bundle),
                                new ArrayList<>(),
                                OfferFatigue.FRESH)
                        .probability();
                sum += examining * taken;
                examining *= (1 - taken) * HiddenConversion.PATIENCE;
            }
        }
        return sum / samples.size();
    }
}
