package dev.kombo.engine.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.TaskSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.EntityUpdate.EntityEngagement;
import dev.kombo.engine.entity.EntityUpdate.EntityInteraction;
import dev.kombo.engine.entity.EntityUpdate.EntityOrder;
import dev.kombo.engine.entity.EntityUpdate.EntityPurchase;
import dev.kombo.engine.item.ItemOutput.BundleOffered;
import dev.kombo.engine.item.ItemOutput.BundleTakenOut;
import dev.kombo.engine.item.ItemOutput.ModelPublished;
import dev.kombo.engine.item.ItemOutput.ModelRemoved;
import dev.kombo.engine.item.ItemOutput.PriceTold;
import dev.kombo.engine.item.ItemOutput.SuggestionMade;
import dev.kombo.engine.item.ItemOutput.SuggestionWithdrawn;
import dev.kombo.engine.item.ItemOutput.SweepBlock;
import dev.kombo.engine.item.ItemOutput.SweepBlockRemoved;
import dev.kombo.engine.item.ItemOutput.SweepColumns;
import dev.kombo.engine.item.ItemOutput.SweepEnded;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.FailingTable;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Table;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.PartnerCount;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.math.StableHash;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.price.PriceHistories.Price;
import dev.kombo.settings.Millis;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the item task does, over whatever tables it has: inputs go in, outputs and rows come out. */
public abstract class ItemTaskContract {
    private static final long TIME = 1_767_607_200_000L;
    private static final int FACTORS = 4;
    private static final long SLICE = 20;
    private static final long FLUSH = 1_000;
    private static final long COMMIT = 4_000;
    private static final long SETTLED = 2 * Millis.MINUTE;
    /** Fewer than the entities of most tests, so that rows are forgotten and read again. */
    private static final int DECODED_ROWS = 4;

    private static final long LEVEL = PartnerTable.partnerOf(StableHash.of("region=north"));

    private final SettingValues values = SettingValues.defaults()
            .with(IndexSettings.FACTORS, FACTORS)
            .with(TaskSettings.UNLISTED_MAX, 40)
            .with(MiningSettings.SUPPORT_MIN, 4)
            .with(MiningSettings.LIFT_MIN, 1.5)
            .with(MiningSettings.LIFT_LOWER_MIN, 0.0)
            .with(MiningSettings.AUTO_APPROVE, true);
    private final EngineSettings settings = new EngineSettings(values);
    private final Counters counters = new Counters();
    private final List<ItemOutput> outputs = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final LiveModels models = new LiveModels(settings, 1);
    private FailingTable<EntityState> states;
    private Table<String, NeighborCounts> neighbors;
    private Table<String, PendingUpdates> pending;
    private ItemTask task;
    private Predicate<ItemOutput> refused = output -> false;
    private Predicate<String> owned = entity -> true;
    private int read;
    private long now = TIME;

    /** An empty table of rows. */
    protected abstract Table<String, EntityState> openStates(EngineSettings with);

    /** An empty table of what is bought together. */
    protected abstract Table<String, NeighborCounts> openNeighbors(EngineSettings with);

    /** An empty table of updates that are not in the rows. */
    protected abstract Table<String, PendingUpdates> openPending(EngineSettings with);

    @BeforeEach
    void open() {
        states = new FailingTable<>(openStates(settings));
        neighbors = openNeighbors(settings);
        pending = openPending(settings);
        restart();
    }

    /** The same rows, with nothing in the heap of the task. */
    private void restart() {
        Isolation isolation = (key, time, work) -> {
            try {
                work.run();
                return true;
            } catch (IllegalStateException | IllegalArgumentException e) {
                failed.add(key);
                return false;
            }
        };
        task = new ItemTask(
                new EntityTables(
                        states,
                        neighbors,
                        pending,
                        settings.neighbors(),
                        settings.index().popularity(),
                        isolation,
                        DECODED_ROWS),
                this::emit,
                settings,
                models,
                new TaskPartition(0, 1, entity -> owned.test(entity), COMMIT),
                isolation,
                counters);
    }

    private void emit(ItemOutput output) {
        if (refused.test(output)) {
            throw new IllegalStateException("refused");
        }
        outputs.add(output);
    }

    /** Lets time pass; what is emitted is read as every instance reads it. */
    private void advance(long millis) {
        for (long end = now + millis; now < end; ) {
            now += SLICE;
            task.tick(now);
            task.beforeCommit(now);
            for (; read < outputs.size(); read++) {
                read(outputs.get(read));
            }
            models.writableCatalog().refresh();
        }
    }

    /** Commits when the time of all rows that changed has come. */
    private void write() {
        task.beforeCommit(now + 20_000);
    }

    private void read(ItemOutput output) {
        if (output instanceof ModelPublished published) {
            models.writableCatalog().putModelLater(published.published().model());
        } else if (output instanceof ModelRemoved removed) {
            models.writableCatalog().removeModel(removed.key());
        } else if (output instanceof SweepBlock block) {
            models.sweepBlocks().add(block.key());
            for (int i = 0; i < block.partners().size(); i++) {
                models.writableCatalog()
                        .putVector(
                                block.partners().get(i),
                                block.generation(),
                                block.vectors().get(i).toFloats());
            }
        } else if (output instanceof SweepColumns block) {
            models.sweepBlocks().add(block.key());
        } else if (output instanceof SweepBlockRemoved removed) {
            models.sweepBlocks().remove(removed.key());
        } else if (output instanceof SweepEnded ended) {
            models.sweepEnded(ended.sum(), now, now);
        } else if (output instanceof SuggestionMade made) {
            models.suggestions().put(made.suggestion());
        } else if (output instanceof SuggestionWithdrawn withdrawn) {
            models.suggestions().remove(withdrawn.key());
        } else if (output instanceof BundleOffered offered) {
            models.writableCatalog().putBundle(offered.bundle());
        } else if (output instanceof BundleTakenOut takenOut) {
            models.writableCatalog().removeBundle(takenOut.key());
        }
    }

    private <O extends ItemOutput> List<O> emitted(Class<O> type) {
        return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<String> published() {
        return emitted(ModelPublished.class).stream().map(ItemOutput::key).toList();
    }

    private void accept(String entity, EntityUpdate update) {
        task.accept(new ItemInput(entity, update, update.time()), now);
    }

    private void touch(String entity, long time, String... history) {
        long[] partners = new long[history.length];
        float[] weights = new float[history.length];
        for (int i = 0; i < history.length; i++) {
            partners[i] = PartnerTable.partnerOf(StableHash.of(history[i]));
            weights[i] = 1;
        }
        accept(entity, EntityUpdate.ofInteraction(time, new EntityInteraction(1, 250, "GBP", partners, weights), null));
    }

    /** Rows of two groups of items that are touched together. */
    private void touchGroups(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < 20; i++) {
                touch("i:" + i, TIME, "i:" + (i + 2) % 20, "i:" + (i + 4) % 20);
            }
        }
    }

    private void list(String... items) {
        for (String id : items) {
            models.writableCatalog().putItem(new Item(id, "Item " + id, null, 1_000, "GBP", 400, Item.UNLIMITED));
        }
    }

    private void order(String... items) {
        accept(Entity.ALL, EntityUpdate.ordered(TIME, EntityOrder.ALONE));
        for (String item : items) {
            List<String> others = new ArrayList<>(List.of(items));
            others.remove(item);
            accept(
                    Entity.ofItem(item),
                    EntityUpdate.ordered(TIME, new EntityOrder(others, List.of(), false, EntityOrder.NO_LEVELS)));
        }
    }

    /** Orders of a pair, and as many of another item; after each of them, what is due is done. */
    private void pairs(int times) {
        for (int i = 0; i < times; i++) {
            order("a", "b");
            order("c");
            advance(FLUSH + SLICE);
        }
    }

    private PartnerCount pair() {
        return neighbors.get("i:a").partners().get(0);
    }

    @Test
    void shouldCountUpdatesInTheRowOfTheirEntity() {
        touch("i:a", TIME, "i:b", "b:c");
        accept("i:a", EntityUpdate.engaged(TIME, new EntityEngagement(1, 1, 0, 0.25f)));
        accept("i:a", EntityUpdate.bought(TIME, new EntityPurchase(RepurchaseCounts.FIRST)));
        assertThat(outputs).as("nothing by an input").isEmpty();
        advance(FLUSH);
        write();
        EntityState row = states.get("i:a");
        assertThat(row.interactions()).isEqualTo(1);
        assertThat(row.popularity().longTerm()).isEqualTo(1);
        assertThat(row.partners().size()).isEqualTo(2);
        assertThat(row.lastPriceMinor()).isEqualTo(250);
        assertThat(row.currency()).isEqualTo("GBP");
        assertThat(row.engagement().expectedClicks()).isEqualTo(0.25);
        assertThat(row.repurchases().purchases()).isEqualTo(1);
        assertThat(row.latest()).isEqualTo(TIME);
        assertThat(states.get("i:b")).isNull();
        assertThat(counters.get(KomboMetric.ENTITY_UPDATES, "applied")).isEqualTo(3);
    }

    @Test
    void shouldCountWhatIsBoughtTogetherForEachItemOfAnOrder() {
        order("a", "b", "c");
        order("a", "b");
        write();
        assertThat(states.get(Entity.ALL).purchases()).isEqualTo(2);
        assertThat(states.get("i:a").purchases()).isEqualTo(2);
        assertThat(neighbors.get("i:a").partners())
                .extracting(PartnerCount::itemId, PartnerCount::orders)
                .containsExactlyInAnyOrder(tuple("b", 2), tuple("c", 1));
        assertThat(neighbors.get("i:c").partners())
                .extracting(PartnerCount::itemId)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(neighbors.get(Entity.ALL)).isNull();
    }

    @Test
    void shouldRefuseEntitiesThatNoCatalogueListsBeyondTheirLimit() {
        list("listed");
        for (int round = 0; round < 2; round++) {
            for (int page = 0; page < 100; page++) {
                touch("i:page" + page, TIME);
            }
        }
        touch("i:listed", TIME);
        int rows = 0;
        for (int page = 0; page < 100; page++) {
            rows += states.get("i:page" + page) == null ? 0 : 1;
        }
        assertThat(rows).isEqualTo(40);
        assertThat(states.get("i:listed")).isNotNull();
        assertThat(counters.get(KomboMetric.ENTITY_UPDATES, "refused")).isPositive();
    }

    @Test
    void shouldPublishAnEntityOncePerFlushIntervalHoweverOftenItIsUpdated() {
        for (int i = 0; i < 20; i++) {
            touch("i:a", TIME + i);
            touch("b:ab", TIME);
        }
        advance(FLUSH - SLICE);
        assertThat(outputs).isEmpty();
        advance(2 * SLICE);
        assertThat(published()).containsExactlyInAnyOrder("i:a", "b:ab");
        assertThat(models.catalog().model("i:a").interactions()).isEqualTo(20);
        assertThat(models.catalog().model("i:a").mass()).isCloseTo(20, within(1e-3));
        assertThat(emitted(ModelPublished.class).get(0).time()).isEqualTo(TIME + 19);
        advance(10 * FLUSH);
        assertThat(outputs).as("nothing changed").hasSize(2);
    }

    @Test
    void shouldPublishTwoThousandEntitiesPerSecondAtMost() {
        for (int i = 0; i < 200; i++) {
            list("" + i);
            touch("i:" + i, TIME);
        }
        advance(SLICE);
        advance(FLUSH - SLICE);
        assertThat(published()).as("the first slice").hasSize(40);
        advance(SLICE);
        assertThat(published()).hasSize(80);
        advance(FLUSH);
        assertThat(published()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void shouldPublishTheNeighborsThatSomebodyKnowsOnly() {
        list("a", "b");
        accept(
                "i:b",
                EntityUpdate.ordered(
                        TIME, new EntityOrder(List.of("a", "made-up"), List.of(), false, EntityOrder.NO_LEVELS)));
        advance(FLUSH + SLICE);
        assertThat(models.catalog().model("i:b").neighbors())
                .extracting(Neighbor::itemId)
                .containsExactly("a");
        assertThat(neighbors.get("i:b").partners()).hasSize(2);
    }

    @Test
    void shouldPublishLevelsOfAllEntitiesAsOfTheLatestInput() {
        list("a");
        advance(FLUSH);
        accept("i:a", EntityUpdate.ordered(TIME, new EntityOrder(List.of(), List.of(), false, new long[] {LEVEL})));
        touch("i:b", TIME + 365 * Millis.DAY);
        advance(FLUSH + SLICE);
        assertThat(models.catalog().model("i:a").levels().customers()).isCloseTo(0.5, within(1e-3));
    }

    @Test
    void shouldPublishAfterARestartWhatWasNotPublishedBeforeAsOfTheLatestRow() {
        list("sold");
        touch("i:published", TIME);
        touch("i:touched", TIME);
        touch("i:sold", TIME);
        advance(FLUSH + SLICE);
        touch("i:touched", TIME);
        accept("i:sold", EntityUpdate.ordered(TIME, EntityOrder.ALONE));
        accept("i:a", EntityUpdate.ordered(TIME, new EntityOrder(List.of(), List.of(), false, new long[] {LEVEL})));
        touch("i:b", TIME + 365 * Millis.DAY);
        task.beforeCommit(now);
        restart();
        outputs.clear();
        read = 0;
        advance(2 * FLUSH);
        assertThat(published()).containsExactlyInAnyOrder("i:a", "i:b", "i:touched", "i:sold");
        assertThat(models.catalog().model("i:a").levels().customers()).isCloseTo(0.5, within(1e-3));
    }

    @Test
    void shouldSweepByTheNumberOfUpdates() {
        touchGroups(4);
        advance(10 * FLUSH);
        assertThat(emitted(SweepEnded.class)).as("80 updates are too few").isEmpty();
        touchGroups(1);
        advance(10 * FLUSH);
        assertThat(emitted(SweepEnded.class)).singleElement().satisfies(ended -> {
            assertThat(ended.key()).isEqualTo("0");
            assertThat(ended.time()).isEqualTo(TIME);
            assertThat(ended.sum().rows()).isEqualTo(20);
            assertThat(ended.sum().updates()).isEqualTo(100);
            assertThat(ended.sum().generation()).isEqualTo(1);
            assertThat(ended.sum().gram()).hasSize(FACTORS * (FACTORS + 1) / 2);
        });
        assertThat(emitted(SweepBlock.class)).first().satisfies(block -> {
            assertThat(block.key()).isEqualTo("0/0");
            assertThat(block.partners()).hasSize(20).contains(PartnerTable.partnerOf(StableHash.of("i:7")));
            assertThat(block.vectors()).hasSize(20);
        });
        assertThat(models.generations().basis().generation()).isEqualTo(1);
        touchGroups(5);
        advance(10 * FLUSH);
        assertThat(emitted(SweepColumns.class))
                .as("once there are factors")
                .singleElement()
                .satisfies(block -> {
                    assertThat(block.key()).isEqualTo("0/c0");
                    assertThat(block.generation()).isEqualTo(2);
                    assertThat(block.partners()).hasSize(20);
                    assertThat(block.columns()).hasSize(20);
                });
    }

    @Test
    void shouldSweepTheOtherRowsWhenSomeCannotBeRead() {
        Set<String> unreadable = new HashSet<>();
        // More than a slice.
        for (int i = 0; i < 250; i++) {
            list("listed" + i);
            touch("i:listed" + i, TIME);
            unreadable.add("i:listed" + i);
        }
        states.damage(unreadable);
        advance(10 * FLUSH);
        touchGroups(20);
        write();
        unreadable.add("i:3");
        states.damage(unreadable);
        advance(10 * FLUSH);
        assertThat(counters.get(KomboMetric.SWEEP_ROWS)).isEqualTo(19);
        assertThat(emitted(SweepEnded.class))
                .last()
                .satisfies(ended -> assertThat(ended.sum().rows()).isEqualTo(19));
        assertThat(failed).contains("i:3").containsAll(unreadable).doesNotContain("i:4");
    }

    @Test
    void shouldForgetWhatNoCatalogueListsAndNobodyTouches() {
        list("left", "kept");
        order("left", "kept");
        touchGroups(1);
        advance(2 * FLUSH);
        models.writableCatalog().removeItem("left");
        outputs.clear();
        read = 0;
        for (int i = 0; i < 250; i++) {
            touch("i:kept", TIME + 31 * Millis.DAY);
        }
        refused = ModelRemoved.class::isInstance;
        advance(10 * FLUSH);
        assertThat(states.get("i:left"))
                .as("stays where its removal is refused")
                .isNotNull();
        assertThat(failed).contains("i:left");

        refused = output -> false;
        for (int i = 0; i < 250; i++) {
            touch("i:kept", TIME + 31 * Millis.DAY);
        }
        advance(10 * FLUSH);
        assertThat(emitted(ModelRemoved.class))
                .extracting(ItemOutput::key)
                .hasSize(21)
                .contains("i:left", "i:7");
        assertThat(states.get("i:left")).isNull();
        assertThat(neighbors.get("i:left")).isNull();
        assertThat(neighbors.get("i:kept")).isNotNull();
        assertThat(counters.get(KomboMetric.ENTITIES_RETIRED)).isEqualTo(21);
    }

    @Test
    void shouldOfferABundleOfWhatIsBoughtTogetherOnce() {
        list("a", "b", "c");
        touch("i:a", TIME);
        pairs(6);
        String id = MinedBundle.idOf(List.of("a", "b"));
        assertThat(emitted(SuggestionMade.class)).first().satisfies(made -> {
            assertThat(made.key()).isEqualTo(id);
            assertThat(made.suggestion().approved()).isTrue();
            assertThat(made.suggestion().bundle().members()).containsExactly("a", "b");
        });
        assertThat(emitted(BundleOffered.class)).singleElement().satisfies(offered -> {
            assertThat(offered.bundle().id()).isEqualTo(id);
            assertThat(offered.bundle().origin()).isEqualTo(Bundle.Origin.MINED);
            assertThat(offered.bundle().title()).isEqualTo("Item a + Item b");
            assertThat(offered.bundle().createdAt()).isEqualTo(TIME);
            assertThat(offered.bundle().marginMinor())
                    .isEqualTo(offered.bundle().priceMinor() - 800);
        });
        assertThat(pair().suggestedOrders())
                .isEqualTo(emitted(SuggestionMade.class)
                        .get(0)
                        .suggestion()
                        .bundle()
                        .support());
    }

    @Test
    void shouldSuggestABundleAgainWhenItsSuggestionWasRefused() {
        list("a", "b", "c");
        refused = SuggestionMade.class::isInstance;
        pairs(6);
        assertThat(failed).contains("i:a");
        assertThat(outputs).doesNotHaveAnyElementsOfTypes(SuggestionMade.class, BundleOffered.class);
        assertThat(pair().suggestedOrders()).as("nothing was suggested").isZero();

        refused = output -> false;
        pairs(1);
        assertThat(emitted(BundleOffered.class)).hasSize(1);
        assertThat(pair().suggestedOrders()).isPositive();
    }

    @Test
    void shouldWithdrawABundleThatOrdersNoLongerSupport() {
        list("a", "b", "c");
        pairs(6);
        loseSupport();
        String id = MinedBundle.idOf(List.of("a", "b"));
        assertThat(emitted(SuggestionWithdrawn.class))
                .extracting(ItemOutput::key)
                .containsExactly(id);
        assertThat(emitted(BundleTakenOut.class)).extracting(ItemOutput::key).containsExactly(id);
        assertThat(counters.get(KomboMetric.BUNDLES_WITHDRAWN)).isEqualTo(1);
        assertThat(pair().suggestedOrders()).as("may be suggested again").isZero();
    }

    @Test
    void shouldLeaveABundleAloneThatSomebodyApproved() {
        list("a", "b", "c");
        pairs(6);
        models.suggestions().decide(MinedBundle.idOf(List.of("a", "b")), SuggestionIndex.Review.APPROVED);
        loseSupport();
        assertThat(outputs).doesNotHaveAnyElementsOfTypes(SuggestionWithdrawn.class, BundleTakenOut.class);
    }

    @Test
    void shouldLeaveABundleToTheTaskOfItsFirstItem() {
        list("a", "b", "c");
        pairs(6);
        owned = entity -> !entity.equals("i:a");
        loseSupport();
        assertThat(outputs).doesNotHaveAnyElementsOfTypes(SuggestionWithdrawn.class, BundleTakenOut.class);
    }

    /** Most orders hold b: it no longer belongs with a. */
    private void loseSupport() {
        for (int i = 0; i < 200; i++) {
            order("b");
        }
        advance(SETTLED);
    }

    @Test
    void shouldPublishPricesUntilTheyAreRead() {
        models.catalog().prices().changed("i:a", new Price("GBP", 500), new Price("GBP", 400), TIME);
        advance(SLICE);
        PriceTold told = emitted(PriceTold.class).get(0);
        assertThat(told.key()).isEqualTo("i:a");
        assertThat(told.history().priceMinor()).isEqualTo(400);
        advance(9 * FLUSH);
        assertThat(emitted(PriceTold.class)).as("it may be on its way").hasSize(1);
        advance(FLUSH);
        assertThat(emitted(PriceTold.class)).as("again, as nobody read it").hasSize(2);
        assertThat(models.catalog().prices().published("i:a", told.history(), now))
                .isNull();
        advance(20 * FLUSH);
        assertThat(emitted(PriceTold.class)).hasSize(2);
    }

    @Test
    void shouldSayWhenThereIsNothingToDo() {
        touch("i:a", TIME);
        assertThat(task.tick(now += SLICE)).isTrue();
        advance(2 * FLUSH);
        assertThat(task.tick(now += SLICE)).isFalse();
    }
}
