package dev.kombo.engine.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.FlatReader;
import dev.kombo.codec.RandomValues;
import dev.kombo.codec.Stored;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.settings.SettingValues;
import java.nio.ByteBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EntityStatePropertyTest {
    private static final PopularitySettings SETTINGS = PopularitySettings.of(SettingValues.defaults());

    @Property(tries = 500, seed = "41")
    void shouldReadARowAsItWasWritten(@ForAll long seed) {
        assertReads(row(new RandomValues(seed)));
    }

    @Example
    void shouldReadARowThatIsNewOrFull() {
        assertReads(EntityState.unknown(SETTINGS));
        RandomValues values = new RandomValues(41);
        assertReads(new EntityState(
                table(values, PartnerTable.Limits.INTERACTIONS, PartnerTable.Limits.INTERACTIONS.capacity()),
                table(values, PartnerTable.Limits.LEVELS, PartnerTable.Limits.LEVELS.capacity()),
                new Popularity(SETTINGS, 1, 1, 1)));
    }

    /** What was read shares the bytes of the store, so a change must not reach them. */
    @Property(tries = 100, seed = "42")
    void shouldLeaveTheStoredBytesAsTheyAreWhenWhatWasReadChanges(@ForAll long seed) {
        byte[] stored = Stored.bytes(row(new RandomValues(seed))::fields);
        byte[] before = stored.clone();
        EntityState read = EntityState.unknown(SETTINGS);
        read.fields(new FlatReader(stored));
        long[] partners = {1, 2, 3};
        read.count(EntityUpdate.ofInteraction(
                1, new EntityUpdate.EntityInteraction(1, 5, "EUR", partners, new float[] {1, 1, 1}), null));
        assertThat(stored).isEqualTo(before);
    }

    private static EntityState row(RandomValues values) {
        EntityState row = new EntityState(
                table(values, PartnerTable.Limits.INTERACTIONS, values.length()),
                table(values, PartnerTable.Limits.LEVELS, values.length()),
                new Popularity(SETTINGS, values.precise(), values.precise(), values.number()));
        row.restore(
                values.number(),
                values.number(),
                values.flag()
                        ? EngagementCounts.NONE
                        : new EngagementCounts(
                                values.precise(),
                                values.precise(),
                                values.precise(),
                                values.precise(),
                                values.number()),
                values.flag()
                        ? RepurchaseCounts.NONE
                        : new RepurchaseCounts(values.number(), values.real(), values.real(), values.number()));
        row.priced(values.number(), values.flag() ? null : values.text());
        return row;
    }

    private static PartnerTable table(RandomValues values, PartnerTable.Limits limits, int size) {
        ByteBuffer entries = ByteBuffer.wrap(values.bytes(size * PartnerTable.ENTRY_BYTES));
        return PartnerTable.read(entries, values.precise(), values.number(), limits);
    }

    private static void assertReads(EntityState row) {
        EntityState read = EntityState.unknown(SETTINGS);
        Stored.copy(row::fields, read::fields);
        assertSame(read.partners(), row.partners());
        if (row.levels().size() > 0) {
            assertSame(read.levels(), row.levels());
        } else {
            assertThat(read.levels().size()).isZero();
        }
        assertThat(read.popularity()).usingRecursiveComparison(Stored.NUMBERS).isEqualTo(row.popularity());
        assertThat(read.engagement()).isEqualTo(row.engagement());
        assertThat(read.repurchases()).isEqualTo(row.repurchases());
        assertThat(read.interactions()).isEqualTo(row.interactions());
        assertThat(read.purchases()).isEqualTo(row.purchases());
        assertThat(read.currency()).isEqualTo(row.currency());
        assertThat(read.lastPriceMinor()).isEqualTo(row.lastPriceMinor());
        assertThat(Stored.bytes(read::fields)).isEqualTo(Stored.bytes(row::fields));
    }

    private static void assertSame(PartnerTable read, PartnerTable table) {
        assertThat(read.write()).isEqualTo(table.write());
        assertThat(read.size()).isEqualTo(table.size());
        assertThat(read.mass()).isEqualTo(Double.valueOf(table.mass()));
        assertThat(read.time()).isEqualTo(table.time());
    }
}
