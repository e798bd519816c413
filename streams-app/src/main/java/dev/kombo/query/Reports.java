package dev.kombo.query;

import dev.kombo.schema.ConversionReport;
import java.util.List;

/** What experiments earned so far. */
@FunctionalInterface
public interface Reports {
    /**
     * One report for each experiment and window that is kept, in no particular order.
     *
     * @throws StateUnavailableException while the store cannot be read
     */
    List<ConversionReport> latest();
}
