package dev.kombo.engine.trainer;

import dev.kombo.codec.Fields;
import dev.kombo.engine.event.EventOutputs.ConversionExample;
import dev.kombo.engine.event.RankerExample;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.contest.Occasion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training example as received and stored: plain numbers, because it may come from an instance of another version,
 * which has other signals. {@link #ranker} and {@link #conversion} say whether this version can learn from it.
 *
 * @param time epoch milliseconds of the choice
 * @param signals of each bundle, one bundle after the other
 * @param context what all bundles of the request share
 * @param sequence recent interactions against each bundle, one bundle after the other
 * @param label of the first bundle
 * @param weight how much it counts
 * @param occasion ordinal of the {@link Occasion}
 * @param offsets of each bundle; empty where all were drawn at random
 * @param ranks of the first bundle; empty where the choice does not count in the contest
 * @param source what it was made from
 * @param modelVersion version of the ranker that scored the bundles
 */
public record TrainingExample(
        long time,
        float[] signals,
        float[] context,
        float[] sequence,
        float label,
        float weight,
        int occasion,
        float[] offsets,
        byte[] ranks,
        String source,
        long modelVersion) {
    /** Labels are 0 or 1. */
    private static final float POSITIVE = 0.5f;

    private static final float[] NO_STEPS = {};

    /** An example without numbers, to be passed where one is read. */
    public static final TrainingExample BLANK =
            new TrainingExample(0, NO_STEPS, NO_STEPS, NO_STEPS, 0, 0, 0, NO_STEPS, new byte[0], "", 0);

    /** Source of examples from behaviour without an offer. */
    private static final String ORGANIC = "organic";

    /** Source of examples from offers. */
    private static final String FROM_OFFER = "offer";

    /** Version of the layout. */
    private static final int LAYOUT = 1;

    /** Returns a choice that was made without an offer, as an example of the ranker. */
    public static TrainingExample of(RankerExample example, long modelVersion) {
        return new TrainingExample(
                example.time(),
                joined(example.signals()),
                example.context(),
                joined(example.sequences()),
                example.label(),
                example.weight(),
                example.occasion().ordinal(),
                example.offsets(),
                example.ranks(),
                ORGANIC,
                modelVersion);
    }

    /** Returns what became of an offer, as an example of the conversion model. */
    public static TrainingExample of(ConversionExample example) {
        return new TrainingExample(
                example.time(),
                joined(example.features()),
                NO_STEPS,
                NO_STEPS,
                example.accepted() ? 1f : 0f,
                example.weight(),
                0,
                NO_STEPS,
                new byte[0],
                FROM_OFFER,
                0);
    }

    /** The fields, as sent to the trainer, which stores them until they are in the state of the model. */
    public TrainingExample fields(Fields f) {
        f.version("a training example", LAYOUT, LAYOUT, LAYOUT);
        return new TrainingExample(
                f.number(time),
                f.roundedReals(signals),
                f.roundedReals(context),
                f.roundedReals(sequence),
                f.real(label),
                f.real(weight),
                f.number(occasion),
                f.reals(offsets),
                f.bytes(ranks),
                f.text(source),
                f.number(modelVersion));
    }

    /**
     * Returns it as an example of the ranker; null if it does not fit a network of the shape: another version made it,
     * or it is for another model.
     */
    public @Nullable RankerExample ranker(NetworkShape shape) {
        int size = signals.length / shape.signals();
        boolean sequential = shape.kind().sequential();
        if (size == 0
                || (offsets.length != 0 && offsets.length != size)
                || signals.length % shape.signals() != 0
                || (shape.kind().deep() && context.length != shape.context())
                || (sequential
                        && (sequence.length % (size * shape.stepFeatures()) != 0
                                || sequence.length > size * shape.steps() * shape.stepFeatures()))) {
            return null;
        }
        return new RankerExample(
                time,
                rows(signals, size),
                context,
                sequential ? rows(sequence, size) : Collections.nCopies(size, NO_STEPS),
                label,
                weight,
                Occasion.of(occasion),
                offsets,
                ranks);
    }

    /** Returns it as an example of the conversion model; null if it does not fit the features of this version. */
    public @Nullable ConversionExample conversion() {
        int count = signals.length / ConversionFeature.count();
        if (count == 0 || signals.length % ConversionFeature.count() != 0) {
            return null;
        }
        List<float[]> features = rows(signals, count);
        // Bundles of another version may together have as many features.
        for (float[] bundle : features) {
            if (bundle[ConversionFeature.INTERCEPT.ordinal()] != 1) {
                return null;
            }
        }
        return new ConversionExample(time, features, label > POSITIVE, weight);
    }

    /** Joins rows of one length; at least one. */
    private static float[] joined(List<float[]> rows) {
        int length = rows.get(0).length;
        float[] all = new float[length * rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * length, length);
        }
        return all;
    }

    /** Splits what has so many rows of one length. */
    static List<float[]> rows(float[] all, int count) {
        int length = all.length / count;
        List<float[]> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            float[] row = new float[length];
            System.arraycopy(all, i * length, row, 0, length);
            rows.add(row);
        }
        return rows;
    }
}
