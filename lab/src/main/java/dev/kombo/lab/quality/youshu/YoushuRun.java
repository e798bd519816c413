package dev.kombo.lab.quality.youshu;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.StableHash;
import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.engine.EnginePace;
import dev.kombo.lab.quality.engine.FusionModel;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.learning.NetworkKind;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.learning.NetworkShape;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.EventMapper;
import dev.kombo.topology.EngineSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One pass over Youshu with one seed: all train pairs, of items and of bundles, in one random order; then all bundles
 * are ranked for every user who has something to predict.
 */
final class YoushuRun {
    static final EnginePace PACE = new EnginePace(500, 40);

    private static final int NEGATIVES = 19;
    private static final double EXAMPLE_SHARE = 0.3;
    private static final int CURVE_INTERVALS = 20;

    private final YoushuData data;
    private final NetworkSettings training;
    private final List<String> methods;
    private final long seed;
    private final YoushuStream stream;
    private final InProcessEngine engine;
    private final YoushuRanking ranking;
    private final Map<String, FusionModel> models = new LinkedHashMap<>();
    private final LearningCurve curve;
    private final float[] logits;

    /**
     * A run.
     *
     * @param share of the stream that is learned from, from its head on, in (0, 1]
     */
    YoushuRun(
            YoushuData data,
            EngineSettings settings,
            NetworkSettings training,
            List<String> methods,
            long seed,
            double share) {
        this.data = data;
        this.training = training;
        this.methods = methods;
        this.seed = seed;
        this.stream = new YoushuStream(data, seed, share);
        CatalogIndex index = new CatalogIndex(settings.index());
        YoushuStream.bundles(data).forEach(bundle -> index.putBundle(CatalogMapper.toDomain(bundle)));
        this.engine = new InProcessEngine(settings, PACE, List.of(index));
        this.ranking = new YoushuRanking(data, index, settings.ranking());
        this.logits = new float[data.bundles()];
        this.curve = new LearningCurve(Math.max(1, data.train().size()), CURVE_INTERVALS);
        for (String method : methods) {
            model(method);
        }
    }

    private void model(String method) {
        Signal without = YoushuMethods.without(method);
        if (method.equals(YoushuMethods.LINEAR)) {
            add(method, NetworkKind.LINEAR, null);
        } else if (method.equals(YoushuMethods.KOMBO) || without != null) {
            add(method, NetworkKind.DENSE, without);
        }
    }

    private void add(String method, NetworkKind kind, Signal without) {
        NetworkShape shape = NetworkShape.of(kind, Signal.count(), 0);
        models.put(method, new FusionModel(shape, training, without, data.bundles(), seed));
    }

    /** Learns from the stream, then ranks. */
    SeedResult run(Progress progress) throws InterruptedException {
        long total = stream.size() + (long) data.users() * 2;
        int seen = 0;
        for (int e = 0; e < stream.size(); e++) {
            int bundle = stream.bundle(e);
            ShopperEvent event = EventMapper.toDomain(stream.event(e));
            if (bundle >= 0 && StableHash.unit(StableHash.of(event.eventId(), seed)) < EXAMPLE_SHARE) {
                observe(event, bundle, seen);
            }
            seen += bundle >= 0 ? 1 : 0;
            engine.learn(event);
            progress.update(e, total);
            YoushuRanking.interruptible();
        }
        engine.publish();
        SeedResult result = ranking.rank(
                methods,
                scorers(),
                shopper -> engine.shopper(shopper).behavior(),
                YoushuStream.time(stream.size() - 1),
                seed,
                (users, all) -> progress.update(stream.size() + 2L * users, total));
        result.fact("events", Integer.toString(stream.size()));
        result.fact("replays an event", String.format(Locale.ROOT, "%.2f", engine.replays() / (double) stream.size()));
        if (models.containsKey(YoushuMethods.KOMBO)) {
            result.learning(YoushuMethods.KOMBO, YoushuRanking.RECALL + " of the next bundle", curve);
        }
        return result;
    }

    private Map<String, YoushuRanking.Model> scorers() {
        Map<String, YoushuRanking.Model> scorers = new LinkedHashMap<>();
        models.forEach((method, model) ->
                scorers.put(method, (behavior, scored, target) -> model.score(scored.rows(), scored.size(), target)));
        return scorers;
    }

    /** Test, then learn: the bundle is ranked before anybody has heard of it, and only then are the models told. */
    private void observe(ShopperEvent event, int bundle, int position) {
        Behavior behavior = engine.shopper(event.shopperKey()).behavior();
        if (models.isEmpty() || behavior.recent().size() == 0) {
            return;
        }
        ScoredCandidates scored = ranking.score(behavior, event.time());
        float[][] rows = scored.rows();
        int chosen = ranking.candidate(bundle);
        FusionModel kombo = models.get(YoushuMethods.KOMBO);
        if (kombo != null) {
            kombo.score(rows, scored.size(), logits);
            curve.add(position, rankOf(chosen, scored.size()) < YoushuRanking.TOP ? 1 : 0);
        }
        int[] others = others(StableHash.of(event.eventId(), seed + 1), chosen);
        for (FusionModel model : models.values()) {
            model.learn(rows, chosen, others);
        }
    }

    private int rankOf(int candidate, int count) {
        int better = 0;
        for (int c = 0; c < count; c++) {
            better += logits[c] > logits[candidate] ? 1 : 0;
        }
        return better;
    }

    private int[] others(long draw, int chosen) {
        int[] others = new int[NEGATIVES];
        for (int i = 0; i < others.length; i++) {
            int other = StableHash.below(StableHash.combine(draw, i), data.bundles());
            others[i] = other == chosen ? (other + 1) % data.bundles() : other;
        }
        return others;
    }
}
