package dev.kombo.engine.trainer;

import dev.kombo.codec.Fields;
import dev.kombo.learning.network.NetworkShape;
import java.util.List;

/**
 * The parameters of a trained model as plain numbers: either all that the trainer stores to resume training, or the
 * part that is published. Which numbers a model has depends on its kind; {@link TrainedRankers} and {@link
 * TrainedConversions} write and read them.
 *
 * @param name one of {@link RankerNames}
 * @param version increases by one per publication
 * @param weights in the layout of the kind
 * @param linear published only: weights of the signals by occasion, one occasion after the other
 * @param contest state of the contest of rankers
 * @param calibration state of the calibration; of the conversion model, predicted and actual conversions
 * @param progress what only the trainer needs
 * @param trainedAt event time of the latest example, epoch milliseconds
 */
public record TrainedModel(
        String name,
        long version,
        Form form,
        float[] weights,
        float[] linear,
        double[] contest,
        double[] calibration,
        Odds odds,
        Progress progress,
        Measures measures,
        long trainedAt) {
    static final float[] NO_FLOATS = {};
    static final double[] NO_DOUBLES = {};

    /** Version of the layout. */
    private static final int LAYOUT = 1;

    /** A model without numbers, to be passed where one is read. */
    public static TrainedModel blank() {
        return new TrainedModel(
                "",
                0,
                new Form("", 0, 0, 0, 0, List.of()),
                NO_FLOATS,
                NO_FLOATS,
                NO_DOUBLES,
                NO_DOUBLES,
                Odds.NONE,
                Progress.NONE,
                new Measures(0, 0, 0, 0, 0, 0),
                0);
    }

    /** The fields, as the trainer stores them. */
    public TrainedModel fields(Fields f) {
        f.version("a model in training", LAYOUT, LAYOUT, LAYOUT);
        return new TrainedModel(
                f.text(name),
                f.number(version),
                form.fields(f),
                f.reals(weights),
                f.reals(linear),
                f.reals(contest),
                f.reals(calibration),
                odds.fields(f),
                progress.fields(f),
                measures.fields(f),
                f.number(trainedAt));
    }

    /**
     * What the weights belong to.
     *
     * @param kind name of a {@link NetworkShape.Architecture}, or of another kind of model
     * @param context inputs that the bundles of a request share
     * @param hidden units of each dense layer
     * @param steps longest sequence of recent interactions
     * @param stepFeatures features of one interaction
     * @param signals names of the signals or features, in the order of the weights
     */
    public record Form(String kind, int context, int hidden, int steps, int stepFeatures, List<String> signals) {
        private Form fields(Fields f) {
            return new Form(
                    f.text(kind),
                    f.number(context),
                    f.number(hidden),
                    f.number(steps),
                    f.number(stepFeatures),
                    f.texts(signals));
        }

        /** The form of a network. */
        static Form of(NetworkShape shape, List<String> signals) {
            return new Form(
                    shape.kind().name(), shape.context(), shape.hidden(), shape.steps(), shape.stepFeatures(), signals);
        }

        /** Whether it is that of a network of the shape, over whichever signals. */
        boolean matches(NetworkShape shape) {
            return equals(of(shape, signals));
        }
    }

    /**
     * Turns the score of a bundle into the probability that it is chosen among a few others: sigmoid(slope * score +
     * offset).
     *
     * @param negatives how many others; 0: not calibrated yet
     */
    public record Odds(float slope, float offset, float negatives) {
        /** Scores are taken as they are. */
        public static final Odds NONE = new Odds(1, 0, 0);

        private Odds fields(Fields f) {
            return new Odds(f.real(slope), f.real(offset), f.real(negatives));
        }
    }

    /**
     * What only the trainer needs; empty where it is not published.
     *
     * @param moments of the optimiser: first moments, second moments, last good weights
     * @param waiting examples of the open mini-batch
     * @param counts progress of the optimiser, or state of the conversion model's regression
     * @param linear state of the regressions by occasion, one after the other
     */
    public record Progress(float[] moments, float[] waiting, double[] counts, double[] linear) {
        static final Progress NONE = new Progress(NO_FLOATS, NO_FLOATS, NO_DOUBLES, NO_DOUBLES);

        private Progress fields(Fields f) {
            return new Progress(f.reals(moments), f.reals(waiting), f.reals(counts), f.reals(linear));
        }
    }

    /**
     * How far training has come, and how good the model was.
     *
     * @param examples that it learned from; each bundle is one
     * @param logLoss moving mean of the log loss of predictions, each made before its example was learned from; 0: not
     *     measured yet
     * @param calibrationError 0 to 1; 0: not measured yet
     * @param accepted conversions that the conversion model was learned from
     * @param dropped examples with a number that was not finite or out of range
     * @param restored times that the weights had diverged and the last good ones were restored
     */
    public record Measures(
            long examples, double logLoss, double calibrationError, double accepted, long dropped, long restored) {
        private Measures fields(Fields f) {
            return new Measures(
                    f.number(examples),
                    f.real(logLoss),
                    f.real(calibrationError),
                    f.real(accepted),
                    f.number(dropped),
                    f.number(restored));
        }
    }
}
