package dev.kombo.engine.trainer;

import dev.kombo.learning.network.NetworkShape;
import dev.kombo.ranking.Signal;
import java.util.Arrays;
import java.util.List;

/** Rankers as version 0.2.0 wrote them. */
public final class ReleasedRankers {
    /** The signals of version 0.2.0, in its order. */
    public static final List<String> SIGNALS = List.of(
            "dot",
            "cosine",
            "member-cosine",
            "purchase-cosine",
            "content",
            "neighbors",
            "popularity-long",
            "own-popularity",
            "popularity-short",
            "member-overlap",
            "own-repeat",
            "own-count",
            "own-recency",
            "basket-confidence",
            "basket-share",
            "support",
            "all-confidence",
            "size",
            "category-affinity",
            "price-distance",
            "discount",
            "freshness",
            "exposure",
            "trigger",
            "click-rate",
            "conversion-rate");

    private ReleasedRankers() {}

    /** A ranker of this version as a network with the same weights over the signals of 0.2.0. */
    public static TrainedModel of(TrainedModel model, NetworkShape shape) {
        List<String> now = List.of(Signal.labels());
        int[] places = SIGNALS.stream().mapToInt(now::indexOf).toArray();
        NetworkShape released = shape.withSignals(places.length);
        float[] optimizer = model.progress().moments();
        float[] moments = new float[optimizer.length == 0 ? 0 : 3 * released.weights()];
        for (int part = 0; moments.length > 0 && part < 3; part++) {
            int length = shape.weights();
            System.arraycopy(
                    less(Arrays.copyOfRange(optimizer, part * length, (part + 1) * length), shape, released, places),
                    0,
                    moments,
                    part * released.weights(),
                    released.weights());
        }
        return new TrainedModel(
                model.name(),
                model.version(),
                TrainedModel.Form.of(shape, SIGNALS),
                less(model.weights(), shape, released, places),
                new float[0],
                new double[0],
                model.calibration(),
                model.odds(),
                new TrainedModel.Progress(
                        moments, model.progress().waiting(), model.progress().counts(), new double[0]),
                model.measures(),
                model.trainedAt());
    }

    private static float[] less(float[] weights, NetworkShape shape, NetworkShape released, int[] places) {
        return released.adapted(weights, shape, places, new float[places.length]);
    }
}
