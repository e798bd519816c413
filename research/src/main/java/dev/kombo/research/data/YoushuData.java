package dev.kombo.research.data;

import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The public data set Youshu in the split of CrossCBR (Ma, He, Zhang, Wang, Chua, KDD 2022): books, lists of books, and
 * who took which. Everything is numbered from 0. The pairs have no times: their order has to be drawn.
 *
 * @param users number of users
 * @param bundles number of bundles
 * @param items number of items
 * @param userItems user and item
 * @param train user and bundle: learned from, and masked when bundles are ranked
 * @param ranked user and bundle: what is predicted
 * @param bundleItems items of each bundle, ascending and each once
 * @param leftOut number of unusable rows, by name of the file and reason
 */
public record YoushuData(
        int users,
        int bundles,
        int items,
        IdPairs userItems,
        IdPairs train,
        IdPairs ranked,
        int[][] bundleItems,
        SortedMap<String, Long> leftOut) {
    /** Name of the data set. */
    public static final String NAME = "youshu";

    private static final String USER = "user";
    private static final String BUNDLE = "bundle";
    private static final String ITEM = "item";

    private static final String SIZE = "Youshu_data_size.txt";
    private static final String USER_ITEM = "user_item.txt";
    private static final String BUNDLE_ITEM = "bundle_item.txt";
    private static final String TRAIN = "user_bundle_train.txt";
    private static final String TUNE = "user_bundle_tune.txt";
    private static final String TEST = "user_bundle_test.txt";

    /**
     * Reads the folder.
     *
     * @param part the part to predict: {@code user_bundle_tune.txt} or {@code user_bundle_test.txt}
     * @param testFile file to predict instead, of the same layout; null: the part's own
     * @throws DataException if files are missing, do not have the layout, or have no usable row
     * @throws IOException if a file cannot be read
     */
    public static YoushuData read(Path folder, PredictedPart part, Path testFile) throws IOException {
        DataSetFolder files = DataSetFolder.of(NAME, folder);
        String predicted = part == PredictedPart.TUNE ? TUNE : TEST;
        List<String> names = new ArrayList<>(List.of(SIZE, TRAIN, USER_ITEM, BUNDLE_ITEM));
        if (testFile == null) {
            names.add(predicted);
        }
        Map<String, Path> found = files.require(names.toArray(new String[0]));
        SortedMap<String, Long> leftOut = new TreeMap<>();
        int[] size = size(found.get(SIZE), leftOut);
        Path predictedFile = testFile == null ? found.get(predicted) : testFile;
        return new YoushuData(
                size[0],
                size[1],
                size[2],
                pairs(found.get(USER_ITEM), leftOut, USER, size[0], ITEM, size[2]),
                pairs(found.get(TRAIN), leftOut, USER, size[0], BUNDLE, size[1]),
                pairs(predictedFile, leftOut, USER, size[0], BUNDLE, size[1]),
                pairs(found.get(BUNDLE_ITEM), leftOut, BUNDLE, size[1], ITEM, size[2])
                        .byFirst(size[1]),
                leftOut);
    }

    /** Layout of a file of tab-separated numbers. */
    private static FileLayout numbers(String... columns) {
        return FileLayout.withoutHeader(NAME, '\t', columns);
    }

    private static int[] size(Path file, SortedMap<String, Long> leftOut) throws IOException {
        List<int[]> rows = new ArrayList<>();
        numbers("users", "bundles", "items")
                .read(
                        file,
                        leftOut,
                        row -> rows.add(new int[] {
                            row.index("users", Integer.MAX_VALUE),
                            row.index("bundles", Integer.MAX_VALUE),
                            row.index("items", Integer.MAX_VALUE)
                        }));
        if (rows.size() != 1) {
            throw new DataException(
                    file + ": one row with the numbers of users, bundles and items is expected, found " + rows.size());
        }
        return rows.get(0);
    }

    private static IdPairs pairs(
            Path file, SortedMap<String, Long> leftOut, String first, int firstCount, String second, int secondCount)
            throws IOException {
        List<int[]> pairs = new ArrayList<>();
        numbers(first, second)
                .read(
                        file,
                        leftOut,
                        row -> pairs.add(new int[] {row.index(first, firstCount), row.index(second, secondCount)}));
        return IdPairs.of(pairs);
    }
}
