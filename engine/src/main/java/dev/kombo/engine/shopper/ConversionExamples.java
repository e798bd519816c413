package dev.kombo.engine.shopper;

import dev.kombo.attribution.EngagementChange;
import dev.kombo.attribution.LedgerResult;
import dev.kombo.catalog.StableHash;
import dev.kombo.engine.shopper.EventOutputs.ConversionExample;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives training examples of the conversion model from the engagement with offers. Most bundles shown are not bought,
 * so impressions may be sampled by hash and weighted accordingly; every conversion counts.
 *
 * @param share sampling rate of the slates seen, above 0 up to 1
 */
public record ConversionExamples(double share) {
    /** Emits the examples of a change of the ledger. */
    void observe(LedgerResult result, EventOutputs outputs) {
        List<float[]> shown = null;
        long time = 0;
        for (int i = 0; i < result.engagement().size(); i++) {
            EngagementChange change = result.engagement().get(i);
            if (change.features().length == 0) {
                continue;
            }
            if (change.conversions() > 0) {
                outputs.emit(null, new ConversionExample(change.time(), List.of(change.features()), true, 1f));
            } else if (change.impressions() > 0 && (shown != null || drawn(change))) {
                shown = shown == null ? new ArrayList<>(4) : shown;
                shown.add(change.features());
                time = change.time();
            }
        }
        if (shown != null) {
            outputs.emit(null, new ConversionExample(time, shown, false, (float) (1 / share)));
        }
    }

    /** Whether a slate is sampled, by its first bundle in the result. */
    private boolean drawn(EngagementChange first) {
        return share >= 1 || StableHash.unit(StableHash.combine(StableHash.of(first.bundleId()), first.time())) < share;
    }
}
