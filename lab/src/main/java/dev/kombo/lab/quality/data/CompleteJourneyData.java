package dev.kombo.lab.quality.data;

import dev.kombo.lab.data.CompleteJourney;
import dev.kombo.lab.data.DataSetException;
import dev.kombo.lab.data.DataSetFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * 84.51° Complete Journey: baskets of households at a grocer, cleaned as in a replay. The published sample is one of rows,
 * so its baskets are thinned.
 *
 * @param baskets the baskets; a user is a household
 * @param categories names of the categories by number
 * @param categoryOfItem number of each item's category; {@link IdIndex#UNKNOWN} where the item has none
 */
public record CompleteJourneyData(Baskets baskets, IdIndex categories, List<Integer> categoryOfItem) {
    /** Name of the data set. */
    public static final String NAME = CompleteJourney.NAME;

    /** Copies the list. */
    public CompleteJourneyData {
        categoryOfItem = List.copyOf(categoryOfItem);
    }

    /**
     * Reads the one {@code transactions*.csv} in the folder, and the categories of {@code products.csv} beside it; each
     * plain or gzip.
     *
     * @throws DataSetException when a file is missing, there is more than one of transactions, one is not what it
     *     should be, or no basket is left
     * @throws IOException when a file cannot be read
     */
    public static CompleteJourneyData read(Path folder) throws IOException {
        DataSetFolder files = DataSetFolder.of(NAME, folder);
        Path file = files.requireOne(
                "a file transactions*.csv", name -> name.startsWith("transactions") && name.endsWith(".csv"));
        files.require("products.csv");
        IdIndex categories = new IdIndex();
        List<Integer> categoryOfItem = new ArrayList<>();
        Baskets baskets = Baskets.read(new CompleteJourney(), file, (description, item) -> {
            if (item == categoryOfItem.size()) {
                String category = description.category();
                categoryOfItem.add(category == null ? IdIndex.UNKNOWN : categories.add(category));
            }
        });
        if (baskets.baskets().isEmpty()) {
            throw new DataSetException(file + " holds no purchase: " + baskets.counts());
        }
        return new CompleteJourneyData(baskets, categories, categoryOfItem);
    }
}
