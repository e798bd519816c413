package dev.kombo.engine.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.EntityUpdate.EntityOrder;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingCountsTest {
    private static final long NOW = 1_750_000_000_000L;
    private static final String TEA = Entity.ofItem("tea");
    private static final String CUP = Entity.ofItem("cup");
    private static final String MUG = Entity.ofItem("mug");
    private static final EngineSettings SETTINGS = new EngineSettings(SettingValues.defaults());

    private final PendingCounts pending = new PendingCounts();

    @Test
    void shouldCountWhatARowHasNotCountedInItsOrderAndOfAllPartitions() {
        pending.add(0, "4", new PendingUpdates(4, List.of(ordered(TEA, "mug"))));
        pending.add(0, "3", new PendingUpdates(3, List.of(alone(TEA), alone(MUG))));
        pending.add(0, "2", new PendingUpdates(2, List.of(alone(TEA))));
        pending.add(0, PendingUpdates.FIRST, new PendingUpdates(3, List.of()));
        pending.add(1, "1", new PendingUpdates(1, List.of(alone(CUP))));
        pending.complete();

        assertThat(pending.counted(TEA, stored(0)).purchases())
                .as("without those that are in all rows")
                .isEqualTo(2);
        EntityState later = pending.counted(TEA, stored(3));
        assertThat(later.purchases()).isEqualTo(1);
        assertThat(later.counted()).isZero();
        assertThat(pending.counted(MUG, stored(3)).purchases()).isZero();
        assertThat(pending.counted(CUP, stored(0)).purchases()).isEqualTo(1);
    }

    @Test
    void shouldCountTheOrdersThatTheStateHasNotCounted() {
        pending.add(0, "1", new PendingUpdates(1, List.of(ordered(TEA, "mug"), ordered(MUG, "tea"), alone(CUP))));
        pending.add(0, "2", new PendingUpdates(2, List.of(ordered(TEA, "mug"), ordered(MUG, "tea"))));
        pending.complete();
        pending.counted(TEA, stored(0));
        pending.counted(MUG, stored(1));
        pending.counted(CUP, stored(0));
        NeighborCounts ofMug = pending.counted(MUG, new NeighborCounts(SETTINGS.neighbors()));

        assertThat(orders(ofMug)).as("one is in the row").isEqualTo(1);
        Map<String, NeighborCounts> first = pending.first(SETTINGS.neighbors());
        assertThat(first).as("has no row of it yet").containsOnlyKeys(TEA);
        assertThat(orders(first.get(TEA))).isEqualTo(2);
    }

    private static int orders(NeighborCounts counts) {
        assertThat(counts.strongest(5)).hasSize(1);
        return counts.strongest(5).get(0).orders();
    }

    private static EntityState stored(long counted) {
        EntityState state = EntityState.unknown(SETTINGS.index().popularity());
        state.counted(counted);
        return state;
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
