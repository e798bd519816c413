package dev.kombo.engine.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kombo.codec.FlatWriter;
import dev.kombo.codec.Stored;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.EntityUpdate.EntityInteraction;
import dev.kombo.engine.entity.EntityUpdate.EntityOrder;
import dev.kombo.engine.task.FailingTable;
import dev.kombo.engine.task.HalfWrittenException;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.MapTable;
import dev.kombo.engine.task.Table;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows on the heap, stored rows and pending updates are together what was committed, whatever fails in between. */
class EntityTablesTest {
    private static final EngineSettings SETTINGS = new EngineSettings(SettingValues.defaults());
    private static final Isolation STRICT = (key, time, work) -> {
        work.run();
        return true;
    };
    private static final int ENTITIES = 12;
    private static final int STEPS = 3_000;
    private static final long TIME = 1_767_607_200_000L;

    private Table<String, EntityState> states = states();
    private Table<String, NeighborCounts> neighbors = neighbors();
    private Table<String, PendingUpdates> pending = new MapTable<>();
    private EntityTables tables = open(6);
    private long now = TIME;

    private static Table<String, EntityState> states() {
        return new MapTable<>(state -> {
            EntityState copy = EntityState.unknown(SETTINGS.index().popularity());
            Stored.copy(state::fields, copy::fields);
            return copy;
        });
    }

    private static Table<String, NeighborCounts> neighbors() {
        return new MapTable<>(counts -> {
            NeighborCounts copy = new NeighborCounts(SETTINGS.neighbors());
            Stored.copy(counts::fields, copy::fields);
            return copy;
        });
    }

    private EntityTables open(int capacity) {
        return new EntityTables(
                states,
                neighbors,
                pending,
                SETTINGS.neighbors(),
                SETTINGS.index().popularity(),
                STRICT,
                capacity);
    }

    private static <V> Map<String, V> rows(Table<String, V> table) {
        Map<String, V> rows = new TreeMap<>();
        table.range(null, null, Integer.MAX_VALUE, (key, value) -> rows.put(key, value.get()));
        return rows;
    }

    private static <V> Table<String, V> filled(Table<String, V> table, Map<String, V> rows) {
        rows.forEach(table::put);
        return table;
    }

    private void count(ItemInput input) {
        tables.count(input, now);
    }

    private static ItemInput update(Random random, long time) {
        String item = Integer.toString(random.nextInt(ENTITIES));
        EntityUpdate update = random.nextInt(3) == 0
                ? EntityUpdate.ordered(
                        time,
                        new EntityOrder(List.of("x" + random.nextInt(4)), List.of(), false, EntityOrder.NO_LEVELS))
                : EntityUpdate.ofInteraction(
                        time,
                        new EntityInteraction(1, 200, "GBP", new long[] {random.nextInt(50)}, new float[] {0.5f}),
                        null);
        return new ItemInput(Entity.ofItem(item), update, time);
    }

    /** The rows as they are if each update is counted in turn. */
    private void assertCounted(List<ItemInput> updates) {
        Map<String, EntityState> expected = new HashMap<>();
        Map<String, NeighborCounts> bought = new HashMap<>();
        for (ItemInput input : updates) {
            expected.computeIfAbsent(
                            input.entity(),
                            unused -> EntityState.unknown(SETTINGS.index().popularity()))
                    .count(input.update());
            if (input.update().hasPartners()) {
                input.update()
                        .countPartners(
                                Entity.idOf(input.entity()),
                                bought.computeIfAbsent(
                                        input.entity(), unused -> new NeighborCounts(SETTINGS.neighbors())));
            }
        }
        for (int i = 0; i < ENTITIES; i++) {
            String entity = Entity.ofItem(Integer.toString(i));
            assertThat(bytes(tables.state(entity))).as(entity).isEqualTo(bytes(expected.get(entity)));
            assertThat(bytes(tables.counts(entity)))
                    .as(entity)
                    .isEqualTo(bytes(bought.getOrDefault(entity, new NeighborCounts(SETTINGS.neighbors()))));
        }
    }

    /** Without the number of the updates, which depends on when it was stored. */
    private static byte[] bytes(EntityState state) {
        FlatWriter out = new FlatWriter();
        if (state != null) {
            long counted = state.counted();
            state.counted(0);
            state.fields(out);
            state.counted(counted);
        }
        return out.toBytes();
    }

    private static byte[] bytes(NeighborCounts counts) {
        FlatWriter out = new FlatWriter();
        counts.fields(out);
        return out.toBytes();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldBeWhatWasCommittedAfterAnyFailure(long seed) {
        Random random = new Random(seed);
        List<ItemInput> counted = new ArrayList<>();
        int committed = 0;
        Map<String, EntityState> savedStates = Map.of();
        Map<String, NeighborCounts> savedNeighbors = Map.of();
        Map<String, PendingUpdates> savedPending = Map.of();
        for (int step = 0; step < STEPS; step++) {
            now += 20;
            switch (random.nextInt(12)) {
                case 0 -> {
                    tables.store(now);
                    committed = counted.size();
                    savedStates = rows(states);
                    savedNeighbors = rows(neighbors);
                    savedPending = rows(pending);
                }
                case 1 -> {
                    // The task ends without a commit.
                    counted.subList(committed, counted.size()).clear();
                    states = filled(states(), savedStates);
                    neighbors = filled(neighbors(), savedNeighbors);
                    pending = filled(new MapTable<>(), savedPending);
                    tables = open(4 + random.nextInt(20));
                }
                case 2 -> now += 3_000;
                case 3 -> {
                    // Work that fails after it has changed the row in part.
                    String entity = Entity.ofItem(Integer.toString(random.nextInt(ENTITIES)));
                    EntityState state = tables.state(entity);
                    if (state != null) {
                        state.count(update(random, now).update());
                        tables.counts(entity).withdraw(List.of("x0", "x1"));
                    }
                    tables.restore(entity);
                }
                case 4 -> {
                    String entity = Entity.ofItem(Integer.toString(random.nextInt(ENTITIES)));
                    if (random.nextInt(10) == 0 && tables.state(entity) != null) {
                        tables.delete(entity, now);
                        List<ItemInput> before = counted.subList(0, committed);
                        if (before.stream().noneMatch(input -> input.entity().equals(entity))) {
                            counted.removeIf(input -> input.entity().equals(entity));
                        } else {
                            counted.removeIf(input -> input.entity().equals(entity));
                            // What was committed of it is gone with the next commit only.
                            tables.store(now);
                            committed = counted.size();
                            savedStates = rows(states);
                            savedNeighbors = rows(neighbors);
                            savedPending = rows(pending);
                        }
                    }
                }
                case 5 -> {
                    String entity = Entity.ofItem(Integer.toString(random.nextInt(ENTITIES)));
                    if (tables.state(entity) != null) {
                        tables.put(entity, tables.counts(entity), now);
                    }
                }
                default -> {
                    ItemInput input = update(random, now);
                    count(input);
                    counted.add(input);
                }
            }
            if (step % 50 == 0) {
                assertCounted(counted);
            }
        }
        tables.store(now);
        tables = open(100);
        assertCounted(counted);
    }

    @Test
    void shouldStoreTheUpdatesOfACommitInOneRowAndTheRowsOncePerInterval() {
        tables = open(100);
        String entity = Entity.ofItem("a");
        for (int i = 0; i < 3; i++) {
            count(interaction(entity));
        }
        assertThat(rows(states).get(entity).interactions())
                .as("a new row is written")
                .isEqualTo(1);
        tables.store(now);
        count(interaction(entity));
        tables.store(now);
        tables.store(now);
        assertThat(rows(pending)).containsOnlyKeys("1", "2");
        assertThat(pending.get("1").updates()).hasSize(2);
        assertThat(rows(states).get(entity).interactions()).isEqualTo(1);

        tables.store(now + 20_000);
        assertThat(rows(states).get(entity).interactions()).isEqualTo(4);
        count(interaction(entity));
        tables.store(now + 5_000);
        assertThat(rows(states).get(entity).interactions()).isEqualTo(4);
        tables = open(100);
        assertThat(tables.state(entity).interactions())
                .as("the row has counted the earlier ones")
                .isEqualTo(5);
    }

    private ItemInput interaction(String entity) {
        return new ItemInput(
                entity,
                EntityUpdate.ofInteraction(now, new EntityInteraction(1, 200, "GBP", new long[0], new float[0]), null),
                now);
    }

    @Test
    void shouldVisitRowsAsTheyAreOnTheHeap() {
        String entity = Entity.ofItem("a");
        for (int i = 0; i < 3; i++) {
            count(interaction(entity));
        }
        List<Long> visited = new ArrayList<>();
        tables.walk(null, 10, (key, state) -> visited.add(state.get().interactions()));
        assertThat(visited).containsExactly(3L);
    }

    @Test
    void shouldSayThatARowThatCannotBeWrittenIsHalfWritten() {
        FailingTable<EntityState> failing = new FailingTable<>(states);
        states = failing;
        tables = open(6);
        String entity = Entity.ofItem("a");
        count(interaction(entity));
        count(interaction(entity));
        failing.fail(true);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> tables.store(now + 20_000))
                .isInstanceOf(HalfWrittenException.class);
        assertThatIllegalStateException().isThrownBy(() -> count(interaction(Entity.ofItem("b"))));
    }

    @Test
    void shouldLeaveOutPendingUpdatesThatCannotBeRead() {
        String entity = Entity.ofItem("a");
        for (int commit = 0; commit < 4; commit++) {
            count(interaction(entity));
            tables.store(now);
        }
        FailingTable<PendingUpdates> damaged = new FailingTable<>(pending);
        damaged.damage(List.of("1"));
        List<String> failed = new ArrayList<>();
        EntityTables read = new EntityTables(
                states,
                neighbors,
                damaged,
                SETTINGS.neighbors(),
                SETTINGS.index().popularity(),
                (key, time, work) -> {
                    try {
                        work.run();
                        return true;
                    } catch (IllegalArgumentException e) {
                        failed.add(key);
                        return false;
                    }
                },
                6);
        assertThat(read.state(entity).interactions()).isEqualTo(3);
        assertThat(failed).isEqualTo(Arrays.asList("pending updates 1"));
    }
}
