package dev.kombo.lab.quality.data;

import dev.kombo.lab.replay.Fields;
import dev.kombo.lab.replay.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Youshu in the split of CrossCBR (Ma, He, Zhang, Wang, Chua, KDD 2022): books, lists of books, and who took which.
 * Everything is numbered from 0. The pairs have no times: an order of them has to be drawn.
 *
 * @param users number of users
 * @param bundles number of bundles
 * @param items number of items
 * @param userItems user and item
 * @param train user and bundle: what is learned from, and masked when bundles are ranked
 * @param ranked user and bundle: what is predicted
 * @param bundleItems items of each bundle, ascending and each once
 */
public record YoushuData(
        int users, int bundles, int items, IdPairs userItems, IdPairs train, IdPairs ranked, int[][] bundleItems) {
    /** Name of the data set. */
    public static final String NAME = "youshu";

    private static final String SIZE = "Youshu_data_size.txt";
    private static final String TRAIN = "user_bundle_train.txt";
    private static final String TUNE = "user_bundle_tune.txt";
    private static final String TEST = "user_bundle_test.txt";
    private static final String USER_ITEM = "user_item.txt";
    private static final String BUNDLE_ITEM = "bundle_item.txt";

    /**
     * Reads the folder.
     *
     * @param part the part to predict: {@code user_bundle_tune.txt} or {@code user_bundle_test.txt}
     * @param testFile file to predict instead, of the same layout; null: the part's own
     * @throws DataSetException when files are missing, or nothing is to be predicted
     * @throws dev.kombo.lab.replay.ReplayException naming file and line of a row that is not of the layout
     * @throws IOException when a file cannot be read
     */
    public static YoushuData read(Path folder, Part part, Path testFile) throws IOException {
        DataSetFolder files = DataSetFolder.of(NAME, folder);
        String predicted = part == Part.TUNE ? TUNE : TEST;
        List<String> names = new ArrayList<>(List.of(SIZE, TRAIN, USER_ITEM, BUNDLE_ITEM));
        if (testFile == null) {
            names.add(predicted);
        }
        Map<String, Path> found = files.require(names.toArray(new String[0]));
        int[] size = size(found.get(SIZE));
        Path predictedFile = testFile == null ? found.get(predicted) : testFile;
        IdPairs ranked = pairs(predictedFile, "user", size[0], "bundle", size[1]);
        if (ranked.size() == 0) {
            throw new DataSetException(predictedFile + " is empty: pairs of user and bundle are expected");
        }
        return new YoushuData(
                size[0],
                size[1],
                size[2],
                pairs(found.get(USER_ITEM), "user", size[0], "item", size[2]),
                pairs(found.get(TRAIN), "user", size[0], "bundle", size[1]),
                ranked,
                pairs(found.get(BUNDLE_ITEM), "bundle", size[1], "item", size[2])
                        .byFirst(size[1]));
    }

    private static int[] size(Path file) throws IOException {
        List<int[]> rows = new ArrayList<>();
        TableFile.tabbed("youshu size", "users", "bundles", "items")
                .read(
                        file,
                        row -> rows.add(new int[] {count(row, "users"), count(row, "bundles"), count(row, "items")}));
        if (rows.size() != 1) {
            throw new DataSetException(
                    file + ": one row with the numbers of users, bundles and items is expected, found " + rows.size());
        }
        return rows.get(0);
    }

    private static int count(Fields row, String column) {
        return row.index(column, Integer.MAX_VALUE);
    }

    private static IdPairs pairs(Path file, String first, int firstCount, String second, int secondCount)
            throws IOException {
        int[][] columns = {new int[1024], new int[1024]};
        int[] size = {0};
        TableFile.tabbed("youshu pairs", first, second).read(file, row -> {
            if (size[0] == columns[0].length) {
                columns[0] = Arrays.copyOf(columns[0], 2 * size[0]);
                columns[1] = Arrays.copyOf(columns[1], 2 * size[0]);
            }
            columns[0][size[0]] = row.index(first, firstCount);
            columns[1][size[0]] = row.index(second, secondCount);
            size[0]++;
        });
        return new IdPairs(Arrays.copyOf(columns[0], size[0]), Arrays.copyOf(columns[1], size[0]));
    }
}
