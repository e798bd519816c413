package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.Allocation;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Strategy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvroJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode document(String text) throws Exception {
        return JSON.readTree(text);
    }

    @Test
    void shouldFillInDefaultsWhenFieldsAreLeftOut() throws Exception {
        AvroJson.Read<BehaviorEvent> read = AvroJson.read(
                document("{\"eventId\": \"e\", \"type\": \"VIEW\", \"eventTime\": 5}"), BehaviorEvent.class);

        assertThat(read.faults()).isEmpty();
        assertThat(read.record().getType()).isEqualTo(EventType.VIEW);
        assertThat(read.record().getQuantity()).isEqualTo(1);
        assertThat(read.record().getUserId()).isNull();
        assertThat(read.record().getAttributes()).isEqualTo(Map.of());
    }

    @Test
    void shouldNotShareDefaultsBetweenRecords() throws Exception {
        JsonNode event = document("{\"eventId\": \"e\", \"type\": \"VIEW\", \"eventTime\": 5}");
        BehaviorEvent first = AvroJson.read(event, BehaviorEvent.class).record();
        first.getAttributes().put("derived", "true");

        assertThat(AvroJson.read(event, BehaviorEvent.class).record().getAttributes())
                .isEmpty();
    }

    @Test
    void shouldTellAllThatIsWrongWithItsPlace() throws Exception {
        String text = """
            {"salt": null, "version": 1.5, "arms": [{"name": "a", "kind": "UNKNOWN", "share": "half"}, 3],
             "endsAt": 99999999999999999999, "segments": {}, "colour": "red"}\
            """;

        AvroJson.Read<Strategy> read = AvroJson.read(document(text), Strategy.class);

        assertThat(read.record()).isNull();
        assertThat(read.faults())
                .extracting(fault -> fault.field() + " " + fault.reason())
                .containsExactlyInAnyOrder(
                        "colour unknown-field",
                        "version wrong-type",
                        "salt wrong-type",
                        "arms[0].kind wrong-type",
                        "arms[0].share wrong-type",
                        "arms[1] wrong-type",
                        "endsAt wrong-type",
                        "segments wrong-type");
        assertThat(AvroJson.read(document("[]"), Strategy.class).faults()).hasSize(1);
        assertThat(AvroJson.read(document("{}"), Strategy.class).faults())
                .extracting(AvroJson.Fault::reason)
                .containsOnly("missing-field");
    }

    @Test
    void shouldIgnoreFieldsOfEarlierVersionsAndTellWhatReplacesThem() throws Exception {
        AvroJson.Read<Strategy> read = AvroJson.read(
                document("{\"version\": 1, \"salt\": \"s\", \"arms\": [], \"decisionSamplingRate\": \"half\"}"),
                Strategy.class);

        assertThat(read.faults()).isEmpty();
        assertThat(read.record().getSalt()).isEqualTo("s");
        assertThat(read.ignored())
                .extracting(field -> field.field() + " " + field.reason())
                .containsExactly("decisionSamplingRate removed-field");
        assertThat(AvroJson.read(document("{\"decisionSamplingRate\": 1}"), BehaviorEvent.class)
                        .faults())
                .as("of another record")
                .extracting(AvroJson.Fault::reason)
                .contains("unknown-field");
    }

    /** As Avro's own tools have it, and as a person would write it. */
    @Test
    void shouldTakeValuesThatMayBeNullWrappedOrPlain() throws Exception {
        String arms = "\"version\": 1, \"salt\": \"s\", \"arms\": [], ";
        String bounds = "{\"minimumShare\": 0.1, \"maximumShare\": 0.9, \"usersAtLeast\": 50}";
        Strategy plain = read("{" + arms + "\"startsAt\": 5, \"allocation\": " + bounds + "}");

        assertThat(plain.getStartsAt()).isEqualTo(5);
        assertThat(plain.getAllocation()).isEqualTo(new Allocation(0.1, 0.9, 50));
        assertThat(read("{" + arms + "\"startsAt\": {\"long\": 5}, \"allocation\": {\"dev.kombo.schema.Allocation\": "
                        + bounds + "}}"))
                .isEqualTo(plain);
        assertThat(read(plain.toString())).isEqualTo(plain);
    }

    private static Strategy read(String text) throws Exception {
        return AvroJson.read(document(text), Strategy.class).record();
    }

    @Test
    void shouldNotRepeatAHugeValueInTheDetail() throws Exception {
        JsonNode event = document("{\"eventId\": \"e\", \"type\": \"" + "x".repeat(5000) + "\", \"eventTime\": 5}");

        assertThat(AvroJson.read(event, BehaviorEvent.class).faults().get(0).detail())
                .hasSizeLessThan(300);
    }

    @Test
    void shouldWriteAStrategyAsItCanBePosted() {
        Strategy standard = StrategyMapper.PLANS.toAvro(StrategyPlan.standard());

        AvroJson.Read<Strategy> read = AvroJson.read(AvroJson.write(standard), Strategy.class);

        assertThat(read.record()).isEqualTo(standard);
        assertThat(StrategyMapper.PLANS.toDomain(read.record())).isEqualTo(StrategyPlan.standard());
    }
}
