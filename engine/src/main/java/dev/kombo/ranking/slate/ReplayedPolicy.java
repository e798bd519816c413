package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleContent;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.value.OfferValue;
import java.util.Arrays;
import java.util.List;

/**
 * Fills slates from the candidates of a logged decision under another goal, with the code that fills slates for offers.
 * Bundles are identified by their index among those considered. Not thread-safe.
 */
final class ReplayedPolicy {
    private final OfferValue valuation = new OfferValue();
    private final SlatePolicy policy = new SlatePolicy();
    private final SlateGoal goal;
    private final MaximalMarginalRelevance diversity;
    private final double mmrLambda;
    /** Position of each considered bundle in the pool; -1: not worth offering. */
    private final int[] places;

    private final int[] considered;
    private final BundleContent[] contents;
    private final double[] worth;
    private final long[] prices;
    private final double[] values;
    private final boolean[] taken;
    private final int slateSize;
    private int count;

    ReplayedPolicy(Decision decision, SlateGoal goal) {
        this.goal = goal;
        Decision.Setting setting = decision.setting();
        diversity = new MaximalMarginalRelevance();
        mmrLambda = goal.mmrLambda(setting.defaultMmrLambda());
        List<ConsideredCandidate> all = decision.considered();
        int most = all.size();
        places = new int[most];
        considered = new int[most];
        contents = new BundleContent[most];
        worth = new double[most];
        prices = new long[most];
        values = new double[most];
        taken = new boolean[most];
        valuation.begin(goal, setting.levels());
        for (int i = 0; i < most; i++) {
            add(i, all.get(i));
        }
        slateSize = Math.min(setting.size(), count);
    }

    private void add(int number, ConsideredCandidate bundle) {
        double value =
                switch (goal.kind()) {
                    case RELEVANCE -> bundle.relevance();
                    case POPULARITY -> bundle.signals()[Signal.POPULARITY_LONG.ordinal()];
                    default -> Math.log(valuation.best(bundle.features().clone(), bundle.money()));
                };
        boolean worthOffering = Double.isFinite(value);
        places[number] = worthOffering ? count : -1;
        if (worthOffering) {
            considered[count] = number;
            contents[count] = bundle.content();
            worth[count] = value;
            prices[count++] =
                    goal.kind().valued() ? valuation.price() : bundle.money().priceMinor();
        }
    }

    /** Starts a slate. */
    void begin() {
        Arrays.fill(taken, false);
        diversity.begin(worth, count, mmrLambda);
    }

    /** Computes the probabilities at the next rank; a bundle must be left. */
    void weigh() {
        load();
        policy.weigh(values, taken, count, goal.temperature());
    }

    private void load() {
        for (int p = 0; p < count; p++) {
            values[p] = diversity.value(p);
        }
    }

    /** Probability of a bundle from the latest {@link #weigh}; 0 where it is taken or not worth offering. */
    double probability(int number) {
        int place = places[number];
        return place < 0 || taken[place] ? 0 : policy.probability(place);
    }

    /** Puts a bundle of the pool on the next rank. */
    void choose(int number) {
        take(places[number]);
    }

    /** Draws a bundle for the next rank. */
    int draw(double draw) {
        load();
        int place = policy.choose(values, taken, count, goal.temperature(), draw);
        take(place);
        return considered[place];
    }

    private void take(int place) {
        taken[place] = true;
        diversity.choose(contents[place], contents, count);
    }

    /** Whether a bundle is worth offering. */
    boolean offers(int number) {
        return places[number] >= 0;
    }

    /** Price of a bundle that is worth offering, in minor units. */
    long price(int number) {
        return prices[places[number]];
    }

    /** Number of ranks of a slate. */
    int slateSize() {
        return slateSize;
    }
}
