package dev.kombo.experiment.offpolicy;

/**
 * The reason why the log does not support an estimate.
 *
 * @param reason what is wrong
 * @param explanation a sentence with the numbers, for the reader
 * @param overlap what an estimate would have rested on
 */
public record Refusal(Obstacle reason, String explanation, Overlap overlap) implements EstimateOrRefusal {

    /** The reasons. */
    public enum Obstacle {
        /** The candidate policy makes choices that the logging policy never makes. */
        UNSUPPORTED_CHOICES,
        /** There are too few slates, or the candidate policy would hardly show most of them. */
        SMALL_EFFECTIVE_SAMPLE,
        /** One slate dominates the estimate. */
        DOMINANT_SLATE
    }
}
