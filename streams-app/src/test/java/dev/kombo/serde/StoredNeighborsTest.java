package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.NeighborSettings;
import dev.kombo.learning.mining.PartnerCount;
import dev.kombo.learning.mining.PartnerPairCount;
import dev.kombo.settings.SettingValues;
import dev.kombo.topology.task.StoreNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.Serde;

class StoredNeighborsTest extends StoredValueContract<NeighborCounts> {
    private static final long NOW = 1_760_000_000_000L;

    @Override
    String store() {
        return StoreNames.ITEM_NEIGHBOR;
    }

    @Override
    Serde<NeighborCounts> serde() {
        return values.neighbors();
    }

    @Override
    NeighborCounts sample() {
        return new NeighborCounts(
                NeighborSettings.of(SettingValues.defaults()),
                NOW,
                new ArrayList<>(List.of(new PartnerCount("sock", 2.5f, 3, 2), new PartnerCount("hütte", 0.5f, 1, 0))),
                new ArrayList<>(List.of(new PartnerPairCount("hütte", "sock", 1, 0))));
    }

    @Override
    void assertSample(NeighborCounts read) {
        assertThat(read).usingRecursiveComparison().isEqualTo(sample());
    }

    @Override
    String released() {
        return "ItemNeighbors";
    }

    @Override
    GenericRecord earlier(Schema schema) {
        Schema neighbor = schema.getField("neighbors").schema().getElementType();
        Schema triple = schema.getField("triples").schema().getElementType();
        return new GenericRecordBuilder(schema)
                .set("time", NOW)
                .set(
                        "neighbors",
                        List.of(neighbor(neighbor, "sock", 2.5f, 3, 2), neighbor(neighbor, "hütte", 0.5f, 1, 0)))
                .set(
                        "triples",
                        List.of(new GenericRecordBuilder(triple)
                                .set("first", "hütte")
                                .set("second", "sock")
                                .set("orders", 1)
                                .set("suggestedOrders", 0)
                                .build()))
                .build();
    }

    private static GenericRecord neighbor(Schema schema, String item, float weight, int orders, int suggested) {
        return new GenericRecordBuilder(schema)
                .set("itemId", item)
                .set("weight", weight)
                .set("orders", orders)
                .set("suggestedOrders", suggested)
                .build();
    }

    @Override
    void assertEarlier(NeighborCounts read) {
        assertSample(read);
    }
}
