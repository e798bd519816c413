package dev.kombo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.SessionMerge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

class AvroSerdePropertyTest {

    private static final String TOPIC = "any";

    @Provide
    Arbitrary<Class<? extends SpecificRecord>> recordTypes() {
        return Arbitraries.of(
                BehaviorEvent.class,
                Bundle.class,
                BundleOffer.class,
                ConversionReport.class,
                ItemState.class,
                RankerModel.class,
                SessionMerge.class);
    }

    @Property(tries = 300, seed = "1")
    void shouldGiveBackAnEqualRecordWhenReadAgain(
            @ForAll("recordTypes") Class<? extends SpecificRecord> type, @ForAll long seed) {
        SpecificRecord record = AvroScope.random(type, seed);
        Serde<SpecificRecord> serde = serde(type);

        assertThat(serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, record)))
                .isEqualTo(record);
    }

    @Property(tries = 200, seed = "2")
    void shouldWriteZeroThenTheIdThenExactlyWhatAvrosOwnWriterWrites(
            @ForAll("recordTypes") Class<? extends SpecificRecord> type, @ForAll long seed) throws IOException {
        SpecificRecord record = AvroScope.random(type, seed);

        byte[] data = serde(type).serializer().serialize(TOPIC, record);

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        int id = InMemorySchemaRegistry.scope(type.getName()).idOf(TOPIC + "-value", record.getSchema());
        expected.writeBytes(new byte[] {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id});
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(expected, null);
        new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        assertThat(data).isEqualTo(expected.toByteArray());
    }

    @Property(tries = 300, seed = "3")
    void shouldRejectEveryTruncatedRecord(
            @ForAll("recordTypes") Class<? extends SpecificRecord> type, @ForAll long seed) {
        Serde<SpecificRecord> serde = serde(type);
        byte[] data = serde.serializer().serialize(TOPIC, AvroScope.random(type, seed));
        byte[] truncated = Arrays.copyOf(data, new Random(seed).nextInt(data.length));

        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, truncated))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC);
    }

    @Property(tries = 2000, seed = "4")
    void shouldReadOrRejectButNeverFailOtherwiseWhenBytesAreCorrupt(
            @ForAll("recordTypes") Class<? extends SpecificRecord> type, @ForAll long seed) {
        Serde<SpecificRecord> serde = serde(type);
        byte[] data = serde.serializer().serialize(TOPIC, AvroScope.random(type, seed));
        Random random = new Random(seed);
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            int position = EncodingBuffer.HEADER_SIZE + random.nextInt(data.length - EncodingBuffer.HEADER_SIZE);
            data[position] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
        }

        Object record = null;
        SerializationException rejection = null;
        try {
            record = serde.deserializer().deserialize(TOPIC, data);
        } catch (SerializationException e) {
            rejection = e;
        }

        assertThat(record == null).isEqualTo(rejection != null);
    }

    @SuppressWarnings("unchecked")
    private static Serde<SpecificRecord> serde(Class<? extends SpecificRecord> type) {
        AvroSerdes serdes = new AvroSerdes(Map.of("schema.registry.url", "mock://" + type.getName()));
        return (Serde<SpecificRecord>) serdes.value(type);
    }
}
