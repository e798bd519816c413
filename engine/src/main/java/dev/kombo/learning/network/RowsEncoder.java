package dev.kombo.learning.network;

/** Encodes the sequences of the candidates of one request: the optimised counterpart of {@link SequenceEncoder}. */
interface RowsEncoder {
    /** The encoded sequences, one row per component; the array belongs to the encoder. */
    float[][] encode(float[] weights, SequenceRows sequence, int count);

    /** The encoder of a shape, for requests with up to that many candidates. */
    static RowsEncoder of(NetworkShape shape, int candidates) {
        return switch (shape.kind()) {
            case LINEAR, DENSE -> (weights, sequence, count) -> SequenceRows.NONE.rows();
            case CONVOLUTION -> new ConvolutionRows(shape, candidates);
            case RECURRENT -> new RecurrentRows(shape, candidates);
        };
    }
}
