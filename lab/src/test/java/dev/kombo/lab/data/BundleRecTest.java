package dev.kombo.lab.data;

import static dev.kombo.lab.data.EventFiles.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.lab.quality.data.DataFiles;
import dev.kombo.profile.EventRules;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.EventType;
import dev.kombo.serde.EventMapper;
import dev.kombo.settings.SettingValues;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRecTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() {
        file = DataFiles.write(
                directory,
                "user_item.csv.gz",
                "user ID,item ID,timestamp",
                "1,11,172800",
                "2,12,86400",
                "2,13,86400",
                "2,12,86400",
                "1,14,soon");
        DataFiles.write(directory, "user_bundle.csv", "user ID,bundle ID,timestamp", "1,101,172800", "2,102,86400");
        DataFiles.write(directory, "bundle_item.csv", "bundle ID,item ID", "101,11", "101,14", "102,12", "102,13");
        DataFiles.write(
                directory,
                "item_categories.csv",
                "item ID,categories",
                "11,\"[[Electronics,Cables, Plugs & Wire,HDMI],[Phones]]\"");
        DataFiles.write(directory, "item_titles.csv", "item ID,titles", "11,\"Cable, 2 m\"");
    }

    @Test
    void shouldReadItemsAndBundlesInOrderOfTime() {
        List<EventRow> rows = EventFiles.read(new BundleRec(), file);

        assertThat(rows.stream().map(EventRow::line)).containsExactly(3, 4, 5, 6, 9, 2, 8);
        assertThat(rows.stream().map(EventFiles::reason))
                .containsExactly(
                        "accepted", "accepted", "duplicate-row", "unparsable-row", "accepted", "accepted", "accepted");
    }

    @Test
    void shouldReadPurchasesWithoutPriceAndMarkBundlesAsDerived() {
        List<EventRow> rows = EventFiles.read(new BundleRec(), file);
        BehaviorEvent item = event(rows.get(5));
        BehaviorEvent bundle = event(rows.get(6));

        assertThat(item.getEventId()).isEqualTo("user_item.csv.gz:2");
        assertThat(item.getType()).isEqualTo(EventType.PURCHASE);
        assertThat(item.getUserId()).isEqualTo("1");
        assertThat(item.getItemId()).isEqualTo("11");
        assertThat(item.getOrderId()).isEqualTo("1-172800");
        assertThat(item.getUnitPriceMinor()).isNull();
        assertThat(item.getEventTime()).isEqualTo(172_800_000L);
        assertThat(bundle.getEventId()).isEqualTo("user_item.csv.gz:8");
        assertThat(bundle.getType()).isEqualTo(EventType.PURCHASE);
        assertThat(bundle.getBundleId()).isEqualTo("101");
        assertThat(bundle.getItemId()).isNull();
        assertThat(bundle.getAttributes()).isEqualTo(Map.of("derived", "true"));
        assertThat(event(rows.get(0)).getOrderId()).isEqualTo(event(rows.get(1)).getOrderId());
        EventRules rules = EventRules.of(SettingValues.defaults());
        assertThat(List.of(item, bundle))
                .allSatisfy(event -> assertThat(rules.check(EventMapper.toDomain(event), event.getEventTime()))
                        .isNull());
    }

    @Test
    void shouldPublishItemsWithTitleAndNarrowestCategory() throws IOException {
        FileCatalog catalog;
        try (EventRows rows = new BundleRec().open(file)) {
            catalog = rows.catalog();
        }

        assertThat(catalog.items()).hasSize(4);
        assertThat(catalog.items().get(0).getTitle()).isEqualTo("Cable, 2 m");
        assertThat(catalog.items().get(0).getCategory()).isEqualTo("HDMI");
        assertThat(catalog.items().get(1).getTitle()).isEmpty();
        assertThat(catalog.items().get(1).getCategory()).isNull();
        assertThat(catalog.bundles().stream().map(Bundle::getBundleId)).containsExactly("101", "102");
    }

    @Test
    void shouldReadOnWithoutTitlesAndRefuseWithoutBundles() throws IOException {
        Files.delete(directory.resolve("item_titles.csv"));
        Files.delete(directory.resolve("item_categories.csv"));
        assertThat(EventFiles.counts(EventFiles.read(new BundleRec(), file))).containsEntry("accepted", 5L);

        Files.delete(directory.resolve("user_bundle.csv"));
        assertThatThrownBy(() -> new BundleRec().open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it lacks user_bundle.csv (plain or .gz)");
    }
}
