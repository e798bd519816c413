package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleState;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.data.YoushuData;
import dev.kombo.settings.SettingValues;
import dev.kombo.shop.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YoushuStreamTest {
    @TempDir
    private Path folder;

    private YoushuData data;

    @BeforeEach
    void read() throws IOException {
        DataFiles.writeYoushu(folder);
        data = YoushuData.read(folder, PredictedPart.TUNE, null);
    }

    @Test
    void shouldTellEachTrainPairOnce() {
        YoushuStream stream = new YoushuStream(data, 1, 1);

        List<String> told = new ArrayList<>();
        for (int e = 0; e < stream.size(); e++) {
            ShopperEvent event = stream.event(e);
            told.add(event.userId() + " " + (event.itemId() != null ? event.itemId() : event.bundleId()));
            assertThat(event.time()).isEqualTo(YoushuStream.time(e)).isGreaterThan(YoushuStream.time(e - 1));
        }
        assertThat(told).containsExactlyInAnyOrder("u0 b3", "u0 b1", "u2 b0", "u2 i4", "u0 i0", "u0 i4");
    }

    @Test
    void shouldKeepTheHeadOfTheSameOrder() {
        YoushuStream whole = new YoushuStream(data, 7, 1);
        YoushuStream head = new YoushuStream(data, 7, 0.5);

        assertThat(head.size()).isEqualTo(3);
        for (int e = 0; e < head.size(); e++) {
            assertThat(head.event(e)).isEqualTo(whole.event(e));
        }
    }

    @Test
    void shouldOrderOtherwiseWithAnotherSeed() {
        assertThat(List.of(1L, 2L, 3L, 4L).stream()
                        .map(seed -> new YoushuStream(data, seed, 1).event(0).eventId())
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    /** Otherwise the contest would rank a choice among a few random bundles only. */
    @Test
    void shouldHaveACatalogueThatTheServiceOffersFrom() {
        WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        YoushuStream.items(data).forEach(index::putItemLater);
        YoushuStream.bundles(data).forEach(index::putBundle);
        for (int bundle = 0; bundle < data.bundles(); bundle++) {
            assertThat(BundleState.of(index.bundle("b" + bundle), 0)).isEqualTo(BundleState.OFFERED);
        }
    }

    @Test
    void shouldListAllBundlesWithTheirMembersAtThePriceOfTheseAlone() {
        List<Bundle> bundles = YoushuStream.bundles(data);

        assertThat(bundles).extracting(Bundle::id).containsExactly("b0", "b1", "b2", "b3");
        assertThat(bundles.get(3).members())
                .extracting(member -> member.itemId())
                .containsExactly("i3", "i4");
        assertThat(bundles)
                .allSatisfy(bundle -> assertThat(bundle.priceMinor())
                        .isEqualTo(1000L * bundle.members().size())
                        .isEqualTo(bundle.listPriceMinor()));
    }
}
