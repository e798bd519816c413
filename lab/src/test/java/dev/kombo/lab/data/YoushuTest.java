package dev.kombo.lab.data;

import static dev.kombo.lab.data.EventFiles.event;
import static dev.kombo.lab.data.EventFiles.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.lab.quality.data.DataFiles;
import dev.kombo.profile.EventRules;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.serde.EventMapper;
import dev.kombo.settings.SettingValues;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YoushuTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() {
        file = DataFiles.write(directory, "user_bundle_train.txt.gz", "7\t3", "7\t1", "9\t3");
        DataFiles.write(directory, "user_item.txt", "7\t40", "9\t3", "9\t41");
        DataFiles.write(directory, "bundle_item.txt.gz", "1\t40", "1\t42", "3\t41", "3\t40", "3\t41", "5\t44");
    }

    @Test
    void shouldReadPairsAsPurchasesWithoutPrice() {
        List<EventRow> rows = EventFiles.read(new Youshu(), file);

        assertThat(rows).hasSize(6);
        BehaviorEvent bundle = event(ofLine(rows, 2));
        assertThat(bundle.getEventId()).isEqualTo("user_bundle_train.txt.gz:2");
        assertThat(bundle.getType()).isEqualTo(EventType.PURCHASE);
        assertThat(bundle.getUserId()).isEqualTo("7");
        assertThat(bundle.getBundleId()).isEqualTo("1");
        assertThat(bundle.getItemId()).isNull();
        assertThat(bundle.getUnitPriceMinor()).isNull();
        BehaviorEvent item = event(ofLine(rows, 4));
        assertThat(item.getUserId()).isEqualTo("7");
        assertThat(item.getItemId()).isEqualTo("40");
        assertThat(item.getBundleId()).isNull();
        EventRules rules = EventRules.of(SettingValues.defaults());
        assertThat(rows)
                .allSatisfy(row -> assertThat(rules.check(EventMapper.toDomain(event(row)), row.eventTime()))
                        .isNull());
    }

    @Test
    void shouldGiveTimesInAnOrderThatIsShuffledTheSameEachTime() {
        String[] pairs = IntStream.range(0, 200).mapToObj(i -> i + "\t1").toArray(String[]::new);
        DataFiles.write(directory, "user_bundle_train.txt.gz", pairs);

        List<EventRow> rows = EventFiles.read(new Youshu(), file);

        List<Integer> lines = rows.stream().map(EventRow::line).toList();
        assertThat(lines)
                .isEqualTo(EventFiles.read(new Youshu(), file).stream()
                        .map(EventRow::line)
                        .toList());
        assertThat(lines.stream().sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 203).boxed().toList());
        assertThat(lines.subList(0, 50).stream().filter(line -> line > 100).count())
                .as("mixed")
                .isBetween(10L, 40L);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).eventTime()).isEqualTo(Youshu.START + i * Youshu.STEP_MILLIS);
        }
    }

    @Test
    void shouldPublishBundlesAndTheirItemsWithNominalPrices() throws IOException {
        FileCatalog catalog;
        try (EventRows rows = new Youshu().open(file)) {
            catalog = rows.catalog();
        }

        assertThat(catalog.items().stream().map(Item::getItemId)).containsExactly("40", "42", "41", "44");
        assertThat(catalog.items())
                .allSatisfy(item -> assertThat(item.getPriceMinor()).isEqualTo(100))
                .allSatisfy(item -> assertThat(item.getCurrency()).isEqualTo("XXX"));
        assertThat(catalog.bundles().stream().map(Bundle::getBundleId))
                .as("one item is no bundle")
                .containsExactly("1", "3");
        Bundle bundle = catalog.bundles().get(1);
        assertThat(bundle.getMembers().stream().map(BundleMember::getItemId)).containsExactly("41", "40");
        assertThat(bundle.getPriceMinor()).isEqualTo(200).isEqualTo(bundle.getListPriceMinor());
    }

    @Test
    void shouldRejectRowWhenItEqualsAnotherOfItsFileOrIsUnsound() {
        DataFiles.write(directory, "user_bundle_train.txt.gz", "9\t3", "9\t3", "x\t1", "1\t2\t3");

        List<EventRow> rows = EventFiles.read(new Youshu(), file);

        assertThat(rows).hasSize(7);
        assertThat(rejected(ofLine(rows, 2)).reason()).isEqualTo("duplicate-row");
        assertThat(rejected(ofLine(rows, 3)).reason()).isEqualTo("unparsable-row");
        assertThat(rejected(ofLine(rows, 3)).field()).isEqualTo("user");
        assertThat(rejected(ofLine(rows, 4)).field()).isEqualTo("row");
        assertThat(event(ofLine(rows, 6)).getItemId())
                .as("a pair of the other file with the same numbers")
                .isEqualTo("3");
        assertThat(rows.stream().map(EventRow::eventTime)).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameTheFileThatIsNotBeside() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path alone = DataFiles.write(elsewhere, "train.txt", "1\t2");

        assertThatThrownBy(() -> new Youshu().open(alone))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not a folder of youshu: it lacks user_item.txt");
    }

    private static EventRow ofLine(List<EventRow> rows, int line) {
        List<EventRow> found = new ArrayList<>(rows);
        found.removeIf(row -> row.line() != line);
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
