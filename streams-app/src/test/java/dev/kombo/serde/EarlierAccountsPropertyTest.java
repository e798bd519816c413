package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.EngineSettings;
import dev.kombo.experiment.Measure;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.MeasureAccount;
import dev.kombo.schema.UpliftState;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Whatever a build since version 0.2.0 stored in Avro is read, and read as the same once it is stored anew. */
class EarlierAccountsPropertyTest {
    private final AvroSerdes avro =
            new AvroSerdes(KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://" + UUID.randomUUID()))
                    .avroSettings());
    private final StoredValues stored = new StoredValues(avro, new EngineSettings(KomboConfig.of(Map.of())));

    @AfterProperty
    void close() {
        avro.close();
    }

    @Property(tries = 200, seed = "48")
    void shouldReadAccounts(@ForAll long seed) {
        RandomRecords records = new RandomRecords(seed);
        ConversionReport report = records.record(ConversionReport.class);
        BundleReport bundle = records.record(BundleReport.class);

        assertReads(report, stored.accounts(), ReportMapper.account(report));
        assertReads(report, stored.comparisons(), ReportMapper.comparisons(report));
        assertReads(bundle, stored.bundles(), ReportMapper.BUNDLES.toDomain(bundle));
    }

    @Property(tries = 200, seed = "49")
    void shouldReadObservations(@ForAll long seed) {
        UpliftState state = new RandomRecords(seed).record(UpliftState.class);
        Random random = new Random(seed);
        for (MeasureAccount account : state.getAccounts()) {
            Measure[] measures = Measure.values();
            account.setMeasure(measures[random.nextInt(measures.length)].label());
            if (random.nextBoolean()) {
                account.setPredictor(IntStream.rangeClosed(1, 135)
                        .mapToObj(place -> place + random.nextDouble())
                        .toList());
            }
        }
        assertReads(state, stored.uplifts(), UpliftMapper.toDomain(state));
    }

    private <T> void assertReads(SpecificRecord record, Serde<T> values, T expected) {
        String topic = record.getSchema().getName();
        byte[] earlier = avro.serializer().serialize(topic, record);
        T read = values.deserializer().deserialize(topic, earlier);
        assertSame(read, expected);
        byte[] anew = values.serializer().serialize(topic, read);
        assertThat(anew[0]).as("its version").isPositive();
        assertSame(values.deserializer().deserialize(topic, anew), expected);
    }

    private static void assertSame(Object one, Object other) {
        assertThat(one)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(other);
    }
}
