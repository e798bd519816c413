package dev.kombo.lab.quality.data;

import dev.kombo.lab.data.DataSetFolder;
import dev.kombo.table.FileLayout;
import dev.kombo.table.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The log of one policy in the Open Bandit Dataset (Saito, Aihara, Matsutani, Narita 2020): which item of a campaign
 * was shown to a shopper at one of three positions, and whether it was clicked. The policies {@code random} (uniform)
 * and {@code bts} (Bernoulli Thompson sampling) ran on the same days.
 *
 * @param rounds in order of time
 * @param leftOut number of unusable rows, by name of the file and reason
 */
public record OpenBanditLog(List<Round> rounds, SortedMap<String, Long> leftOut) {
    /** Name of the data set. */
    public static final String NAME = "openbandit";

    /** Number of positions, each filled on its own. */
    public static final int POSITIONS = 3;

    /** Earlier clicks of the shopper: a column for each item. */
    private static final String AFFINITY = "user-item_affinity_";

    /**
     * An item shown.
     *
     * @param item number of the item
     * @param position 0 to 2
     * @param propensity probability with which the policy showed the item at the position
     */
    public record Round(int item, int position, boolean clicked, double propensity) {}

    /**
     * Reads the log of a policy, such as {@code random} from the file {@code random*.csv} of the folder, plain or gzip.
     *
     * @throws dev.kombo.table.DataException if there is no such file, or it is of another kind
     * @throws IOException if it cannot be read
     */
    public static OpenBanditLog read(Path folder, String policy) throws IOException {
        List<Round> rounds = new ArrayList<>();
        SortedMap<String, Long> leftOut = new TreeMap<>();
        FileLayout.withHeader(NAME, "item_id", "position", "click", "propensity_score", AFFINITY + 0)
                .read(DataSetFolder.file(NAME, folder, policy), leftOut, row -> rounds.add(round(row)));
        return new OpenBanditLog(rounds, leftOut);
    }

    private static Round round(Row row) {
        int item = row.index("item_id", Integer.MAX_VALUE);
        if (!row.columns().containsKey(AFFINITY + item)) {
            throw row.unusable("unknown-item", "item_id");
        }
        int position = row.index("position", POSITIONS + 1);
        if (position == 0) {
            throw row.unusable("unknown-position", "position");
        }
        double propensity = row.decimal("propensity_score").doubleValue();
        if (!(propensity > 0 && propensity <= 1)) {
            throw row.unusable("not-a-probability", "propensity_score");
        }
        return new Round(item, position - 1, row.index("click", 2) == 1, propensity);
    }
}
