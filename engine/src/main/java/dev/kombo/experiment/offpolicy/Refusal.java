package dev.kombo.experiment.offpolicy;

/**
 * Why the log cannot tell what a policy would earn.
 *
 * @param reason what is wrong
 * @param explanation a sentence with the numbers, for the reader
 * @param overlap what an estimate would have rested on
 */
public record Refusal(Reason reason, String explanation, Overlap overlap) implements PolicyValue {

    /** What is wrong with a log. */
    public enum Reason {
        /** The candidate policy makes choices which the logging policy never makes. */
        UNSUPPORTED_CHOICES,
        /** Too few slates, or too many of them the candidate policy would hardly show. */
        SMALL_EFFECTIVE_SAMPLE,
        /** One slate decides too much of the estimate. */
        DOMINANT_SLATE
    }
}
