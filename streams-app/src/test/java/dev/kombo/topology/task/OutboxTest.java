package dev.kombo.topology.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.OutcomeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private record Sent(String node, String key, byte[] value, long time) {}

    private final List<Sent> sent = new ArrayList<>();
    private final Outbox outbox = new Outbox((node, key, value, time) -> sent.add(new Sent(node, key, value, time)));

    @Test
    void shouldJoinValuesOfOneSinkAndKeyInTheirOrder() {
        outbox.add("a", "x", new byte[] {1, 2}, 30, Outbox.Layout.SEQUENCE);
        outbox.add("a", "y", new byte[] {3}, 10, Outbox.Layout.SEQUENCE);
        outbox.add("b", "x", new byte[] {4}, 10, Outbox.Layout.SEQUENCE);
        outbox.add("a", "x", new byte[] {5}, 20, Outbox.Layout.SEQUENCE);
        assertThat(sent).isEmpty();

        outbox.send();
        assertThat(sent)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrder(
                        new Sent("a", "x", new byte[] {1, 2, 5}, 30),
                        new Sent("a", "y", new byte[] {3}, 10),
                        new Sent("b", "x", new byte[] {4}, 10));
        outbox.send();
        assertThat(sent).as("each value once").hasSize(3);
    }

    @Test
    void shouldSendABatchThatIsFullBeforeTheCommit() {
        byte[] half = new byte[Outbox.LARGEST_BATCH / 2];
        outbox.add("a", "x", half, 1, Outbox.Layout.SEQUENCE);
        outbox.add("a", "x", half, 2, Outbox.Layout.SEQUENCE);
        assertThat(sent).isEmpty();
        outbox.add("a", "x", new byte[] {1}, 3, Outbox.Layout.SEQUENCE);
        assertThat(sent).singleElement().satisfies(record -> {
            assertThat(record.value()).hasSize(Outbox.LARGEST_BATCH);
            assertThat(record.time()).isEqualTo(2);
        });
        byte[] large = new byte[2 * Outbox.LARGEST_BATCH];
        outbox.add("a", "x", large, 4, Outbox.Layout.SEQUENCE);
        outbox.send();
        assertThat(sent)
                .extracting(record -> record.value().length)
                .containsExactly(Outbox.LARGEST_BATCH, 1, large.length);
    }

    @Test
    void shouldJoinTheListsOfAvroRecords() {
        KomboConfig config = KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://outbox"));
        try (AvroSerdes serdes = new AvroSerdes(config.avroSettings())) {
            assertThat(serdes.writesOwnFormat()).isTrue();
            Serde<OfferOutcomes> values = serdes.value(OfferOutcomes.class);
            for (int i = 0; i < 3; i++) {
                byte[] value = values.serializer().serialize("outcomes", outcomes(2 * i, 2 * i + 2));
                outbox.add("a", "x", value, i, Outbox.Layout.AVRO_LIST);
            }
            // A record without outcomes.
            outbox.add("a", "x", values.serializer().serialize("outcomes", outcomes(0, 0)), 5, Outbox.Layout.AVRO_LIST);
            outbox.send();
            assertThat(sent).hasSize(1);
            assertThat(values.deserializer().deserialize("outcomes", sent.get(0).value()))
                    .isEqualTo(outcomes(0, 6));
        }
    }

    @Test
    void shouldNotJoinRecordsOfDifferentSchemas() {
        outbox.add("a", "x", new byte[] {0, 0, 0, 0, 1, 2, 7, 0}, 1, Outbox.Layout.AVRO_LIST);
        outbox.add("a", "x", new byte[] {0, 0, 0, 0, 2, 2, 8, 0}, 2, Outbox.Layout.AVRO_LIST);
        outbox.send();
        assertThat(sent)
                .extracting(Sent::value)
                .containsExactly(new byte[] {0, 0, 0, 0, 1, 2, 7, 0}, new byte[] {0, 0, 0, 0, 2, 2, 8, 0});
    }

    private static OfferOutcomes outcomes(int from, int to) {
        return new OfferOutcomes(
                IntStream.range(from, to).mapToObj(OutboxTest::outcome).toList());
    }

    private static OfferOutcome outcome(int number) {
        OfferOutcome outcome = new OfferOutcome();
        outcome.setOutcomeId("outcome-" + number);
        outcome.setKind(OutcomeKind.CLICK);
        outcome.setUserId("user");
        outcome.setExperiment("experiment");
        outcome.setArm("arm");
        outcome.setEventId("event");
        outcome.setBundleIds(List.of("bundle"));
        outcome.setMeasured(List.of());
        outcome.setOthers(List.of());
        outcome.setExpectedMinor(List.of());
        return outcome;
    }
}
