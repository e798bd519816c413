package dev.kombo.ops;

import java.util.List;
import java.util.stream.Stream;

/**
 * All of Kombo's own metrics, which are registered, documented and checked from this list only; a released name never
 * changes.
 */
public enum KomboMetric {
    EVENTS(
            Kind.COUNTER,
            "kombo.events",
            "",
            "outcome type",
            "Events read. Outcome: accepted, duplicate, rejected, or erased (it was of before its user was erased); type:"
                    + " that of the event, none where it has none."),
    EVENTS_REJECTED(Kind.COUNTER, "kombo.events.rejected", "", "reason", "Events rejected, by the first rule broken."),
    ROBOT_EVENTS(Kind.COUNTER, "kombo.robot.events", "", "", "Events of shoppers that are taken for robots."),
    ROBOTS_FLAGGED(Kind.COUNTER, "kombo.robots.flagged", "", "", "Times that a shopper was taken for a robot anew."),
    SESSIONS_EXPIRED(
            Kind.COUNTER, "kombo.sessions.expired", "", "", "Visitors without an account that were forgotten."),
    USERS_EXPIRED(
            Kind.COUNTER, "kombo.users.expired", "", "", "Users that were forgotten, as they did not come for long."),
    CARE_FAILED(
            Kind.COUNTER,
            "kombo.maintenance.failed",
            "",
            "what=shopper,entity,report",
            "Times that what is done without an event failed for one shopper, item or bundle, or report; it is tried again"
                    + " ten minutes later, at the next touch, or at the next outcome."),
    USERS_ERASED(Kind.COUNTER, "kombo.users.erased", "", "", "Requests to erase a user that were carried out."),
    ERASURES_REJECTED(
            Kind.COUNTER,
            "kombo.erasures.rejected",
            "",
            "reason",
            "Requests to erase a user that were not carried out, by reason."),
    DECISIONS_LOGGED(Kind.COUNTER, "kombo.decisions.logged", "", "", "Offers whose candidates went to decision-log."),
    SESSIONS_LINKED(
            Kind.COUNTER,
            "kombo.sessions.linked",
            "",
            "outcome=asked,empty,moved,erased",
            "Sessions of users that logged in: asked for, empty (nothing was held), moved to the user, or erased (the user was"
                    + " erased meanwhile)."),
    OFFERS(
            Kind.COUNTER,
            "kombo.offers",
            "",
            "enrolled=yes,no",
            "Offers made. Enrolled: yes, or no where the strategy leaves the shopper or placement out."),
    OFFERS_EMPTY(
            Kind.COUNTER,
            "kombo.offers.empty",
            "",
            "reason",
            "Offers that were due and not made: holdout, no-strategy, arm-gone, no-candidates, or the rule that removed"
                    + " most candidates."),
    OFFER_LATENCY(
            Kind.HISTOGRAM,
            "kombo.offer.latency",
            "seconds",
            "",
            "Time from an event to the offer that it triggers: from the event's own time until the offer is handed to"
                    + " the producer. Readers of committed records see it up to a commit interval later. Means nothing"
                    + " while old events are replayed."),
    RANKING(
            Kind.HISTOGRAM,
            "kombo.ranking",
            "seconds",
            "",
            "Time to rank a slate: candidates, rules, signals, scores and diversity. One in 16 is timed."),
    ANSWERS_LOST(
            Kind.COUNTER,
            "kombo.offer.feedback.unmatched",
            "",
            "reason",
            "Impressions, clicks and dismissals that belong to no open offer."),
    OUTCOMES_UNKNOWN(
            Kind.COUNTER,
            "kombo.outcomes.unknown",
            "",
            "",
            "Outcomes that no account has, because this version does not know their kind."),
    STEPS_DROPPED(
            Kind.COUNTER,
            "kombo.learning.steps.dropped",
            "",
            "",
            "Steps on the factors of an item or bundle not taken, because a number in them was not finite."),
    TARGET_UPDATES(
            Kind.COUNTER,
            "kombo.entity.updates",
            "",
            "stage=sent,applied,refused",
            "What events teach about items and bundles: sent by user tasks; applied by item tasks, or refused because the"
                    + " catalogue does not have the item or bundle and the places for those are taken."),
    TARGET_MODELS(Kind.COUNTER, "kombo.entity.models.published", "", "", "Models of items and bundles published."),
    TARGETS_RETIRED(
            Kind.COUNTER,
            "kombo.entities.retired",
            "",
            "",
            "Items and bundles that were forgotten, because the catalogue does not have them and they were not touched for"
                    + " long, or less than others."),
    TARGETS_INDEXED(
            Kind.GAUGE,
            "kombo.entities.indexed",
            "",
            "",
            "Items and bundles in the heap of this instance. What left the catalogue keeps a small place until a restart."),
    GENERATION(
            Kind.GAUGE,
            "kombo.factor.generation",
            "",
            "",
            "Generation of the factors: sweeps over all items and bundles."),
    GENERATION_SINCE(
            Kind.GAUGE,
            "kombo.factor.generation.timestamp",
            "seconds",
            "",
            "When the generation of the factors in force came about: epoch seconds; NaN before the first."),
    GENERATIONS_REFUSED(
            Kind.GAUGE,
            "kombo.factor.generations.rejected",
            "",
            "",
            "Generations of the factors that this instance did not take, because they had diverged."),
    BUNDLES_SUGGESTED(Kind.COUNTER, "kombo.bundles.suggested", "", "", "Bundles found in closed orders."),
    BUNDLES_WITHDRAWN(
            Kind.COUNTER,
            "kombo.bundles.withdrawn",
            "",
            "",
            "Mined bundles that were taken back, because closed orders no longer support them."),
    SWEEP_ROWS(Kind.COUNTER, "kombo.sweep.rows", "", "", "Items and bundles that sweeps went over."),
    TRAINING_EXAMPLES(
            Kind.COUNTER,
            "kombo.training.examples",
            "",
            "outcome=sent,collected,stepped,dropped,restored,foreign",
            "Examples for the ranker, each bundle being one: sent by user tasks; by the trainer collected, stepped (closed a mini-batch),"
                    + " dropped (not finite), restored (the weights had diverged, and the last good ones are back), or"
                    + " foreign (of a ranker of another kind)."),
    TRAINER_RESTARTS(
            Kind.COUNTER,
            "kombo.trainer.restarts",
            "",
            "",
            "Times that the trainer began anew because its stored ranker is of another kind."),
    RANKER_PUBLISHED(
            Kind.GAUGE,
            "kombo.ranker.published.timestamp",
            "seconds",
            "",
            "When the ranker in force was published, by the broker's clock: epoch seconds; NaN before the first. The"
                    + " age of the model is time() less this."),
    RANKER_VERSION(
            Kind.GAUGE, "kombo.ranker.version", "", "", "Version of the ranker in force; 0: the one of the start."),
    RANKER_LOSS(
            Kind.GAUGE,
            "kombo.ranker.loss",
            "",
            "",
            "Moving mean of the ranker's log loss, each prediction made before its example was learned from."),
    RANKER_CALIBRATION_ERROR(
            Kind.GAUGE,
            "kombo.ranker.calibration.error",
            "ratio",
            "",
            "Expected calibration error of the ranker's probabilities, 0 to 1."),
    ACCEPTANCE_EXAMPLES(
            Kind.COUNTER,
            "kombo.conversion.model.examples",
            "",
            "outcome=shown,taken,learned,dropped",
            "Examples for the model of acceptance: shown and taken (records sent by user tasks); by the trainer learned"
                    + " or dropped (bundles; dropped where a number was not finite)."),
    ACCEPTANCE_REFUSED(
            Kind.COUNTER,
            "kombo.conversion.models.rejected",
            "",
            "",
            "Published models of acceptance that this instance cannot use."),
    API_EVENTS(Kind.COUNTER, "kombo.api.events", "", "", "Events that the API took and published."),
    API_EVENTS_REJECTED(
            Kind.COUNTER, "kombo.api.events.rejected", "", "reason", "Events that the API did not take, by reason."),
    SHARES_MOVED(
            Kind.COUNTER, "kombo.shares.moved", "", "", "Times that shares of new entrants moved between treatments."),
    GLOBAL_DROPPED(
            Kind.COUNTER,
            "kombo.global.records.dropped",
            "",
            "topic reason",
            "Records of topics that every instance reads whole, such as the catalogue, that this instance left out."
                    + " Reason: undecodable, invalid, or failed."),
    RANKER_REFUSED(
            Kind.COUNTER, "kombo.ranker.models.rejected", "", "", "Published rankers that this instance cannot use."),
    STRATEGY_REFUSED(Kind.COUNTER, "kombo.strategies.rejected", "", "", "Strategies that are not valid."),
    EXPERIMENT_UPLIFT(
            Kind.GAUGE,
            "kombo.experiment.uplift",
            "ratio",
            "experiment measure currency arm reference bound",
            "Difference of an arm's mean to the reference's, over the reference's. Bound: estimate, low or high, of an"
                    + " interval that stays valid however often one looks; absent where it is too early, or not bounded."),
    EXPERIMENT_DIFFERENCE(
            Kind.GAUGE,
            "kombo.experiment.difference",
            "",
            "experiment measure currency arm reference bound",
            "Difference of the means a user, in minor units of the currency, or a share of users where there is none."
                    + " Bound as above."),
    EXPERIMENT_VERDICT(
            Kind.GAUGE,
            "kombo.experiment.verdict",
            "",
            "experiment measure currency arm reference verdict",
            "1 for the verdict in force: winning, losing, undecided, too_early, or broken where users are missing."),
    EXPERIMENT_RATIO_FITS(
            Kind.GAUGE,
            "kombo.experiment.sample.ratio.fits",
            "",
            "experiment",
            "1 while users entered the arms in the planned shares, 0 where they did not: then nothing can be compared."),
    RUNNING(
            Kind.GAUGE,
            "kombo.running",
            "",
            "",
            "1 while the instance processes events, 0 while it starts, restores, rebalances or has failed."),
    WEBHOOK_OFFERS(
            Kind.COUNTER,
            "kombo.webhook.offers",
            "",
            "outcome=delivered,dead_letter",
            "Of 'kombo webhook': offers that the receiver took, or that went to dead-letter because it refused them."),
    WEBHOOK_FAILURES(
            Kind.COUNTER,
            "kombo.webhook.attempts.failed",
            "",
            "reason",
            "Of 'kombo webhook': attempts that failed and are made again, by status, timeout or exception."),
    WEBHOOK_PENDING(
            Kind.GAUGE, "kombo.webhook.pending", "", "", "Of 'kombo webhook': offers read and not delivered so far."),
    WEBHOOK_OLDEST(
            Kind.GAUGE,
            "kombo.webhook.oldest",
            "seconds",
            "",
            "Of 'kombo webhook': how long the oldest of them has been in bundle-offer; 0 where there is none."),
    THREADS_FAILED(Kind.COUNTER, "kombo.stream.threads.failed", "", "", "Stream threads that failed.");

    /** Types of metrics in Prometheus. */
    public enum Kind {
        /** A value that only grows. */
        COUNTER,
        /** A value that goes up and down. */
        GAUGE,
        /** Count, sum, and maximum of the last minutes. */
        SUMMARY,
        /** A summary plus cumulative counts by bound. */
        HISTOGRAM
    }

    private final Kind kind;
    private final String meter;
    private final String unit;
    private final String labels;
    private final String doc;

    /**
     * @param labels names separated by spaces; or one name with its possible values: name=value,value
     */
    KomboMetric(Kind kind, String meter, String unit, String labels, String doc) {
        this.kind = kind;
        this.meter = meter;
        this.unit = unit;
        this.labels = labels;
        this.doc = doc;
    }

    public Kind kind() {
        return kind;
    }

    /** Labels, in the order of their values. */
    public List<String> labels() {
        return labels.isEmpty()
                ? List.of()
                : List.of(labels.replaceFirst("=.*", "").split(" "));
    }

    /** Returns the label values of its series, if they are known before anything is counted. */
    List<List<String>> knownValues() {
        if (kind != Kind.COUNTER) {
            return List.of();
        }
        if (labels.isEmpty()) {
            return List.of(List.of());
        }
        int values = labels.indexOf('=');
        return values < 0
                ? List.of()
                : Stream.of(labels.substring(values + 1).split(","))
                        .map(List::of)
                        .toList();
    }

    /** What it measures, for operators. */
    public String doc() {
        return doc;
    }

    /** Name in Prometheus, without the suffixes of the series of a histogram or summary. */
    public String prometheusName() {
        String name = meter.replace('.', '_') + (unit.isEmpty() ? "" : "_" + unit);
        return kind == Kind.COUNTER ? name + "_total" : name;
    }

    /** Names of all its series in Prometheus. */
    public List<String> series() {
        String name = prometheusName();
        return switch (kind) {
            case COUNTER, GAUGE -> List.of(name);
            case SUMMARY -> List.of(name + "_count", name + "_sum", name + "_max");
            case HISTOGRAM -> List.of(name + "_count", name + "_sum", name + "_max", name + "_bucket");
        };
    }

    /** Name in Micrometer, without the unit. */
    String meter() {
        return meter;
    }

    /** Base unit, or null. */
    String unit() {
        return unit.isEmpty() ? null : unit;
    }
}
