package dev.kombo.config;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds settings that nobody reads, and the known name nearest to each: a typing error must not pass silently. */
final class UnknownSettings {
    /** What settings of version 0.1 are called now. */
    static final Map<String, String> RENAMED = Map.ofEntries(
            entry("kombo.acceptance.horizon.ms", "kombo.organic.horizon.ms"),
            entry("kombo.acceptance.memory", "kombo.conversion.model.memory"),
            entry("kombo.acceptance.share", "kombo.conversion.model.sampling.rate"),
            entry("kombo.cooccurrence.companions", "kombo.cooccurrence.context.size"),
            entry("kombo.cooccurrence.published.targets", "kombo.cooccurrence.published"),
            entry("kombo.cooccurrence.targets", "kombo.cooccurrence.capacity"),
            entry("kombo.duplicate.paid.ids", "kombo.duplicate.purchase.ids"),
            entry("kombo.event.attributes", "kombo.event.attributes.max"),
            entry("kombo.event.id.length", "kombo.event.id.length.max"),
            entry("kombo.event.quantity", "kombo.event.quantity.max"),
            entry("kombo.event.unit.price.minor", "kombo.event.unit.price.max.minor"),
            entry("kombo.experiment.cap.minor", "kombo.experiment.revenue.cap.minor"),
            entry("kombo.item.neighbors", "kombo.copurchase.capacity"),
            entry("kombo.item.published.neighbors", "kombo.copurchase.published"),
            entry("kombo.mining.lift", "kombo.mining.lift.min"),
            entry("kombo.mining.lift.lower", "kombo.mining.lift.lower.bound.min"),
            entry("kombo.neighbor.half.life.ms", "kombo.copurchase.half.life.ms"),
            entry("kombo.ranker.batch", "kombo.ranker.batch.size"),
            entry("kombo.ranker.evenness", "kombo.ranker.user.balance"),
            entry("kombo.ranker.gradient.norm", "kombo.ranker.gradient.clip.norm"),
            entry("kombo.ranker.objective", "kombo.ranker.loss"),
            entry("kombo.ranker.rate", "kombo.ranker.learning.rate"),
            entry("kombo.ranker.rerank", "kombo.ranker.rerank.candidates"),
            entry("kombo.ranker.wide.rate", "kombo.ranker.wide.learning.rate"),
            entry("kombo.ranking.relevance.share", "kombo.ranking.mmr.lambda"),
            entry("kombo.response.half.life.ms", "kombo.engagement.half.life.ms"),
            entry("kombo.response.strength", "kombo.engagement.prior.strength"),
            entry("kombo.timer.interval.ms", "kombo.maintenance.interval.ms"),
            entry("kombo.training.share", "kombo.training.sampling.rate"));

    private UnknownSettings() {}

    static List<String> problems(Collection<String> names) {
        return names.stream()
                .filter(name -> !Settings.BY_NAME.keySet().contains(name))
                .filter(name -> !name.startsWith(KomboConfig.STREAMS_PREFIX))
                .filter(name -> !name.startsWith(KomboConfig.AVRO_PREFIX))
                .sorted()
                .map(name -> name + ": unknown setting" + hint(name))
                .toList();
    }

    private static String hint(String name) {
        return RENAMED.containsKey(name)
                ? "; it is now called " + RENAMED.get(name)
                : NearestName.of(name, Settings.BY_NAME.keySet())
                        .map(nearest -> "; the nearest known name is " + nearest)
                        .orElse("");
    }
}
