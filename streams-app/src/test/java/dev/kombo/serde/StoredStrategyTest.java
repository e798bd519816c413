package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.FlatWriter;
import dev.kombo.engine.strategy.StrategyState;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.ArmKind;
import dev.kombo.topology.task.StoreNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StoredStrategyTest extends StoredValueContract<StrategyState> {
    private static final String STRATEGIES = "strategy";

    @Override
    String store() {
        return StoreNames.STRATEGY_STATE;
    }

    @Override
    Serde<StrategyState> serde() {
        return values.strategies(STRATEGIES);
    }

    @Override
    StrategyState sample() {
        return new StrategyState("default", plan(3), List.of("autumn", "spring"), plan(2));
    }

    private static StrategyPlan plan(long version) {
        StrategyPlan standard = StrategyPlan.standard();
        return new StrategyPlan(
                version,
                "summer",
                standard.arms(),
                Long.MIN_VALUE,
                1_760_000_000_000L,
                standard.eligibility(),
                standard.options());
    }

    @Override
    void assertSample(StrategyState read) {
        assertThat(read).isEqualTo(sample());
    }

    /** Without the strategies in it, which are as their topic has them. */
    @Override
    byte[] layout() {
        FlatWriter out = new FlatWriter();
        sample().fields(out, (plan, f) -> {
            f.bytes(new byte[] {(byte) plan.version()});
            return plan;
        });
        return out.toBytes();
    }

    @Override
    String released() {
        return "StrategyState";
    }

    @Override
    GenericRecord earlier(Schema schema) throws IOException {
        Schema strategy = schema("Strategy");
        Schema arm = strategy.getField("arms").schema().getElementType();
        GenericRecord active = new GenericRecordBuilder(strategy)
                .set("version", 3L)
                .set("salt", "summer")
                .set(
                        "arms",
                        List.of(new GenericRecordBuilder(arm)
                                .set("name", "offers")
                                .set(
                                        "kind",
                                        new GenericData.EnumSymbol(
                                                arm.getField("kind").schema(), ArmKind.TREATMENT.name()))
                                .set("share", 1.0)
                                .build()))
                .build();
        return new GenericRecordBuilder(schema)
                .set("key", "default")
                .set("strategy", ByteBuffer.wrap(avro(STRATEGIES, active)))
                .set("usedExperiments", List.of("autumn", "spring"))
                .build();
    }

    @Override
    void assertEarlier(StrategyState read) {
        assertThat(read.key()).isEqualTo("default");
        assertThat(read.active().version()).isEqualTo(3);
        assertThat(read.active().salt()).isEqualTo("summer");
        assertThat(read.active().arms()).singleElement().satisfies(arm -> {
            assertThat(arm.name()).isEqualTo("offers");
            assertThat(arm.share()).isEqualTo(1);
        });
        assertThat(read.usedExperiments()).containsExactly("autumn", "spring");
        assertThat(read.previous()).isNull();
    }

    @Test
    void shouldReadTheFieldsOfBuildsSinceVersion020() {
        dev.kombo.schema.StrategyState stored = new dev.kombo.schema.StrategyState(
                "default", strategy(plan(3)), List.of("autumn", "spring"), strategy(plan(2)));
        byte[] bytes =
                avro.value(dev.kombo.schema.StrategyState.class).serializer().serialize(TOPIC, stored);
        assertSample(serde().deserializer().deserialize(TOPIC, bytes));
    }

    private ByteBuffer strategy(StrategyPlan plan) {
        return ByteBuffer.wrap(avro.serializer().serialize(STRATEGIES, StrategyMapper.PLANS.toAvro(plan)));
    }
}
