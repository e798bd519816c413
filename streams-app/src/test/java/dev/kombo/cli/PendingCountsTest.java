package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.EntityUpdate.EntityOrder;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.item.PendingUpdates;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.NeighborCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingCountsTest {
    private static final long NOW = 1_750_000_000_000L;
    private static final String TEA = Entity.ofItem("tea");
    private static final String MUG = Entity.ofItem("mug");
    private static final EngineSettings SETTINGS =
            new EngineSettings(KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://none")));

    private final PendingCounts pending = new PendingCounts();

    @Test
    void shouldCountTheUpdatesOfTheLatestRoundInTheirOrderAndThoseOfAllPartitions() {
        pending.add(0, "1", new PendingUpdates(2, List.of(ordered(TEA, "mug"))));
        pending.add(0, "0", new PendingUpdates(2, List.of(alone(TEA), alone(MUG))));
        pending.add(0, "2", new PendingUpdates(1, List.of(alone(TEA))));
        pending.add(0, PendingUpdates.ROUND, new PendingUpdates(2, List.of()));
        pending.add(1, "0", new PendingUpdates(0, List.of(alone(MUG))));

        Map<String, List<ItemInput>> updates = pending.byEntity();

        assertThat(updates.get(TEA))
                .extracting(update -> update.update().hasPartners())
                .as("the third row is in the rows of items already")
                .containsExactly(false, true);
        EntityState state = EntityState.unknown(SETTINGS.index().popularity());
        assertThat(PendingCounts.counted(state, updates.get(TEA)).purchases()).isEqualTo(2);
        assertThat(updates.get(MUG)).hasSize(2);
    }

    @Test
    void shouldCountTheFirstOrdersOfItemsWithoutARowOfWhatIsBoughtWithThem() {
        pending.add(0, "0", new PendingUpdates(0, List.of(ordered(TEA, "mug"), ordered(TEA, "mug"), alone(MUG))));

        Map<String, NeighborCounts> first = PendingCounts.first(pending.byEntity(), SETTINGS.neighbors());

        assertThat(first).containsOnlyKeys(TEA);
        assertThat(first.get(TEA).strongest(5)).singleElement().satisfies(neighbor -> {
            assertThat(neighbor.itemId()).isEqualTo("mug");
            assertThat(neighbor.orders()).isEqualTo(2);
        });
    }

    private static ItemInput alone(String entity) {
        return new ItemInput(entity, EntityUpdate.ordered(NOW, EntityOrder.ALONE), NOW);
    }

    private static ItemInput ordered(String entity, String partner) {
        return new ItemInput(
                entity,
                EntityUpdate.ordered(NOW, new EntityOrder(List.of(partner), List.of(), false, EntityOrder.NO_LEVELS)),
                NOW);
    }
}
