package dev.kombo.query;

import dev.kombo.attribution.account.BundleTotals;
import dev.kombo.query.http.ApiException;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import java.util.List;

/** What experiments earned so far, as far as this instance has their accounts. */
public interface Reports {
    /**
     * What a bundle did in one arm.
     *
     * @param report its figures since the start
     */
    record OfBundle(String experiment, String arm, BundleReport report) {}

    /**
     * One report for each experiment and window that is kept, in no particular order.
     *
     * @param partitions of the accounts
     * @throws ApiException 503 while the store cannot be read, or where it is on another instance
     */
    Reading<List<ConversionReport>> latest(List<Integer> partitions);

    /**
     * What a bundle did in each arm of each experiment.
     *
     * @param partitions of the accounts
     * @throws ApiException as {@link #latest}
     */
    Reading<List<OfBundle>> ofBundle(String bundleId, List<Integer> partitions);

    /**
     * What the bundles of an experiment did, over all its arms. Reads the account of each bundle in each arm.
     *
     * @param partitions of the accounts
     * @throws ApiException as {@link #latest}
     */
    Reading<BundleTotals> bundlesOf(String experiment, List<Integer> partitions);
}
