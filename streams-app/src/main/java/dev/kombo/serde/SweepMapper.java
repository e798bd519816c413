package dev.kombo.serde;

import dev.kombo.learning.factors.Gram;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.schema.FactorSweep;
import java.nio.ByteBuffer;
import java.util.List;

/** What a sweep says: domain to contract and back. */
public final class SweepMapper {
    private static final int TARGET_BYTES = 5;
    private static final float[] NONE = {};

    private SweepMapper() {}

    /**
     * A block of rows, or of columns.
     *
     * @param column whether of columns
     * @param partners {@link dev.kombo.learning.factors.PartnerTable#partnerOf} each target
     * @param vectors of one length, or of none
     */
    public static FactorSweep block(
            int partition, int generation, boolean column, List<Long> partners, List<QuantizedVector> vectors) {
        ByteBuffer targets = ByteBuffer.allocate(partners.size() * TARGET_BYTES);
        float[] scales = new float[vectors.size()];
        int length = 0;
        for (QuantizedVector vector : vectors) {
            length = Math.max(length, vector.length());
        }
        ByteBuffer values = ByteBuffer.allocate(vectors.size() * length);
        for (int i = 0; i < scales.length; i++) {
            long partner = partners.get(i);
            targets.put((byte) (partner >>> Integer.SIZE)).putInt((int) partner);
            scales[i] = vectors.get(i).scale();
            values.position(i * length).put(vectors.get(i).values());
        }
        values.position(values.limit());
        return FactorSweep.newBuilder()
                .setPartition(partition)
                .setGeneration(generation)
                .setColumn(column)
                .setTargets(targets.flip())
                .setScales(Floats.toBuffer(scales))
                .setVectors(values.flip())
                .build();
    }

    /** What ends a sweep of a partition: the sum over its rows. */
    public static FactorSweep sum(int partition, int generation, Gram gram, long updates) {
        return FactorSweep.newBuilder()
                .setPartition(partition)
                .setGeneration(generation)
                .setGram(Floats.toBuffer(gram.toFloats()))
                .setRows(gram.rows())
                .setUpdates(updates)
                .build();
    }

    /** Takes the rows of a block. */
    @FunctionalInterface
    public interface Rows {
        /** Takes one; of a target that has none any more, a vector of no length. */
        void row(long partner, float[] vector);
    }

    /** The rows of a block, one after the other. */
    public static void rows(FactorSweep block, Rows rows) {
        ByteBuffer targets = block.getTargets().duplicate();
        ByteBuffer values = block.getVectors().duplicate();
        float[] scales = Floats.fromBuffer(block.getScales());
        int length = scales.length == 0 ? 0 : values.remaining() / scales.length;
        for (float scale : scales) {
            long partner =
                    Byte.toUnsignedLong(targets.get()) << Integer.SIZE | Integer.toUnsignedLong(targets.getInt());
            byte[] vector = new byte[length];
            values.get(vector);
            rows.row(partner, scale == 0 ? NONE : new QuantizedVector(vector, scale).toFloats());
        }
    }

    /** The sum that ends a sweep; null where the record is a block. */
    public static float[] gram(FactorSweep record) {
        return record.getGram() == null ? null : Floats.fromBuffer(record.getGram());
    }
}
