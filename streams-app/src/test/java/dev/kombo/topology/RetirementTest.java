package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.TaskSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.math.StableHash;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.FactorSweep;
import dev.kombo.schema.Item;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.schema.SuggestionVerdict;
import dev.kombo.topology.task.StoreNames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What leaves the catalogue, or never was in it, leaves stores, topics and the index, too. */
class RetirementTest {
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final long TIME = EngineDriver.START.toEpochMilli();
    /** Orders of a shop that requires the most support. */
    private static final int ORDERS_OF_A_LARGE_SHOP = 4_500;

    private static final Duration RETIREMENT = Duration.ofDays(30);

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(
                IndexSettings.FACTORS.name(), "4",
                TaskSettings.UNLISTED_MAX.name(), "400",
                MiningSettings.SUPPORT_MIN.name(), "4",
                MiningSettings.LIFT_MIN.name(), "1",
                MiningSettings.LIFT_LOWER_MIN.name(), "0",
                MiningSettings.AUTO_APPROVE.name(), "true"));
    }

    private void touch(String entity, String history, long time) {
        long hash = StableHash.of(history);
        ByteBuffer packed = ByteBuffer.allocate(6);
        packed.putInt((int) (hash >>> 32)).put((byte) (hash >>> 24)).put((byte) 250);
        engine.update(
                entity,
                ItemUpdate.newBuilder()
                        .setEventTime(time)
                        .setInteractions(1)
                        .setPopularityWeight(1f)
                        .setHistory(packed.flip())
                        .build());
    }

    private void touchAll(String kind, int count, long time) {
        for (int i = 0; i < count; i++) {
            touch("i:" + kind + i, "i:" + kind + (i + 1) % count, time);
        }
    }

    /** Time enough for a walk over the rows, where one is due. */
    private void walk() {
        for (int slice = 0; slice < 60; slice++) {
            engine.advance(FLUSH);
        }
    }

    private Set<String> rows() {
        return engine.<EntityState>contents(StoreNames.ITEM_STATE).keySet();
    }

    private <V> Set<String> tombstones(List<KeyValue<String, V>> records) {
        Set<String> keys = new HashSet<>();
        for (KeyValue<String, V> record : records) {
            if (record.value == null) {
                keys.add(record.key);
            }
        }
        return keys;
    }

    @Test
    void shouldKeepIdsThatNoCatalogueKnowsWithinTheirBound() {
        engine.item("known", 100);
        for (int round = 0; round < 3; round++) {
            touchAll("page", 3_000, TIME);
        }
        engine.bundle("set", 150, "known", "member");
        touch("i:known", "i:page1", TIME);
        touch("i:member", "i:page1", TIME);
        touch("b:set", "i:page1", TIME);
        assertThat(rows()).hasSize(403).contains("i:known", "i:member", "b:set");
        assertThat(engine.counters.get(KomboMetric.ENTITY_UPDATES, "refused")).isGreaterThan(7_000);
        engine.advanceInSteps(FLUSH.multipliedBy(2));
        assertThat(engine.models.catalog().places()).isEqualTo(403);
    }

    @Test
    void shouldNotLetPartnersOfAnOrderIntoTheIndexThatNobodyKnows() {
        engine.item("known", 100);
        engine.item("other", 100);
        order("i:known", "other", "unknown-1", "unknown-2");
        engine.advance(FLUSH);
        assertThat(engine.models().get(0).value.getNeighbors())
                .extracting(neighbor -> neighbor.getItemId())
                .containsExactly("other");
        assertThat(engine.models.catalog().itemOrdinal("unknown-1")).isNegative();
    }

    @Test
    void shouldForgetWhatLeftTheCatalogueAndIsNotTouchedAnyMore() {
        for (String item : List.of("kept", "idle", "left")) {
            engine.item(item, 100);
        }
        order("i:left", "kept");
        order("i:kept", "left");
        touchAll("page", 100, TIME);
        touch("i:idle", "i:kept", TIME);
        walk();
        engine.models();
        engine.input(engine.topics.name(Topic.ITEM_CATALOG), Item.class).pipeInput("left", (Item) null);

        long later = TIME + RETIREMENT.toMillis() + 1;
        for (int touch = 0; touch < 250; touch++) {
            touch("i:kept", "i:left", later);
        }
        walk();
        assertThat(rows()).containsExactlyInAnyOrder("i:kept", "i:idle");
        assertThat(engine.<NeighborCounts>contents(StoreNames.ITEM_NEIGHBOR)).containsOnlyKeys("i:kept");
        assertThat(tombstones(engine.output(engine.topics.name(Topic.ITEM_MODEL), ItemModel.class)))
                .hasSize(101)
                .contains("i:left", "i:page7");
        assertThat(engine.models.catalog().model("i:left")).isNull();
        assertThat(engine.models.catalog().model("i:idle")).isNotNull();
        assertThat(engine.counters.get(KomboMetric.ENTITIES_RETIRED)).isEqualTo(101);
    }

    @Test
    void shouldRemoveBlocksThatAShorterSweepLeaves() {
        touchAll("page", 390, TIME);
        touchAll("page", 390, TIME);
        walk();
        engine.output(engine.topics.name(Topic.FACTOR_SWEEP), FactorSweep.class);
        assertThat(engine.models.sweepBlocks()).contains("0/0", "0/1");
        for (int sweep = 0; sweep < 2; sweep++) {
            for (int touch = 0; touch < 900; touch++) {
                touch("i:page" + touch % 20, "i:page" + (touch + 1) % 20, TIME + RETIREMENT.toMillis() + 1);
            }
            walk();
        }
        assertThat(rows()).hasSize(20);
        assertThat(tombstones(engine.output(engine.topics.name(Topic.FACTOR_SWEEP), FactorSweep.class)))
                .contains("0/1")
                .doesNotContain("0/0");
        assertThat(engine.models.sweepBlocks()).contains("0/0").doesNotContain("0/1");
    }

    @Test
    void shouldTakeBackAMinedBundleThatIsNoLongerSupported() {
        String mined = mined();
        assertThat(engine.models.catalog().bundle(mined)).isNotNull();
        loseSupport();
        assertThat(tombstones(engine.output(engine.topics.name(Topic.BUNDLE_SUGGESTION), BundleSuggestion.class)))
                .containsExactly(mined);
        assertThat(engine.models.catalog().bundle(mined)).isNull();
        assertThat(engine.counters.get(KomboMetric.BUNDLES_WITHDRAWN)).isEqualTo(1);
    }

    @Test
    void shouldKeepAMinedBundleThatSomebodyApproved() {
        String mined = mined();
        engine.input(engine.topics.name(Topic.SUGGESTION_DECISION), SuggestionDecision.class)
                .pipeInput(
                        mined,
                        SuggestionDecision.newBuilder()
                                .setBundleId(mined)
                                .setVerdict(SuggestionVerdict.APPROVED)
                                .setDecidedAt(TIME)
                                .setDecidedBy("somebody")
                                .build());
        loseSupport();
        assertThat(engine.models.catalog().bundle(mined)).isNotNull();
        assertThat(engine.counters.get(KomboMetric.BUNDLES_WITHDRAWN)).isZero();
    }

    @Test
    void shouldKeepAMinedBundleThatIsStillBought() {
        String mined = mined();
        for (int touch = 0; touch < 250; touch++) {
            touch("i:a", "i:b", TIME);
        }
        walk();
        assertThat(engine.models.catalog().bundle(mined)).isNotNull();
    }

    /** A bundle of a and b. */
    private String mined() {
        engine.item("a", 1_000);
        engine.item("b", 1_000);
        for (int order = 0; order < 6; order++) {
            engine.update(Entity.ALL, update().build());
            order("i:a", "b");
            order("i:b", "a");
            engine.advance(FLUSH);
        }
        return engine.output(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class)
                .get(0)
                .key;
    }

    /** The shop grows, and what was much is little. */
    private void loseSupport() {
        engine.output(engine.topics.name(Topic.BUNDLE_SUGGESTION), BundleSuggestion.class);
        for (int order = 0; order < ORDERS_OF_A_LARGE_SHOP; order++) {
            engine.update(Entity.ALL, update().build());
        }
        for (int touch = 0; touch < 250; touch++) {
            touch("i:a", "i:b", TIME);
        }
        walk();
    }

    private void order(String entity, String... partners) {
        engine.update(entity, update().setPartners(List.of(partners)).build());
    }

    private static ItemUpdate.Builder update() {
        return ItemUpdate.newBuilder().setEventTime(TIME).setPurchases(1);
    }
}
