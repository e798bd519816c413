package dev.kombo.learning.mining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.RandomValues;
import dev.kombo.codec.Stored;
import dev.kombo.settings.SettingValues;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StoredNeighborsPropertyTest {
    private static final NeighborSettings SETTINGS = NeighborSettings.of(SettingValues.defaults());

    @Property(tries = 500, seed = "43")
    void shouldReadNeighborsAsTheyWereWritten(@ForAll long seed) {
        RandomValues values = new RandomValues(seed);
        NeighborCounts counts = new NeighborCounts(
                SETTINGS,
                values.number(),
                values.list(() -> new PartnerCount(values.text(), values.real(), values.integer(), values.integer())),
                values.list(
                        () -> new PartnerPairCount(values.text(), values.text(), values.integer(), values.integer())));
        NeighborCounts read = new NeighborCounts(SETTINGS);
        Stored.copy(counts::fields, read::fields);
        assertThat(read).usingRecursiveComparison(Stored.NUMBERS).isEqualTo(counts);
        assertThat(Stored.bytes(read::fields)).isEqualTo(Stored.bytes(counts::fields));

        read.addOrder("item", List.of("other", "third"), List.of(), 3, 1);
        assertThat(read.partners())
                .as("counts go on")
                .hasSizeGreaterThan(counts.partners().size());
    }
}
