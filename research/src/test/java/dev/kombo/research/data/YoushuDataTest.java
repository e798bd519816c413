package dev.kombo.research.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.shop.data.DataFiles;
import dev.kombo.shop.data.DataSets;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YoushuDataTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        DataFiles.writeYoushu(folder);
    }

    @Test
    void shouldReadPairsAndGroupThem() throws IOException {
        YoushuData data = YoushuData.read(folder, PredictedPart.TUNE, null);

        assertThat(new int[] {data.users(), data.bundles(), data.items()}).containsExactly(3, 4, 5);
        assertThat(data.userItems().first()).containsExactly(2, 0, 0);
        assertThat(data.userItems().second()).containsExactly(4, 0, 4);
        assertThat(data.train().size()).isEqualTo(3);
        assertThat(data.train().byFirst(3)).isDeepEqualTo(new int[][] {{1, 3}, {}, {0}});
        assertThat(data.ranked().byFirst(3)).isDeepEqualTo(new int[][] {{2}, {3}, {}});
        assertThat(data.bundleItems()).isDeepEqualTo(new int[][] {{1, 4}, {0, 2}, {0, 1}, {3, 4}});
    }

    @Test
    void shouldPredictAnotherFileWhenOneIsNamed() throws IOException {
        Path other = DataFiles.write(folder, "held-out.txt.gz", "1\t0");

        assertThat(YoushuData.read(folder, PredictedPart.TEST, other).ranked().byFirst(3))
                .isDeepEqualTo(new int[][] {{}, {0}, {}});
        assertThatThrownBy(() -> YoushuData.read(folder, PredictedPart.TEST, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it lacks user_bundle_test.txt (plain or .gz)");
    }

    @Test
    void shouldNameAllMissingFiles() throws IOException {
        Files.delete(folder.resolve("user_item.txt"));
        Files.delete(folder.resolve("bundle_item.txt.gz"));

        assertThatThrownBy(() -> YoushuData.read(folder, PredictedPart.TUNE, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a folder of youshu: it lacks user_item.txt, bundle_item.txt")
                .hasMessageContaining("it holds [Youshu_data_size.txt, ");
        assertThatThrownBy(() -> YoushuData.read(folder.resolve("none"), PredictedPart.TUNE, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no such folder");
    }

    @ParameterizedTest
    @CsvSource({
        "0\t3, 3, user: expected an id from 0 to 2, found '3'",
        "0\t3, 1\t4, bundle: expected an id from 0 to 3, found '4'",
        "0\t3, 1\t-1, bundle: expected an id from 0 to 3, found '-1'",
        "0\t3, one\t1, user: expected a number, found 'one'",
        "0\t3, 1\t1.5, bundle: expected a whole number, found '1.5'",
        "0\t3, 1, row: expected 2 columns, found 1",
        "0\t3, 1\t2\t3, row: expected 2 columns, found 3",
        "0\t3, 1 2, row: expected 2 columns, found 1"
    })
    void shouldLeaveOutRowsAndTellOfTheFirstWhereNoneIsLeft(String sound, String unsound, String expected)
            throws IOException {
        String row = unsound.equals("3") ? "3\t1" : unsound;
        DataFiles.write(folder, "user_bundle_tune.txt", sound, row);

        YoushuData data = YoushuData.read(folder, PredictedPart.TUNE, null);

        assertThat(data.ranked().size()).isEqualTo(1);
        assertThat(data.leftOut()).isEqualTo(Map.of("user_bundle_tune.txt: unparsable-row", 1L));

        DataFiles.write(folder, "user_bundle_tune.txt", "", row);
        assertThatThrownBy(() -> YoushuData.read(folder, PredictedPart.TUNE, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("user_bundle_tune.txt can be used as youshu: line 2, " + expected);
    }

    @Test
    void shouldRefuseWhenTheSizeIsNotOneRowOrNothingIsPredicted() {
        DataFiles.write(folder, "Youshu_data_size.txt", "3\t4\t5", "3\t4\t5");
        assertThatThrownBy(() -> YoushuData.read(folder, PredictedPart.TUNE, null))
                .hasMessageContaining("one row with the numbers of users, bundles and items is expected, found 2");

        DataFiles.writeYoushu(folder);
        DataFiles.write(folder, "user_bundle_tune.txt");
        assertThatThrownBy(() -> YoushuData.read(folder, PredictedPart.TUNE, null))
                .hasMessageContaining("it is empty");
    }

    @Test
    void shouldReadTheRealFiles() throws IOException {
        Path real = DataSets.require("youshu/user_item.txt.gz").getParent();

        YoushuData data = YoushuData.read(real, PredictedPart.TUNE, null);

        assertThat(new int[] {data.users(), data.bundles(), data.items()}).containsExactly(8_039, 4_771, 32_770);
        assertThat(data.leftOut()).isEmpty();
        assertThat(data.train().size()).isEqualTo(34_416);
        assertThat(data.ranked().size()).isEqualTo(5_189);
        assertThat(data.userItems().size()).isEqualTo(138_515);
        assertThat(Arrays.stream(data.bundleItems())
                        .mapToInt(items -> items.length)
                        .sum())
                .isEqualTo(176_667);
        assertThat(Arrays.stream(data.train().byFirst(data.users()))
                        .filter(bundles -> bundles.length > 0)
                        .count())
                .isGreaterThan(2_900);
    }
}
