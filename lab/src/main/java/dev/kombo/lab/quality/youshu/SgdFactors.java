package dev.kombo.lab.quality.youshu;

import dev.kombo.catalog.StableHash;
import dev.kombo.lab.quality.ranking.Draws;
import dev.kombo.learning.factors.FactorMath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Classic matrix factorisation as a baseline: learns factors of users and entities in one pass by stochastic gradient
 * descent on the logistic loss of entities that were taken against others of the same kind, drawn uniformly (Koren, Bell,
 * Volinsky: Matrix Factorization Techniques for Recommender Systems, IEEE Computer 42, 2009). With p the shopper's
 * factors and q the entity's, a step is
 *
 * <pre>
 *   error = label - sigmoid(p·q),   p ← p + rate (error q - penalty p),   q ← q + rate (error p - penalty q)
 * </pre>
 */
final class SgdFactors {
    private static final int FACTORS = 64;
    private static final int NEGATIVES = 4;
    private static final float RATE = 0.1f;
    private static final float PENALTY = 0.001f;

    private final long seed;
    private final Draws draws;
    private final Map<String, float[]> users = new HashMap<>();
    private final Map<String, float[]> targets = new HashMap<>();
    private final List<String> items = new ArrayList<>();
    private final List<String> bundles = new ArrayList<>();

    SgdFactors(long seed) {
        this.seed = seed;
        draws = new Draws("sgd", seed);
    }

    /** Learns that a user took an item or a bundle. */
    void learn(String user, String id, boolean bundle) {
        float[] factors = users.computeIfAbsent("u" + user, this::initial);
        List<String> known = bundle ? bundles : items;
        if (!targets.containsKey((bundle ? "b" : "i") + id)) {
            known.add(id);
        }
        step(factors, target(id, bundle), 1);
        for (int n = 0; n < NEGATIVES; n++) {
            String other = known.get(draws.below(known.size()));
            if (!other.equals(id)) {
                step(factors, target(other, bundle), 0);
            }
        }
    }

    private static void step(float[] user, float[] target, int label) {
        float error = label - (float) (1 / (1 + Math.exp(-FactorMath.dot(user, target))));
        for (int k = 0; k < user.length; k++) {
            float before = user[k];
            user[k] += RATE * (error * target[k] - PENALTY * before);
            target[k] += RATE * (error * before - PENALTY * target[k]);
        }
    }

    private float[] target(String id, boolean bundle) {
        return targets.computeIfAbsent((bundle ? "b" : "i") + id, this::initial);
    }

    private float[] initial(String name) {
        float[] factors = new float[FACTORS];
        long hash = StableHash.of(name, seed);
        for (int k = 0; k < factors.length; k++) {
            factors[k] = (float) (StableHash.unit(StableHash.combine(hash, k)) - 0.5) / 4;
        }
        return factors;
    }

    /** Returns the score of a bundle for a user; 0 if one of them is unknown. */
    double score(String user, String bundle) {
        float[] factors = users.get("u" + user);
        float[] target = targets.get("b" + bundle);
        return factors == null || target == null ? 0 : FactorMath.dot(factors, target);
    }
}
