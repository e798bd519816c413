package dev.kombo.research.evaluation;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.EngineSettings;
import dev.kombo.research.evaluation.RankingTask.Baseline;
import dev.kombo.shop.Progress;
import java.util.List;
import java.util.Map;

/**
 * One pass of an evaluation over a data set with one seed: asks all methods, lets the engine learn, and takes the means
 * of the metrics. Each protocol has its own. Not thread-safe.
 */
abstract class Pass {
    protected final List<String> methods;
    protected final long seed;
    protected final EngineSettings settings;
    protected final Means means;

    /**
     * @param defaults settings of the protocol, unless others are given
     */
    protected Pass(EvaluationOptions options, Map<String, String> defaults, long seed) {
        this.methods = options.methods();
        this.seed = seed;
        this.settings = new EngineSettings(KomboConfig.of(options.settings(defaults)), seed);
        this.means = new Means(options.questions(), seed);
    }

    /** Runs the pass; called once. */
    abstract SeedResult run(Progress progress) throws InterruptedException;

    /** New networks for the learning methods. */
    protected final Networks networks() {
        return new Networks(methods, settings, seed);
    }

    /** A task of its own, with networks of its own. */
    protected final RankingTask task(CatalogIndex index, Map<String, Baseline> baselines, int positives, int length) {
        return new RankingTask(index, settings.ranking(), methods, baselines, networks(), positives, length, seed);
    }

    /** Returns the means so far. */
    protected final SeedResult result(Map<String, Long> leftOut) {
        SeedResult result = new SeedResult();
        means.addTo(result, methods);
        return result.leftOut(leftOut);
    }
}
