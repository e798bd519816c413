package dev.kombo.engine;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;
import dev.kombo.learning.Gradient;
import dev.kombo.learning.UserFactorLearner;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.RecentInteractions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A replay sweep: stored histories are learned from again, and the targets move as well as the shoppers. The gradients
 * of a slice of shoppers are merged: one update a target and slice, not one a step.
 */
public final class SweepLearner {
    private static final class MergedGradient {
        private final float[] factors;
        private float bias;

        MergedGradient(int length) {
            factors = new float[length];
        }

        void add(Gradient gradient) {
            Factors.addScaled(factors, 1f, gradient.factors());
            bias += gradient.bias();
        }
    }

    private final FactorSettings settings;
    private final UserFactorLearner learner;
    private final CatalogIndex catalog;
    private final NegativeTargets negatives;
    private final Gradient gradient;
    private final Map<String, MergedGradient> sums = new LinkedHashMap<>();
    private final LongAdder dropped;

    /**
     * A learner.
     *
     * @param dropped counts steps that would not have been finite
     */
    public SweepLearner(FactorSettings settings, CatalogIndex catalog, LongAdder dropped) {
        this.settings = settings;
        this.learner = new UserFactorLearner(settings);
        this.catalog = catalog;
        this.negatives = new NegativeTargets(settings, catalog);
        this.gradient = new Gradient(settings.factors());
        this.dropped = dropped;
    }

    /** Forgets what a slice that failed left behind. */
    public void begin() {
        sums.clear();
    }

    /**
     * Learns once more from each interaction of a shopper that has a replay left.
     *
     * @param draw decides the negative samples
     * @return interactions replayed
     */
    public int replay(Behavior behavior, long draw) {
        RecentInteractions recent = behavior.recent();
        float[] factors = behavior.factors();
        if (factors.length != settings.factors() || !recent.hasReplays()) {
            return 0;
        }
        int replayed = 0;
        for (int i = 0; i < recent.size(); i++) {
            if (recent.takeReplay(i)) {
                replay(factors, recent.target(i), recent.type(i).preference(), StableHash.combine(draw, i));
                replayed++;
            }
        }
        return replayed;
    }

    private void replay(float[] factors, long target, float preference, long draw) {
        TargetModel liked = catalog.model(target);
        if (!negatives.usable(liked)) {
            return;
        }
        step(factors, liked, 1f, preference);
        TargetModel other = negatives.draw(target, Target.isItem(liked.target()), draw);
        if (other != null) {
            step(factors, other, 0f, preference);
        }
    }

    private void step(float[] factors, TargetModel model, float label, float weight) {
        if (!learner.step(factors, model.vector(), model.bias(), label, weight, gradient)) {
            dropped.increment();
            return;
        }
        sums.computeIfAbsent(model.target(), unused -> new MergedGradient(settings.factors()))
                .add(gradient);
    }

    /** Sends the merged gradients and forgets them. */
    public void drain(long time, TargetUpdates updates) {
        sums.forEach((target, sum) -> updates.update(target, TargetUpdate.replayed(time, sum.factors, sum.bias)));
        sums.clear();
    }
}
