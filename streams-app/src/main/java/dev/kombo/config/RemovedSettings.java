package dev.kombo.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings that earlier versions had. They are ignored with a warning, so that Kombo starts with the settings of an
 * earlier version.
 */
final class RemovedSettings {
    /**
     * By full name, a sentence that says what replaces the setting, or that nothing does.
     *
     * <p><b>A setting that is removed is added here.</b>
     */
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("kombo.conversion.model.memory", constant("1000000")),
            Map.entry("kombo.conversion.model.sampling.rate", constant("1")),
            Map.entry("kombo.cooccurrence.capacity", constant("1000")),
            Map.entry("kombo.cooccurrence.context.size", constant("50")),
            Map.entry("kombo.cooccurrence.half.life.ms", constant("5184000000")),
            Map.entry("kombo.copurchase.capacity", constant("100")),
            Map.entry("kombo.copurchase.half.life.ms", constant("5184000000")),
            Map.entry("kombo.copurchase.published", constant("30")),
            Map.entry("kombo.engagement.half.life.ms", constant("10368000000")),
            Map.entry("kombo.engagement.prior.strength", constant("30")),
            Map.entry("kombo.exploration.interval.ms", "nothing replaces it, new bundles rank like all others"),
            Map.entry(
                    "kombo.exploration.new.bundle.impressions",
                    "nothing replaces it, new bundles rank like all others"),
            Map.entry("kombo.learning.seed", constant("1")),
            Map.entry("kombo.learning.sweep.interval.ms", constant("20")),
            Map.entry("kombo.maintenance.interval.ms", constant("100")),
            Map.entry("kombo.mining.orders.per.support", constant("300")),
            Map.entry("kombo.offer.reasons", constant("3")),
            Map.entry("kombo.organic.horizon.ms", constant("604800000")),
            Map.entry("kombo.profile.exposed.bundles", constant("64")),
            Map.entry("kombo.profile.recent.interactions", constant("50")),
            Map.entry("kombo.ranker.batch.size", constant("32")),
            Map.entry("kombo.ranker.gradient.clip.norm", constant("5")),
            Map.entry("kombo.ranker.loss", constant("logistic")),
            Map.entry("kombo.ranker.regularization", constant("0.0001")),
            Map.entry("kombo.ranker.user.balance", "nothing replaces it, each choice weighs the same"),
            Map.entry("kombo.ranker.warm.up.steps", constant("100")),
            Map.entry("kombo.ranking.full.scan", constant("2000")),
            Map.entry("kombo.report.interval.ms", constant("1000")),
            Map.entry("kombo.robot.flag.ms", constant("1800000")));

    private RemovedSettings() {}

    /** What to say of a setting that became a constant. */
    private static String constant(String value) {
        return "nothing replaces it, it is always " + value;
    }

    /**
     * Takes the removed settings out of given ones.
     *
     * @param settings by full name; changed
     * @return a warning for each that was there, in the order of their names
     */
    static List<String> takeFrom(Map<String, String> settings) {
        List<String> warnings = new ArrayList<>();
        new TreeMap<>(SENTENCES).forEach((name, sentence) -> {
            if (settings.remove(name) != null) {
                warnings.add(name + " is ignored, since this version does not have it: " + sentence);
            }
        });
        return warnings;
    }
}
