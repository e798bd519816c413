package dev.kombo.lab.quality.data;

import dev.kombo.cli.CommandException;
import dev.kombo.lab.data.CompleteJourney;
import dev.kombo.lab.data.DataSetFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads 84.51° Complete Journey: baskets of households at a grocer, cleaned as in a replay; a user is a household. The
 * published sample is one of rows, so its baskets are thinned.
 */
public final class CompleteJourneyData {
    /** Name of the data set. */
    public static final String NAME = CompleteJourney.NAME;

    private CompleteJourneyData() {}

    /**
     * Reads the one {@code transactions*.csv} in the folder, plain or gzip.
     *
     * @throws CommandException if there is none or more than one, it is another kind of file, or no basket is left
     * @throws IOException if a file cannot be read
     */
    public static Baskets read(Path folder) throws IOException {
        Path file = DataSetFolder.of(NAME, folder)
                .requireOne(
                        "a file transactions*.csv", name -> name.startsWith("transactions") && name.endsWith(".csv"));
        Baskets baskets = Baskets.read(new CompleteJourney(), file);
        if (baskets.baskets().isEmpty()) {
            throw CommandException.mistake(file + " holds no purchase: " + baskets.counts());
        }
        return baskets;
    }
}
