package dev.kombo.engine.event;

import static dev.kombo.settings.Range.between;

import dev.kombo.learning.network.NetworkSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.ranking.Ranker;
import dev.kombo.settings.Millis;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Settings of the ranker's training in the stream. */
public record TrainingSettings(
        double share, int negatives, int perSecond, NetworkShape shape, NetworkSettings network) {
    public static final Setting<NetworkShape.Architecture> KIND = Setting.ofChoice(
                    "kombo.ranker.kind", NetworkShape.Architecture.DENSE)
            .medium(
                    "Neural network that the ranker uses in addition to the linear weights of the signals. linear: none."
                            + " dense: two dense layers. convolution, recurrent: dense layers with a convolution or a recurrent"
                            + " unit over the latest interactions. After a change the ranker learns from scratch.");
    public static final Setting<Double> SAMPLING_RATE = Setting.ofDouble(
                    "kombo.training.sampling.rate", 0.1, between(0.0, 1.0))
            .medium("Share of the cart and purchase events from which the ranker learns, drawn by hash.");
    public static final Setting<Integer> NEGATIVES = Setting.ofInt("kombo.training.negatives", 4, between(1, 100))
            .low("Bundles that a chosen one is compared with when the ranker learns: half drawn at random, half from"
                    + " the shopper's best candidates.");
    public static final Setting<Integer> RATE = Setting.ofInt(
                    "kombo.training.examples.per.second", 200, between(0, 100_000))
            .medium("Most training examples per second and task.");
    public static final Setting<Long> PUBLISH_INTERVAL = Setting.ofLong(
                    "kombo.training.publish.interval.ms", 10_000, between(10L, Millis.HOUR))
            .low("Minimum time between two publications of the ranker, in milliseconds.");

    /** Reads the settings. */
    public static TrainingSettings of(SettingValues values) {
        return new TrainingSettings(
                values.get(SAMPLING_RATE),
                values.get(NEGATIVES),
                values.get(RATE),
                Ranker.shape(values.get(KIND)),
                NetworkSettings.of(values));
    }
}
