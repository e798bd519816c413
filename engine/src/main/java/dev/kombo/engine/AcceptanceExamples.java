package dev.kombo.engine;

import dev.kombo.attribution.BundleResponse;
import dev.kombo.attribution.LedgerResult;
import dev.kombo.catalog.StableHash;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels for the model of acceptance from what becomes of offers, and from nothing else. Most bundles that are shown are
 * not taken, so these may be drawn by hash, and stand for those that were not; all that is taken counts.
 */
public final class AcceptanceExamples {
    private final double share;

    /**
     * Makes examples.
     *
     * @param share share of the seen slates that are learned from, above 0 up to 1
     */
    public AcceptanceExamples(double share) {
        this.share = share;
    }

    /** Makes examples of what a ledger says of bundles. */
    void observe(LedgerResult result, EventOutputs outputs) {
        List<float[]> shown = null;
        long time = 0;
        for (int i = 0; i < result.responses().size(); i++) {
            BundleResponse response = result.responses().get(i);
            if (response.features().length == 0) {
                continue;
            }
            if (response.conversions() > 0) {
                outputs.acceptance(new AcceptanceExample(response.time(), List.of(response.features()), true, 1f));
            } else if (response.impressions() > 0 && (shown != null || drawn(response))) {
                shown = shown == null ? new ArrayList<>(4) : shown;
                shown.add(response.features());
                time = response.time();
            }
        }
        if (shown != null) {
            outputs.acceptance(new AcceptanceExample(time, shown, false, (float) (1 / share)));
        }
    }

    /** The draw of a slate, by the first bundle of it that is told of. */
    private boolean drawn(BundleResponse first) {
        return share >= 1 || StableHash.unit(StableHash.combine(StableHash.of(first.bundleId()), first.time())) < share;
    }
}
