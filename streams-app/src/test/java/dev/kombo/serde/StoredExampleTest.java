package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.trainer.TrainingExample;
import dev.kombo.topology.task.StoreNames;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StoredExampleTest extends StoredValueContract<List<TrainingExample>> {
    private static final long NOW = 1_760_000_000_000L;
    private static final byte[] RANKS = {0, 3, -1};

    @Override
    String store() {
        return StoreNames.TRAINER_PENDING;
    }

    @Override
    Serde<List<TrainingExample>> serde() {
        return values.examples();
    }

    @Override
    List<TrainingExample> sample() {
        return List.of(example(2, new float[] {1, 0}, RANKS));
    }

    private static TrainingExample example(int occasion, float[] offsets, byte[] ranks) {
        return new TrainingExample(
                NOW,
                new float[] {0.5f, -1, 2, 3},
                new float[] {4},
                new float[] {5, 6},
                1,
                0.75f,
                occasion,
                offsets,
                ranks,
                "organic",
                7);
    }

    @Override
    void assertSample(List<TrainingExample> read) {
        assertThat(read).usingRecursiveComparison().isEqualTo(sample());
    }

    /** More bytes begin another example. */
    @Override
    String tooLong() {
        return "a training example has the layout 0";
    }

    @Override
    String released() {
        return "TrainingExample";
    }

    @Override
    GenericRecord earlier(Schema schema) {
        return new GenericRecordBuilder(schema)
                .set("eventTime", NOW)
                .set("signals", Floats.toBuffer(new float[] {0.5f, -1, 2, 3}))
                .set("context", Floats.toBuffer(new float[] {4}))
                .set("sequence", Floats.toBuffer(new float[] {5, 6}))
                .set("label", 1f)
                .set("weight", 0.75f)
                .set("source", "organic")
                .set("modelVersion", 7L)
                .build();
    }

    @Override
    void assertEarlier(List<TrainingExample> read) {
        assertThat(read).usingRecursiveComparison().isEqualTo(List.of(example(0, new float[0], new byte[0])));
    }

    @Test
    void shouldReadListsThatWereJoined() {
        List<TrainingExample> other = List.of(example(0, new float[0], new byte[0]));
        byte[] one = serde().serializer().serialize(TOPIC, sample());
        byte[] two = serde().serializer().serialize(TOPIC, other);
        byte[] joined = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, joined, one.length, two.length);
        assertThat(serde().deserializer().deserialize(TOPIC, joined))
                .usingRecursiveComparison()
                .isEqualTo(List.of(sample().get(0), other.get(0)));
    }

    @Test
    void shouldReadTheFieldsOfBuildsSinceVersion020() {
        dev.kombo.schema.TrainingExample stored = dev.kombo.schema.TrainingExample.newBuilder()
                .setEventTime(NOW)
                .setSignals(Floats.toBuffer(sample().get(0).signals()))
                .setContext(Floats.toBuffer(sample().get(0).context()))
                .setSequence(Floats.toBuffer(sample().get(0).sequence()))
                .setLabel(1)
                .setWeight(0.75f)
                .setOccasion(2)
                .setOffsets(Floats.toBuffer(sample().get(0).offsets()))
                .setRanks(ByteBuffer.wrap(RANKS))
                .setSource("organic")
                .setModelVersion(7)
                .build();
        byte[] bytes =
                avro.value(dev.kombo.schema.TrainingExample.class).serializer().serialize(TOPIC, stored);
        assertThat(serde().deserializer().deserialize(TOPIC, bytes))
                .usingRecursiveComparison()
                .isEqualTo(sample().subList(0, 1));
    }
}
