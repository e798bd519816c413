package dev.kombo.serde;

import dev.kombo.engine.model.SweepSum;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.schema.FactorSweep;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** Maps what a sweep over all items computes, blocks of factors and the sum over them, to Avro records and back. */
public final class SweepMapper {
    private static final int ENTITY_BYTES = 5;
    private static final float[] NONE = {};

    private SweepMapper() {}

    /**
     * Returns a block of rows.
     *
     * @param partners {@link dev.kombo.learning.factors.PartnerTable#partnerOf} each entity
     * @param vectors vectors of one length, or empty
     */
    public static FactorSweep rows(int partition, int generation, List<Long> partners, List<QuantizedVector> vectors) {
        return block(partition, generation, false, partners, vectors);
    }

    /** Returns a block of columns, likewise; they are rounded as rows are. */
    public static FactorSweep columns(int partition, int generation, List<Long> partners, List<float[]> columns) {
        return block(
                partition,
                generation,
                true,
                partners,
                columns.stream().map(QuantizedVector::of).toList());
    }

    private static FactorSweep block(
            int partition, int generation, boolean column, List<Long> partners, List<QuantizedVector> vectors) {
        ByteBuffer entities = ByteBuffer.allocate(partners.size() * ENTITY_BYTES);
        float[] scales = new float[vectors.size()];
        int length = 0;
        for (QuantizedVector vector : vectors) {
            length = Math.max(length, vector.length());
        }
        ByteBuffer values = ByteBuffer.allocate(vectors.size() * length);
        for (int i = 0; i < scales.length; i++) {
            long partner = partners.get(i);
            entities.put((byte) (partner >>> Integer.SIZE)).putInt((int) partner);
            scales[i] = vectors.get(i).scale();
            values.position(i * length).put(vectors.get(i).values());
        }
        values.position(values.limit());
        return FactorSweep.newBuilder()
                .setPartition(partition)
                .setGeneration(generation)
                .setColumn(column)
                .setTargets(entities.flip())
                .setScales(Floats.toBuffer(scales))
                .setVectors(values.flip())
                .build();
    }

    /** Returns the record that ends a sweep of a partition. */
    public static FactorSweep sum(SweepSum sum) {
        return FactorSweep.newBuilder()
                .setPartition(sum.partition())
                .setGeneration(sum.generation())
                .setGram(Floats.toBuffer(sum.gram()))
                .setRows(sum.rows())
                .setUpdates(sum.updates())
                .build();
    }

    /** Passes on the rows of a block; an empty vector means that the entity has none any more. */
    public static void rows(FactorSweep block, ObjLongConsumer<float[]> rows) {
        ByteBuffer entities = block.getTargets().duplicate();
        ByteBuffer values = block.getVectors().duplicate();
        float[] scales = Floats.fromBuffer(block.getScales());
        int length = scales.length == 0 ? 0 : values.remaining() / scales.length;
        for (float scale : scales) {
            long partner =
                    Byte.toUnsignedLong(entities.get()) << Integer.SIZE | Integer.toUnsignedLong(entities.getInt());
            byte[] vector = new byte[length];
            values.get(vector);
            rows.accept(scale == 0 ? NONE : new QuantizedVector(vector, scale).toFloats(), partner);
        }
    }

    /** Returns what ends a sweep; null if the record is a block. */
    public static SweepSum sum(FactorSweep record) {
        return record.getGram() == null
                ? null
                : new SweepSum(
                        record.getPartition(),
                        record.getGeneration(),
                        Floats.fromBuffer(record.getGram()),
                        record.getRows(),
                        record.getUpdates());
    }
}
