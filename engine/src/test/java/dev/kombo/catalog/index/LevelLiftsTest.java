package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.LevelCounts;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.settings.SettingValues;
import org.junit.jupiter.api.Test;

/** Log-lifts of two levels of 1,000 customers, against their formula. */
class LevelLiftsTest {
    private static final long NORTH = 7;
    private static final long SOUTH = 3;
    private static final long RARE = 5;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));

    LevelLiftsTest() {
        index.putItem(CatalogFixtures.item("tea", 100));
        index.putModel(taken("i:tea", 80, 60, 10, 10));
        index.putModel(taken(Entity.ALL, 1_000, 400, 581, 19));
    }

    private static EntityModel taken(String entity, double customers, float north, float south, float rare) {
        return taken(
                entity, new LevelCounts(customers, new long[] {NORTH, SOUTH, RARE}, new float[] {north, south, rare}));
    }

    private static EntityModel taken(String entity, LevelCounts levels) {
        return CatalogFixtures.counted(entity, RepurchaseCounts.NONE, levels);
    }

    private double lift(long level) {
        return index.levels().of(index.itemOrdinal("tea")).at(index.levels().place(level));
    }

    @Test
    void shouldShrinkTheLogLiftToNothing() {
        assertThat(lift(NORTH)).isCloseTo(Math.log((60 + 20 * 0.4) / (100 * 0.4)), within(1e-6));
        assertThat(lift(SOUTH)).isCloseTo(Math.log((10 + 20 * 0.581) / (100 * 0.581)), within(1e-6));
        index.putItem(CatalogFixtures.item("new", 100));
        LevelLifts.ItemLifts untaken = index.levels().of(index.itemOrdinal("new"));
        assertThat(untaken.at(index.levels().place(NORTH))).isZero();
        assertThat(untaken.at(CatalogIndex.UNKNOWN)).isZero();
    }

    @Test
    void shouldKeepOnlyLevelsOfTheItemsCustomers() {
        LevelCounts northern = new LevelCounts(80, new long[] {NORTH}, new float[] {80});
        index.putModel(taken("i:tea", northern));
        assertThat(index.levels().of(index.itemOrdinal("tea")).lifts()).hasSize(1);
        assertThat(lift(NORTH)).isCloseTo(Math.log((80 + 20 * 0.4) / (100 * 0.4)), within(1e-6));
        assertThat(lift(SOUTH)).isCloseTo(Math.log(20.0 / 100), within(1e-6));
    }

    @Test
    void shouldNotKnowALevelWhenFewCustomersHaveIt() {
        assertThat(index.levels().place(RARE)).isEqualTo(CatalogIndex.UNKNOWN);
        assertThat(index.levels().place(99)).isEqualTo(CatalogIndex.UNKNOWN);
        index.putModel(taken(Entity.ALL, 1_100, 400, 680, 20));
        assertThat(index.levels().place(RARE)).isNotNegative();
    }

    @Test
    void shouldForgetALevelWhenItsCustomersFadeAmongAsManyOthers() {
        index.putModel(taken(Entity.ALL, 1_000, 400, 580, 20));
        assertThat(index.levels().place(RARE)).isNotNegative();
        index.putModel(taken(Entity.ALL, 1_000, 400, 581, 19));
        assertThat(index.levels().place(RARE)).isEqualTo(CatalogIndex.UNKNOWN);
        index.putModel(taken(Entity.ALL, 1_000, 300, 681, 19));
        assertThat(lift(NORTH)).isCloseTo(Math.log((60 + 20 * 0.3) / (100 * 0.3)), within(1e-6));
    }

    @Test
    void shouldFollowTheModelsWhenTheyChange() {
        lift(NORTH);
        index.putModel(taken("i:tea", 80, 10, 60, 10));
        assertThat(lift(NORTH)).isCloseTo(Math.log((10 + 20 * 0.4) / (100 * 0.4)), within(1e-6));
        LevelLifts before = index.levels();
        index.putModel(taken(Entity.ALL, 1_049, 400, 630, 19));
        assertThat(index.levels()).as("hardly more customers").isSameAs(before);
        index.putModel(taken(Entity.ALL, 1_200, 600, 581, 19));
        assertThat(lift(NORTH)).isCloseTo(Math.log((10 + 20 * 0.5) / (100 * 0.5)), within(1e-6));
    }

    /** Each of 500,000 customers has an id as an attribute, half of them are of the north. */
    @Test
    void shouldKeepWhatManyShareAndKnowNoneOfHalfAMillionOtherLevels() {
        PartnerTable counts = new PartnerTable(PartnerTable.Limits.LEVELS);
        for (int customer = 0; customer < 500_000; customer++) {
            long id = PartnerTable.partnerOf(Entity.hashOfItem("customer-" + customer));
            counts.add(1f, customer % 2 == 0 ? new long[] {id, NORTH} : new long[] {id}, new float[] {1f, 1f}, 1);
        }
        assertThat(counts.size()).isEqualTo(LevelCounts.MOST_LEVELS);
        LevelCounts all = PartnerTable.levels(counts.write(), counts.mass());
        assertThat(all.excess()).isGreaterThan(20);
        index.putModel(taken(Entity.ALL, all));
        for (long level : all.levels()) {
            assertThat(index.levels().place(level)).isEqualTo(level == NORTH ? 0 : CatalogIndex.UNKNOWN);
        }
        // Counts of 24 bits are rounded at random.
        assertThat(lift(NORTH)).isCloseTo(Math.log((60 + 20 * 0.5) / (100 * 0.5)), within(0.1));

        LevelLifts before = index.levels();
        counts.add(1f, new long[] {PartnerTable.partnerOf(Entity.hashOfItem("another"))}, new float[] {1f}, 1);
        index.putModel(taken(Entity.ALL, PartnerTable.levels(counts.write(), counts.mass())));
        assertThat(index.levels()).as("whatever else comes and goes").isSameAs(before);
    }
}
