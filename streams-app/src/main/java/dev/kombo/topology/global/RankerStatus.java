package dev.kombo.topology.global;

import dev.kombo.schema.RankerModel;

/**
 * How the ranker in force came about.
 *
 * @param version of the weights; 0: those that Kombo starts with
 * @param publishedAt when the broker got it, epoch milliseconds; 0: never
 * @param examples that it has learned from, each bundle being one
 * @param logLoss moving mean of the log loss of its predictions; NaN where none was measured
 * @param calibrationError expected calibration error, 0 to 1; NaN where none was measured
 */
public record RankerStatus(long version, long publishedAt, long examples, double logLoss, double calibrationError) {
    /** The ranker that Kombo starts with. */
    static final RankerStatus UNPUBLISHED = new RankerStatus(0, 0, 0, Double.NaN, Double.NaN);

    /**
     * That of a published ranker, which has 0 for what was not measured.
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
