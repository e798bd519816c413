package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.engine.TwoStageRanker;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.ranking.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The engine's ranking of one kind of target, and the same without some of its signals. */
final class Fusions {
    /** The engine: the linear part of a dense network, then the whole of it. */
    static final String KOMBO = "kombo";

    /** The linear network alone. */
    static final String LINEAR = "linear fusion";

    private final Map<String, TwoStageRanker> rankers = new LinkedHashMap<>();
    private final boolean showsLinear;

    /** Those of the methods that are fusions. */
    Fusions(List<String> methods, NetworkSettings settings, long seed) {
        showsLinear = methods.contains(LINEAR);
        if (showsLinear || methods.contains(KOMBO)) {
            rankers.put(KOMBO, new TwoStageRanker(new boolean[Signal.count()], settings, seed));
        }
        for (SignalGroup group : SignalGroup.values()) {
            if (methods.contains(group.ablation())) {
                rankers.put(group.ablation(), new TwoStageRanker(group.mask(), settings, seed));
            }
        }
    }

    boolean isEmpty() {
        return rankers.isEmpty();
    }

    /**
     * Scores candidates by each method.
     *
     * @param masked candidates to be left out
     * @param scored hears of each method and its scores, one a candidate
     */
    void score(SignalTable table, float[] context, boolean[] masked, BiConsumer<String, double[]> scored) {
        rankers.forEach((name, ranker) -> {
            if (name.equals(KOMBO) && showsLinear) {
                double[] linear = ranker.linear(table.rows(), table.size());
                Scores.mask(linear, masked);
                scored.accept(LINEAR, linear);
            }
            double[] first = ranker.firstStage(table.rows(), table.size());
            Scores.mask(first, masked);
            scored.accept(name, ranker.rerank(table.rows(), context, first));
        });
    }

    /**
     * Learns from a choice.
     *
     * @param signals of the candidates: the first was wanted, the others were not
     * @param weight how much the choice counts
     */
    void learn(List<float[]> signals, float[] context, float weight) {
        for (TwoStageRanker ranker : rankers.values()) {
            ranker.learn(signals, context, weight);
        }
    }

    TwoStageRanker get(String name) {
        return rankers.get(name);
    }

    Map<String, TwoStageRanker> rankers() {
        return rankers;
    }
}
