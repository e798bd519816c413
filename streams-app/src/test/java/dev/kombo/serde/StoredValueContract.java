package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.client.AvroSerdes;
import dev.kombo.client.KomboAvroSerializer;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.EngineSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What holds for the values of every store: they are read as they were written, the layout stays, and what version 0.2.0
 * stored is read. A subclass has the values of one store.
 */
abstract class StoredValueContract<D> {
    private static final String LAYOUTS = "stored-layouts.txt";
    private static final Path RELEASED = Path.of("../schemas/released/0.2.0");

    /** Of a changelog; a registry keeps schemas by it. */
    static final String TOPIC = "changelog";

    final KomboConfig config =
            KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://" + UUID.randomUUID()));
    final AvroSerdes avro = new AvroSerdes(config.avroSettings());
    final StoredValues values = new StoredValues(avro, new EngineSettings(config));

    @AfterEach
    void close() {
        avro.close();
    }

    /** Name of the store. */
    abstract String store();

    /** How the store writes its values. */
    abstract Serde<D> serde();

    /** A value with all of its fields. */
    abstract D sample();

    /** Checks that what was read is the {@link #sample}. */
    abstract void assertSample(D read);

    /** A record of {@link #released}. */
    abstract GenericRecord earlier(Schema schema) throws IOException;

    /** Checks that what was read is {@link #earlier}. */
    abstract void assertEarlier(D read);

    /** Name of the schema by which version 0.2.0 stored a value. */
    abstract String released();

    /** The bytes of the sample, whose layout is to stay. */
    byte[] layout() {
        return written();
    }

    final byte[] written() {
        return serde().serializer().serialize(TOPIC, sample());
    }

    private D read(byte[] stored) {
        return serde().deserializer().deserialize(TOPIC, stored);
    }

    /** What Avro's generic writer makes of a record, as any version wrote it. */
    final byte[] avro(String topic, GenericRecord record) {
        try (KomboAvroSerializer serializer = new KomboAvroSerializer()) {
            serializer.configure(config.avroSettings(), false);
            return serializer.serialize(topic, record);
        }
    }

    static Schema schema(String name) throws IOException {
        return new SchemaParser().parse(RELEASED.resolve(name + ".avsc")).mainSchema();
    }

    @Test
    void shouldReadWhatItWroteAndBeginWithTheVersion() {
        byte[] written = written();
        assertThat(written[0]).as("version").isEqualTo((byte) 1);
        assertSample(read(written));
        assertThat(serde().serializer().serialize(TOPIC, read(written))).isEqualTo(written);
        assertThat(serde().serializer().serialize(TOPIC, null)).isNull();
        assertThat(read(null)).isNull();
    }

    @Test
    void shouldReadWhatVersion020StoredAndStoreItAsItsOwn() throws Exception {
        byte[] stored = avro(TOPIC, earlier(schema(released())));
        assertThat(stored[0]).isZero();
        D read = read(stored);
        assertEarlier(read);
        byte[] written = serde().serializer().serialize(TOPIC, read);
        assertThat(written[0]).isEqualTo((byte) 1);
        assertEarlier(read(written));
    }

    /** A change of the layout needs another version of it. */
    @Test
    void shouldKeepTheLayout() throws IOException {
        try (InputStream in = StoredValueContract.class.getResourceAsStream(LAYOUTS)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .contains(store() + " " + HexFormat.of().formatHex(layout()));
        }
    }

    /** What is said of a value with one more byte, a zero. */
    String tooLong() {
        return "left over";
    }

    @Test
    void shouldRefuseBytesThatAreNotExactlyOneValue() {
        byte[] written = written();
        for (int length = 0; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> read(cut))
                    .as("%d of %d bytes", length, written.length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        byte[] longer = Arrays.copyOf(written, written.length + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> read(longer)).withMessageContaining(tooLong());
    }

    @Test
    void shouldRefuseALayoutOfALaterVersion() {
        byte[] later = written();
        for (int version : new int[] {2, 255}) {
            later[0] = (byte) version;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(later))
                    .withMessageContaining("has the layout " + version);
        }
    }

    /** Any damage is noticed or read as other values, and never asks for more memory than the value has bytes. */
    @Test
    void shouldFailInOneWayWhereBytesAreDamaged() {
        byte[] written = written();
        for (int place = 1; place < written.length; place++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] damaged = written.clone();
                damaged[place] ^= (byte) (1 << bit);
                try {
                    read(damaged);
                } catch (IllegalArgumentException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }

    @Test
    void shouldFailInTheSameWayWhereARecordIsDamaged() {
        assertThatThrownBy(() -> read(new byte[] {0, 0, 0, 0, 99, 1})).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> read(new byte[] {0})).isInstanceOf(IllegalArgumentException.class);
    }
}
