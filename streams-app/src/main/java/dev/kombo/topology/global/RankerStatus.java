package dev.kombo.topology.global;

import dev.kombo.schema.RankerModel;

/**
 * Where the active ranker comes from and how well it predicts.
 *
 * @param version of the weights; 0: the weights that Kombo ships with
 * @param publishedAt when the broker received it, epoch milliseconds; 0: never
 * @param examples number of examples it has learned from, one per bundle
 * @param logLoss moving mean of the log loss of its predictions; NaN if not measured
 * @param calibrationError expected calibration error, 0 to 1; NaN if not measured
 */
public record RankerStatus(long version, long publishedAt, long examples, double logLoss, double calibrationError) {
    /** The ranker that Kombo ships with. */
    static final RankerStatus UNPUBLISHED = new RankerStatus(0, 0, 0, Double.NaN, Double.NaN);

    /**
     * The status of a published ranker; its record has 0 for what was not measured.
     *
     * @param publishedAt epoch milliseconds
     */
    static RankerStatus of(RankerModel model, long publishedAt) {
        boolean measured = model.getLogLoss() > 0;
        return new RankerStatus(
                model.getVersion(),
                publishedAt,
                model.getExamples(),
                measured ? model.getLogLoss() : Double.NaN,
                measured ? model.getCalibrationError() : Double.NaN);
    }
}
