package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.client.KomboAvroSerializer;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Strategies that an earlier version published, with fields that this version does not have. */
class EarlierStrategyTest {
    private static final Path RELEASED = Path.of("../schemas/released/0.2.0/Strategy.avsc");

    @RegisterExtension
    final Shop shop = new Shop();

    private final String registry = "mock://" + UUID.randomUUID();
    private EngineDriver engine;

    private void open() {
        engine = shop.empty(Map.of(
                OfferSettings.INTERVAL.name(),
                "0",
                OfferSettings.SIZE.name(),
                "2",
                ServiceSettings.REGISTRY_URL.name(),
                registry));
        for (String item : List.of("a", "b", "c", "d")) {
            engine.item(item, 1000);
        }
        engine.bundle("ab", 1700, "a", "b");
        engine.bundle("cd", 1700, "c", "d");
    }

    @Test
    void shouldActivateAStrategyOfVersion020AndGoOnFromIt() throws Exception {
        assertActive(new SchemaParser().parse(RELEASED).mainSchema());
    }

    @Test
    void shouldActivateAStrategyOfABuildSinceAndGoOnFromIt() throws Exception {
        ObjectNode schema = (ObjectNode)
                new ObjectMapper().readTree(Strategy.getClassSchema().toString());
        ObjectNode arm = (ObjectNode) schema.at("/fields/2/type/items");
        assertThat(arm.path("name").asText()).isEqualTo("StrategyArm");
        insert(arm, "temperature");
        insert(arm, "explorationRate");
        insert(schema, "decisionSamplingRate");
        assertActive(new Schema.Parser().parse(schema.toString()));
    }

    private static void insert(ObjectNode record, String field) {
        record.withArray("fields")
                .insertObject(3)
                .put("name", field)
                .put("type", "double")
                .put("default", 0.0);
    }

    /** At this temperature, earlier versions drew bundles at random, and the last rank for new ones. */
    private static GenericRecord strategy(Schema schema) {
        Schema arm = schema.getField("arms").schema().getElementType();
        Schema kind = arm.getField("kind").schema();
        return new GenericRecordBuilder(schema)
                .set("version", 1L)
                .set("salt", "earlier")
                .set(
                        "arms",
                        List.of(new GenericRecordBuilder(arm)
                                .set("name", "offers")
                                .set("kind", new GenericData.EnumSymbol(kind, ArmKind.TREATMENT.name()))
                                .set("share", 1.0)
                                .set("temperature", 1e6)
                                .set("explorationRate", 0.5)
                                .build()))
                .set("decisionSamplingRate", 1.0)
                .build();
    }

    private void assertActive(Schema writer) {
        open();
        try (KomboAvroSerializer values = new KomboAvroSerializer()) {
            values.configure(engine.config.avroSettings(), false);
            engine.driver
                    .createInputTopic(engine.topics.name(Topic.STRATEGY), new StringSerializer(), values)
                    .pipeInput("default", strategy(writer));
        }
        assertThat(engine.activated()).hasSize(1);
        assertThat(engine.models.strategy().plan().salt()).isEqualTo("earlier");
        assertThat(engine.models.strategy().plan().arms())
                .singleElement()
                .satisfies(arm -> assertThat(arm.name()).isEqualTo("offers"));
        Set<List<String>> slates = new HashSet<>();
        for (int user = 0; user < 10; user++) {
            slates.add(offered("user-" + user, user));
        }
        assertThat(slates).as("the best, not drawn").hasSize(1);

        Map<String, Map<Object, Object>> stored = engine.stored();
        open();
        engine.restore(stored);
        engine.publish(strategy(1));
        assertThat(engine.activated())
                .as("what is stored is active: the same version cannot follow it")
                .isEmpty();
        engine.publish(strategy(2));
        assertThat(engine.activated()).hasSize(1);
    }

    private List<String> offered(String user, int second) {
        engine.send(EngineDriver.event("view-" + user, user, EventType.VIEW, Duration.ofSeconds(1 + second))
                .setItemId("a"));
        BundleOffer offer = engine.offers().get(0);
        return offer.getBundles().stream().map(OfferedBundle::getBundleId).toList();
    }

    private static Strategy strategy(long version) {
        return Strategy.newBuilder()
                .setVersion(version)
                .setSalt("earlier")
                .setArms(List.of(StrategyArm.newBuilder()
                        .setName("offers")
                        .setKind(ArmKind.TREATMENT)
                        .setShare(1)
                        .setMmrLambda(1.0)
                        .build()))
                .build();
    }
}
