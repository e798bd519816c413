package dev.kombo.ranking.slate;

import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.BundleContent;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.value.OfferValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays a logged decision under a candidate goal: computes the probability of the logged choices under it, and of
 * choices that the log does not support. Under the goal that it was logged with, the probabilities equal the logged
 * ones to the last bit. Not thread-safe.
 *
 * <p>A choice is a bundle at a price. The candidate's choice is unsupported where the logging policy would never have
 * made it: the bundle at another price, a bundle that was not worth offering then, or, where not all candidates were
 * considered and the candidate would have considered others, anything except the logged choice. A slate with another
 * number of ranks is unsupported as a whole.
 */
public final class DecisionReplay {
    private final Decision decision;
    private final ReplayedPolicy logging;
    private final ReplayedPolicy candidate;
    private final boolean comparable;

    /** Values a considered bundle at a rank and price. */
    @FunctionalInterface
    public interface Worth {
        /**
         * The value.
         *
         * @param considered index of the bundle among those considered
         * @param rank from 1
         * @param priceMinor price in minor units
         */
        double of(int considered, int rank, long priceMinor);
    }

    /**
     * A rank of the logged slate under the candidate goal, given the logged ranks above.
     *
     * @param probability of the logged choice, 0 to 1
     * @param unsupported probability of choices that the log does not support, 0 to 1 - {@code probability}
     * @param shown worth of the logged choice
     * @param expected mean worth of the candidate's choice
     */
    public record Rank(double probability, double unsupported, double shown, double expected) {}

    /**
     * Creates a replay.
     *
     * @param goal the candidate's, with the conversion model of the decision
     * @param oddsMin {@link RankingSettings#ODDS_MIN} of the candidate
     */
    public DecisionReplay(Decision decision, SlateGoal goal, double oddsMin) {
        this.decision = decision;
        this.logging =
                new ReplayedPolicy(decision, decision.goal(), decision.setting().oddsMin());
        this.candidate = new ReplayedPolicy(decision, goal, oddsMin);
        this.comparable = decision.covers(goal);
    }

    /** The ranks of the logged slate. */
    public List<Rank> ranks(Worth worth) {
        int size = decision.choices().size();
        List<Rank> ranks = new ArrayList<>(size);
        boolean reached = endsAlike();
        logging.begin();
        candidate.begin();
        for (int r = 1; r <= size; r++) {
            int chosen = decision.choices().get(r - 1).considered();
            double shown = worth.of(chosen, r, price(chosen));
            if (!reached || !logging.open()) {
                // Ranks below a choice that the candidate does not make have no weight.
                ranks.add(new Rank(0, r == 1 ? 1 : 0, shown, 0));
                continue;
            }
            Rank rank = rank(chosen, r, shown, worth);
            ranks.add(rank);
            reached = rank.probability() > 0;
            if (reached) {
                logging.choose(chosen);
                candidate.choose(chosen);
            }
        }
        return ranks;
    }

    /** Whether a slate of the candidate that has the logged ranks ends where the logged one does. */
    private boolean endsAlike() {
        candidate.begin();
        for (Decision.Choice choice : decision.choices()) {
            if (!candidate.open()) {
                return false;
            }
            if (!candidate.offers(choice.considered())) {
                return true;
            }
            candidate.choose(choice.considered());
        }
        return !candidate.open();
    }

    private Rank rank(int chosen, int rank, double shown, Worth worth) {
        logging.weigh();
        candidate.weigh();
        double unsupported = 0;
        double expected = 0;
        for (int i = 0; i < decision.considered().size(); i++) {
            double probability = candidate.probability(i);
            if (probability > 0) {
                expected += probability * worth.of(i, rank, candidate.price(i));
                unsupported += supported(i) ? 0 : probability;
            }
        }
        double same = supported(chosen) ? candidate.probability(chosen) : 0;
        return new Rank(same, comparable ? Math.min(unsupported, 1 - same) : 1 - same, shown, expected);
    }

    private boolean supported(int number) {
        return logging.probability(number) > 0 && candidate.offers(number) && candidate.price(number) == price(number);
    }

    private long price(int number) {
        return decision.considered().get(number).terms().priceMinor();
    }

    /**
     * Mean value of the candidate's slates: of the sum over their ranks, over slates drawn.
     *
     * @param draws slates drawn, at least 1: the mean is unbiased with any number
     * @param seed decides the draws
     */
    public double expected(int draws, long seed, Worth worth) {
        double sum = 0;
        for (int d = 0; d < draws; d++) {
            List<Integer> slate = draw(StableHash.combine(seed, d));
            for (int r = 1; r <= slate.size(); r++) {
                int number = slate.get(r - 1);
                sum += worth.of(number, r, candidate.price(number));
            }
        }
        return sum / draws;
    }

    /** Draws a slate of the candidate: indices among the bundles considered, from the top. */
    public List<Integer> draw(long seed) {
        candidate.begin();
        List<Integer> slate = new ArrayList<>();
        for (int r = 1; candidate.open(); r++) {
            slate.add(candidate.draw(SlatePolicy.draw(seed, r)));
        }
        return slate;
    }

    /** Price at which the candidate offers a bundle that it drew, in minor units. */
    public long candidatePrice(int considered) {
        return candidate.price(considered);
    }

    /**
     * Probability that a bundle is bought, by the conversion model of the decision.
     *
     * @param rank from 1
     */
    public double taken(int considered, int rank, long priceMinor) {
        ConsideredCandidate bundle = decision.considered().get(considered);
        float[] features = bundle.features().clone();
        OfferValue.priced(features, bundle.money(), decision.setting().levels(), priceMinor);
        features[ConversionFeature.RANK.ordinal()] = (float) Math.log(rank);
        return decision.conversionModel().probability(features);
    }

    /**
     * Fills slates from the candidates of a logged decision under another goal, with the code that fills slates for
     * offers. Bundles are identified by their index among those considered. Not thread-safe.
     */
    private static final class ReplayedPolicy {
        private final OfferValue valuation = new OfferValue();
        private final SlateGoal goal;
        private final double defaultMmrLambda;
        private final SlatePool<BundleContent> pool;
        /** Position of each considered bundle in the pool; -1: not worth offering. */
        private final int[] places;

        private final int most;
        private int ranks;

        ReplayedPolicy(Decision decision, SlateGoal goal, double oddsMin) {
            this.goal = goal;
            Decision.Conditions setting = decision.setting();
            defaultMmrLambda = setting.defaultMmrLambda();
            List<ConsideredCandidate> all = decision.considered();
            places = new int[all.size()];
            pool = new SlatePool<>(all.size(), BundleContent[]::new, oddsMin);
            valuation.begin(goal, setting.levels());
            for (int i = 0; i < places.length; i++) {
                add(i, all.get(i));
            }
            most = setting.size();
        }

        private void add(int number, ConsideredCandidate bundle) {
            double value = switch (goal.kind()) {
                case RELEVANCE -> bundle.relevance();
                case POPULARITY -> bundle.signals()[Signal.POPULARITY_LONG.ordinal()];
                default -> Math.log(valuation.best(bundle.features().clone(), bundle.money()));
            };
            boolean worthOffering = Double.isFinite(value);
            places[number] = worthOffering ? pool.size() : -1;
            if (worthOffering) {
                boolean valued = goal.kind().valued();
                double odds = valued ? valuation.logOdds() : goal.kind() == SlateGoal.Criterion.RELEVANCE ? value : 0;
                long price = valued ? valuation.price() : bundle.money().priceMinor();
                pool.add(number, bundle.content(), value, odds, price);
            }
        }

        /** Starts a slate. */
        void begin() {
            pool.begin(goal, defaultMmrLambda);
            ranks = 0;
        }

        /** Whether the slate has a next rank. */
        boolean open() {
            return ranks < most && pool.open();
        }

        /** Computes the probabilities at the next rank, which there must be. */
        void weigh() {
            pool.weigh();
        }

        /** Probability of a bundle from the latest {@link #weigh}; 0 where it is taken or not worth offering. */
        double probability(int number) {
            return offers(number) ? pool.probability(places[number]) : 0;
        }

        /** Puts a bundle of the pool on the next rank. */
        void choose(int number) {
            pool.take(places[number]);
            ranks++;
        }

        /** Draws a bundle for the next rank. */
        int draw(double draw) {
            int place = pool.choose(draw);
            pool.take(place);
            ranks++;
            return pool.candidate(place);
        }

        /** Whether a bundle is worth offering. */
        boolean offers(int number) {
            return places[number] >= 0;
        }

        /** Price of a bundle that is worth offering, in minor units. */
        long price(int number) {
            return pool.price(places[number]);
        }
    }
}
