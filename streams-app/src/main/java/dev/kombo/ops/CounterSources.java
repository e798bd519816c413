package dev.kombo.ops;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which metric a counter is. Counters are counted by name where things happen, with what they are about at the end of
 * the name; here that becomes labels.
 */
final class CounterSources {
    /** Sums over the types of events, which the metric of events tells one by one. */
    private static final Set<String> SUMS = Set.of("event.accepted", "event.duplicate");

    /** A counter that is a series. */
    record Series(KomboMetric metric, List<String> labelValues) {}

    private static final Map<String, Series> NAMES = Map.ofEntries(
            series("decision.logged", KomboMetric.DECISIONS_LOGGED),
            series("offer.made", KomboMetric.OFFERS, "yes"),
            series("offer.made.not-enrolled", KomboMetric.OFFERS, "no"),
            series("robot.events", KomboMetric.ROBOT_EVENTS),
            series("robot.sessions.flagged", KomboMetric.ROBOTS_FLAGGED),
            series("session.expired", KomboMetric.SESSIONS_EXPIRED),
            series("session.asked", KomboMetric.SESSIONS_LINKED, "asked"),
            series("session.handover.empty", KomboMetric.SESSIONS_LINKED, "empty"),
            series("session.moved", KomboMetric.SESSIONS_LINKED, "moved"),
            series("session.erased", KomboMetric.SESSIONS_LINKED, "erased"),
            series("learning.user.step.dropped", KomboMetric.STEPS_DROPPED, "user"),
            series("learning.item.step.dropped", KomboMetric.STEPS_DROPPED, "target"),
            series("learning.negatives.shed", KomboMetric.NEGATIVES_SHED),
            series("item.updates.sent", KomboMetric.TARGET_UPDATES, "sent"),
            series("item.updates.applied", KomboMetric.TARGET_UPDATES, "applied"),
            series("item.models.published", KomboMetric.TARGET_MODELS),
            series("mining.bundles.suggested", KomboMetric.BUNDLES_SUGGESTED),
            series("sweep.slices", KomboMetric.SWEEP_SLICES),
            series("sweep.waits", KomboMetric.SWEEP_WAITS),
            series("sweep.shoppers", KomboMetric.SWEEP_SHOPPERS),
            series("sweep.rounds", KomboMetric.SWEEP_ROUNDS),
            series("sweep.interactions.replayed", KomboMetric.SWEEP_INTERACTIONS),
            series("training.examples.sent", KomboMetric.TRAINING_EXAMPLES, "sent"),
            series("acceptance.examples.shown", KomboMetric.ACCEPTANCE_EXAMPLES, "shown"),
            series("acceptance.examples.accepted", KomboMetric.ACCEPTANCE_EXAMPLES, "taken"),
            series("trainer.acceptance.learned", KomboMetric.ACCEPTANCE_EXAMPLES, "learned"),
            series("trainer.acceptance.dropped", KomboMetric.ACCEPTANCE_EXAMPLES, "dropped"),
            series("acceptance.model.refused", KomboMetric.ACCEPTANCE_REFUSED),
            series("api.event.accepted", KomboMetric.API_EVENTS),
            series("strategy.shares.moved", KomboMetric.SHARES_MOVED),
            series("trainer.started.anew", KomboMetric.TRAINER_RESTARTS),
            series("ranker.model.refused", KomboMetric.RANKER_REFUSED),
            series("strategy.refused", KomboMetric.STRATEGY_REFUSED),
            series("trainer.examples.collected", KomboMetric.TRAINING_EXAMPLES, "collected"),
            series("trainer.examples.stepped", KomboMetric.TRAINING_EXAMPLES, "stepped"),
            series("trainer.examples.dropped", KomboMetric.TRAINING_EXAMPLES, "dropped"),
            series("trainer.examples.restored", KomboMetric.TRAINING_EXAMPLES, "restored"),
            series("trainer.examples.foreign", KomboMetric.TRAINING_EXAMPLES, "foreign"),
            series("user.erased", KomboMetric.USERS_ERASED),
            series("report.outcomes.unknown", KomboMetric.OUTCOMES_UNKNOWN),
            series("stream.thread.failed", KomboMetric.THREADS_FAILED));

    /** The rest of the name is the values of the labels, parted by dots. */
    private static final Map<String, KomboMetric> BEGINNINGS = Map.of(
            "event.type.", KomboMetric.EVENTS,
            "event.rejected.", KomboMetric.EVENTS_REJECTED,
            "erasure.rejected.", KomboMetric.ERASURES_REJECTED,
            "api.event.rejected.", KomboMetric.API_EVENTS_REJECTED,
            "global.dropped.", KomboMetric.GLOBAL_DROPPED,
            "offer.none.", KomboMetric.OFFERS_EMPTY,
            "touch.lost.", KomboMetric.ANSWERS_LOST);

    private CounterSources() {}

    /** Counters that are known by name, to be shown as 0 before anything is counted. */
    static Set<String> names() {
        return NAMES.keySet();
    }

    /** Whether a counter is told by others. */
    static boolean isSum(String counter) {
        return SUMS.contains(counter);
    }

    /** The series of a counter, or null where it is none. */
    static Series of(String counter) {
        Series named = NAMES.get(counter);
        if (named != null) {
            return named;
        }
        for (Map.Entry<String, KomboMetric> beginning : BEGINNINGS.entrySet()) {
            if (counter.startsWith(beginning.getKey())) {
                KomboMetric metric = beginning.getValue();
                String rest = counter.substring(beginning.getKey().length());
                String[] values = rest.split("\\.", metric.labels().size());
                return values.length == metric.labels().size() ? new Series(metric, Arrays.asList(values)) : null;
            }
        }
        return null;
    }

    private static Map.Entry<String, Series> series(String counter, KomboMetric metric, String... labelValues) {
        return Map.entry(counter, new Series(metric, List.of(labelValues)));
    }
}
