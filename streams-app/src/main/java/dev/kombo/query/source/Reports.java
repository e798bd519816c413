package dev.kombo.query.source;

import dev.kombo.attribution.account.BundleTotals;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import java.util.List;

/** What experiments earned so far, by the accounts of this instance. */
public interface Reports {
    /**
     * A bundle's account in one arm.
     *
     * @param report its figures since the start
     */
    record OfBundle(String experiment, String arm, BundleReport report) {}

    /**
     * Returns one report per experiment and window, in no particular order.
     *
     * @param partitions of the accounts
     * @throws dev.kombo.query.http.ApiException 503 while the store cannot be read, or if it is on another instance
     */
    StoreReading<List<ConversionReport>> latest(List<Integer> partitions);

    /**
     * Returns a bundle's accounts in each arm of each experiment.
     *
     * @param partitions of the accounts
     * @throws dev.kombo.query.http.ApiException as {@link #latest}
     */
    StoreReading<List<OfBundle>> ofBundle(String bundleId, List<Integer> partitions);

    /**
     * Returns the totals of the bundles of an experiment over all its arms; reads the account of each bundle in each
     * arm.
     *
     * @param partitions of the accounts
     * @throws dev.kombo.query.http.ApiException as {@link #latest}
     */
    StoreReading<BundleTotals> bundlesOf(String experiment, List<Integer> partitions);
}
