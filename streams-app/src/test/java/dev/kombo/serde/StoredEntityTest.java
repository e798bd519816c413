package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.PartnerTable.Limits;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.LevelState;
import dev.kombo.schema.ResponseState;
import dev.kombo.settings.SettingValues;
import dev.kombo.topology.task.StoreNames;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StoredEntityTest extends StoredValueContract<EntityState> {
    private static final long NOW = 1_760_000_000_000L;
    private static final byte[] PARTNERS = {1, 2, 3, 4, 5, 0x7f, 0, 0, 6, 7, 8, 9, 10, 0x7e, 0, 1};
    private static final byte[] LEVELS = {-1, 2, 3, 4, 5, 0x7f, 0, 1};

    @Override
    String store() {
        return StoreNames.ITEM_STATE;
    }

    @Override
    Serde<EntityState> serde() {
        return values.entities();
    }

    @Override
    EntityState sample() {
        EntityState row = new EntityState(
                PartnerTable.read(ByteBuffer.wrap(PARTNERS), 12.5, NOW - 7_000, Limits.INTERACTIONS),
                PartnerTable.read(ByteBuffer.wrap(LEVELS), 3, NOW - 6_000, Limits.LEVELS),
                new Popularity(PopularitySettings.of(SettingValues.defaults()), 1.25, 17.5, NOW));
        row.restore(
                40,
                4,
                new EngagementCounts(10, 3, 1, 2.5, NOW - 5_000),
                new RepurchaseCounts(6, 0.5, 1.5, NOW - 4_000));
        row.priced(1_250, "EUR");
        return row;
    }

    @Override
    void assertSample(EntityState read) {
        assertThat(read.partners().write()).isEqualTo(ByteBuffer.wrap(PARTNERS));
        assertThat(read.partners().mass()).isEqualTo(12.5);
        assertThat(read.partners().time()).isEqualTo(NOW - 7_000);
        assertThat(read.levels().write()).isEqualTo(ByteBuffer.wrap(LEVELS));
        assertThat(read.levels().mass()).isEqualTo(3);
        assertThat(read.levels().time()).isEqualTo(NOW - 6_000);
        assertThat(read.engagement()).isEqualTo(new EngagementCounts(10, 3, 1, 2.5, NOW - 5_000));
        assertThat(read.repurchases()).isEqualTo(new RepurchaseCounts(6, 0.5, 1.5, NOW - 4_000));
        assertCounts(read);
    }

    private static void assertCounts(EntityState read) {
        assertThat(read.popularity().shortTerm()).isEqualTo(1.25);
        assertThat(read.popularity().longTerm()).isEqualTo(17.5);
        assertThat(read.popularity().time()).isEqualTo(NOW);
        assertThat(read.interactions()).isEqualTo(40);
        assertThat(read.purchases()).isEqualTo(4);
        assertThat(read.lastPriceMinor()).isEqualTo(1_250);
        assertThat(read.currency()).isEqualTo("EUR");
    }

    @Override
    String released() {
        return "ItemState";
    }

    @Override
    GenericRecord earlier(Schema schema) {
        Schema responses = schema.getField("responses").schema().getTypes().get(1);
        return new GenericRecordBuilder(schema)
                .set("vector", ByteBuffer.wrap(new byte[] {1, 2, 3, 4}))
                .set("generation", 7)
                .set("squaredGradients", ByteBuffer.wrap(new byte[] {5, 6}))
                .set("bias", 0.5f)
                .set("biasSquaredGradient", 0.25f)
                .set("popularityShort", 1.25)
                .set("popularityLong", 17.5)
                .set("popularityTime", NOW)
                .set("interactions", 40L)
                .set("purchases", 4L)
                .set("lastPriceMinor", 1_250L)
                .set("currency", "EUR")
                .set(
                        "responses",
                        new GenericRecordBuilder(responses)
                                .set("impressions", 10.0)
                                .set("clicks", 3.0)
                                .set("conversions", 1.0)
                                .set("time", NOW - 5_000)
                                .build())
                .set("mass", 12.5)
                .set("massTime", NOW - 7_000)
                .set("partners", ByteBuffer.wrap(PARTNERS))
                .set("version", 99L)
                .build();
    }

    @Override
    void assertEarlier(EntityState read) {
        assertCounts(read);
        assertThat(read.partners().write()).isEqualTo(ByteBuffer.wrap(PARTNERS));
        assertThat(read.partners().mass()).isEqualTo(12.5);
        assertThat(read.partners().time()).isEqualTo(NOW - 7_000);
        assertThat(read.engagement())
                .as("clicks count as expected")
                .isEqualTo(new EngagementCounts(10, 3, 1, 3, NOW - 5_000));
        assertThat(read.levels().size()).isZero();
        assertThat(read.repurchases()).isEqualTo(RepurchaseCounts.NONE);
    }

    @Test
    void shouldReadTheFieldsOfBuildsSinceVersion020() {
        ItemState stored = ItemState.newBuilder()
                .setPopularityShort(1.25)
                .setPopularityLong(17.5)
                .setPopularityTime(NOW)
                .setInteractions(40)
                .setPurchases(4)
                .setLastPriceMinor(1_250L)
                .setCurrency("EUR")
                .setResponses(new ResponseState(10.0, 3.0, 1.0, NOW - 5_000, 2.5))
                .setMass(12.5)
                .setMassTime(NOW - 7_000)
                .setPartners(ByteBuffer.wrap(PARTNERS))
                .setWaits(6)
                .setBoughtAgain(0.5f)
                .setWaiting(1.5f)
                .setWaitingTime(NOW - 4_000)
                .setLevels(new LevelState(ByteBuffer.wrap(LEVELS), 3.0, NOW - 6_000))
                .build();
        byte[] bytes = avro.value(ItemState.class).serializer().serialize(TOPIC, stored);
        assertSample(serde().deserializer().deserialize(TOPIC, bytes));
    }

    @Test
    void shouldWriteARowOfAnItemThatIsNewInFewBytes() {
        EntityState row = EntityState.unknown(PopularitySettings.of(SettingValues.defaults()));
        assertThat(serde().serializer().serialize(TOPIC, row)).hasSizeLessThan(40);
    }
}
