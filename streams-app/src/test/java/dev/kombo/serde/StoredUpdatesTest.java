package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.EntityUpdate.EntityEngagement;
import dev.kombo.engine.entity.EntityUpdate.EntityInteraction;
import dev.kombo.engine.entity.EntityUpdate.EntityOrder;
import dev.kombo.engine.entity.EntityUpdate.EntityPurchase;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.item.PendingUpdates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Updates of items and bundles, as they are sent, and as they are stored while they are in no row. */
class StoredUpdatesTest {
    private static final long NOW = 1_760_000_000_000L;
    private static final String TOPIC = "changelog";
    private static final List<ItemInput> UPDATES = List.of(
            new ItemInput(
                    "i:tea",
                    EntityUpdate.ofInteraction(
                            NOW,
                            new EntityInteraction(
                                    0.5f, 1_250, "EUR", new long[] {1, 0xff_ffff_ffffL}, new float[] {1, 0.5f}),
                            new EntityPurchase(86_400_000)),
                    NOW + 1),
            new ItemInput(
                    "i:mug",
                    EntityUpdate.ordered(
                            NOW, new EntityOrder(List.of("tea", "H\u00fctte"), List.of("tea"), true, new long[] {5})),
                    NOW),
            new ItemInput("b:set", EntityUpdate.engaged(NOW, new EntityEngagement(1, -1, 0, 0.25f)), NOW),
            new ItemInput("i:cup", EntityUpdate.bought(NOW, new EntityPurchase(-1)), NOW));

    private final KomboConfig config = KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://updates"));
    private final AvroSerdes avro = new AvroSerdes(config.avroSettings());
    private final StoredValues values = new StoredValues(avro, new EngineSettings(config));

    @AfterEach
    void close() {
        avro.close();
    }

    @Test
    void shouldReadUpdatesAsTheyWereSentAndStored() {
        assertUpdates(copy(values.updates(), UPDATES));
        PendingUpdates read = copy(values.pendingUpdates(), new PendingUpdates(3, UPDATES));
        assertThat(read.number()).isEqualTo(3);
        assertUpdates(read.updates());
    }

    private static void assertUpdates(List<ItemInput> read) {
        // Weights of partners are rounded to 1/250.
        assertThat(read).usingRecursiveComparison().isEqualTo(UPDATES);
    }

    @Test
    void shouldKeepTheLayouts() throws IOException {
        try (InputStream in = StoredUpdatesTest.class.getResourceAsStream("stored-layouts.txt")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .contains(
                            "item-update " + hex(values.updates(), UPDATES),
                            "item-pending " + hex(values.pendingUpdates(), new PendingUpdates(3, UPDATES)));
        }
    }

    private static <V> String hex(Serde<V> serde, V value) {
        return HexFormat.of().formatHex(serde.serializer().serialize(TOPIC, value));
    }

    private static <V> V copy(Serde<V> serde, V value) {
        return serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, value));
    }
}
