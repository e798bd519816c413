package dev.kombo.lab.quality.data;

import dev.kombo.cli.CommandException;
import dev.kombo.lab.data.DataSetFolder;
import dev.kombo.lab.data.OnlineRetail;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads UCI Online Retail (Chen, Sain, Guo 2012): invoices of known customers, cleaned as in a replay: products only,
 * units and prices above 0, no cancellations, no duplicate rows. Lines of one item in one invoice are merged.
 */
public final class OnlineRetailData {
    /** Name of the data set. */
    public static final String NAME = OnlineRetail.NAME;

    /** Most lines of an invoice that a household might have; larger invoices are wholesalers'. */
    public static final int MOST_HOUSEHOLD_LINES = 40;

    private OnlineRetailData() {}

    /**
     * Reads the one {@code .csv} or {@code .csv.gz} in the folder.
     *
     * @throws CommandException if there is none or more than one, it is another kind of file, or no invoice is left
     * @throws IOException if it cannot be read
     */
    public static Baskets read(Path folder) throws IOException {
        Path file = DataSetFolder.of(NAME, folder).requireOne("a file *.csv", name -> name.endsWith(".csv"));
        Baskets baskets = Baskets.read(new OnlineRetail(), file);
        if (baskets.baskets().isEmpty()) {
            throw CommandException.mistake(file + " holds no purchase of a known customer: " + baskets.counts());
        }
        return baskets;
    }
}
