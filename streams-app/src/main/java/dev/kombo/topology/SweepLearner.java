package dev.kombo.topology;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.ItemEntry;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;
import dev.kombo.learning.Gradient;
import dev.kombo.learning.UserFactorLearner;
import dev.kombo.ops.Counters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Steps of a replay sweep, their gradients merged by target: one message a target and slice, not one a step. */
final class SweepLearner {
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
    private final Gradient gradient;
    private final Map<String, MergedGradient> sums = new LinkedHashMap<>();
    private final LongAdder dropped;

    SweepLearner(FactorSettings settings, CatalogIndex catalog, Counters counters) {
        this.settings = settings;
        this.learner = new UserFactorLearner(settings);
        this.catalog = catalog;
        this.gradient = new Gradient(settings.factors());
        this.dropped = counters.counter("learning.user.step.dropped");
    }

    /** A step on a target of the history and one on a negative sample. */
    void replay(float[] factors, long target, float preference, long draw) {
        step(factors, catalog.model(target), 1f, preference);
        int items = catalog.itemCount();
        if (items > 0) {
            ItemEntry other = catalog.itemAt(StableHash.below(draw, items));
            step(factors, other == null || other.hash() == target ? null : other.model(), 0f, preference);
        }
    }

    private void step(float[] factors, TargetModel model, float label, float weight) {
        if (model == null || model.vector().length != settings.factors()) {
            return;
        }
        if (!learner.step(factors, model.vector(), model.bias(), label, weight, gradient)) {
            dropped.increment();
            return;
        }
        sums.computeIfAbsent(model.target(), unused -> new MergedGradient(settings.factors()))
                .add(gradient);
    }

    /** Forgets what a slice that failed left behind. */
    void begin() {
        sums.clear();
    }

    /** Sends the merged gradients and forgets them. */
    void drain(long time, Outputs outputs) {
        sums.forEach((target, sum) -> {
            outputs.update(target, ItemUpdates.replayed(time, sum.factors, sum.bias));
        });
        sums.clear();
    }
}
