package dev.kombo.learning.network;

/**
 * The recent interactions of one shopper against the candidates of a request, by candidate.
 *
 * @param rows feature f of step s for all candidates in row {@code s * stepFeatures + f}, oldest step first; kept
 * @param length valid steps, the same for all candidates
 */
public record SequenceRows(float[][] rows, int length) {
    /** No interactions. */
    public static final SequenceRows NONE = new SequenceRows(new float[0][], 0);

    /** Validates the length. */
    public SequenceRows {
        if (length < 0) {
            throw new IllegalArgumentException("length must be at least 0, is " + length);
        }
    }
}
