package dev.kombo.engine.event;

import dev.kombo.attribution.EngagementChange;
import dev.kombo.attribution.LedgerResult;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.event.EventOutputs.ConversionExample;
import dev.kombo.entity.Entity;
import dev.kombo.math.StableHash;
import dev.kombo.profile.TimedCounts;
import dev.kombo.ranking.ConversionFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns from the engagement with offers: sends to the owner of each bundle, and adds to the shopper's exposures, what
 * was seen, clicked and bought, and how many clicks were expected, and derives training examples of the conversion
 * model.
 */
public final class EngagementLearner {
    private static final int USUAL_BUNDLES = 4;

    private final EventModels models;

    /**
     * @param models the conversion model expects clicks
     */
    public EngagementLearner(EventModels models) {
        this.models = models;
    }

    /**
     * Learns from a change of the ledger.
     *
     * @param exposures those of the shopper
     */
    void observe(LedgerResult result, TimedCounts exposures, EventOutputs outputs) {
        List<float[]> shown = null;
        long time = 0;
        for (int i = 0; i < result.engagement().size(); i++) {
            EngagementChange change = result.engagement().get(i);
            float[] features = features(change);
            publish(change, features, exposures, outputs);
            if (features.length == 0) {
                continue;
            }
            if (change.conversions() > 0) {
                outputs.emit(new ConversionExample(change.time(), List.of(features), true, 1f));
            } else if (change.clicks() > 0) {
                List<float[]> clicked = List.of(ConversionFeature.clicked(features));
                outputs.emit(new ConversionExample(change.time(), clicked, true, 1f));
            } else if (change.impressions() > 0) {
                shown = shown == null ? new ArrayList<>(USUAL_BUNDLES) : shown;
                shown.add(features);
                time = change.time();
            }
        }
        if (shown != null) {
            outputs.emit(new ConversionExample(time, shown, false, 1f));
        }
    }

    /** The features; empty where they are not kept. An offer of an earlier version lacks the last ones: they are 0. */
    private static float[] features(EngagementChange change) {
        int kept = change.features().length;
        return kept == 0 || kept == ConversionFeature.count()
                ? change.features()
                : Arrays.copyOf(change.features(), ConversionFeature.count());
    }

    private void publish(EngagementChange change, float[] features, TimedCounts exposures, EventOutputs outputs) {
        String entity = Entity.ofBundle(change.bundleId());
        boolean seen = change.impressions() > 0 && features.length > 0;
        double expected = seen ? models.conversionModel().clickProbability(features) : 0;
        exposures.responded(StableHash.of(entity), change.clicks(), expected);
        outputs.update(
                entity,
                EntityUpdate.engaged(
                        change.time(),
                        new EntityUpdate.EntityEngagement(
                                change.impressions(), change.clicks(), change.conversions(), (float) expected)));
    }
}
