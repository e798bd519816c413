package dev.kombo.metric;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All of Kombo's own metrics, which are registered, documented and checked from this list only; a released name never
 * changes.
 */
public enum KomboMetric {
    EVENTS(
            "kombo.events",
            "outcome type",
            "Events read. Outcome: accepted, duplicate, rejected, or erased (from before its user was erased);"
                    + " type: the event's type, or none."),
    EVENTS_REJECTED("kombo.events.rejected", "reason", "Events rejected, by the first rule broken."),
    EVENT_ID_CLASHES(
            "kombo.event.id.clashes",
            "type=purchase,return",
            "Purchases and returns that count although an event of another type had the same id before: its"
                    + " sender should give each event an id of its own."),
    ROBOT_EVENTS("kombo.robot.events", "Events of shoppers that count as robots."),
    ROBOTS_FLAGGED("kombo.robots.flagged", "Times that a shopper was newly flagged as a robot."),
    SESSIONS_EXPIRED("kombo.sessions.expired", "Visitors without an account that were forgotten."),
    USERS_EXPIRED("kombo.users.expired", "Users who were forgotten because they had not come for a long time."),
    CARE_FAILED(
            "kombo.maintenance.failed",
            "what=shopper,entity,report",
            "Failures of scheduled work for one shopper, item or bundle (entity), or report; it is tried again"
                    + " ten minutes later, at the next interaction, or at the next outcome."),
    USERS_ERASED("kombo.users.erased", "Requests to erase a user that were carried out."),
    ERASURES_REJECTED(
            "kombo.erasures.rejected", "reason", "Requests to erase a user that were not carried out, by reason."),
    SESSIONS_LINKED(
            "kombo.sessions.linked",
            "outcome=asked,empty,moved,erased",
            "Sessions of users who logged in: asked for, empty (without state), moved to the user, or erased (the"
                    + " user was erased meanwhile)."),
    OFFERS(
            "kombo.offers",
            "enrolled=yes,no",
            "Offers made. Enrolled: yes, or no if the shopper or placement is ineligible for the experiment."),
    OFFERS_EMPTY(
            "kombo.offers.empty",
            "reason",
            "Offers that were triggered but not made: holdout, no-strategy, arm-gone, no-candidates, or the rule"
                    + " that removed most candidates."),
    OFFER_LATENCY(
            Kind.HISTOGRAM,
            "kombo.offer.latency",
            "seconds",
            "",
            "Time from an event to the offer that it triggers: from the event's own time until the offer is"
                    + " handed to the producer. Readers of committed records see it up to a commit interval later."
                    + " Meaningless while old events are replayed."),
    RANKING(
            Kind.HISTOGRAM,
            "kombo.ranking",
            "seconds",
            "",
            "Time to rank a slate: candidates, rules, signals, scores and diversity. One in 16 is timed."),
    FEEDBACK_UNMATCHED(
            "kombo.offer.feedback.unmatched",
            "reason",
            "Impressions, clicks and dismissals that belong to no open offer."),
    SWAPS_UNMATCHED(
            "kombo.swaps.unmatched",
            "reason=not-a-member,not-an-alternative",
            "Swaps stated with purchases that do not fit the bundle: it has no such member, or the item is not of the"
                    + " member's slot. The purchase counts."),
    OUTCOMES_UNKNOWN(
            "kombo.outcomes.unknown", "Outcomes that are not counted, because this version does not know their kind."),
    STEPS_DROPPED(
            "kombo.learning.steps.dropped",
            "Steps on the factors of an item or bundle that were skipped because a number was not finite."),
    ENTITY_UPDATES(
            "kombo.entity.updates",
            "stage=sent,applied,refused",
            "Updates of items and bundles: sent by user tasks; applied by item tasks, or refused because the item"
                    + " or bundle is not in the catalogue and the limit for such entities is reached."),
    ENTITY_MODELS("kombo.entity.models.published", "Models of items and bundles published."),
    ENTITIES_RETIRED(
            "kombo.entities.retired",
            "Items and bundles outside of the catalogue that were forgotten, because they had no interaction for"
                    + " a long time, or fewer than others."),
    ENTITIES_INDEXED(
            Kind.GAUGE,
            "kombo.entities.indexed",
            "Items and bundles in the heap of this instance. Those removed from the catalogue keep a small entry"
                    + " until a restart."),
    BUNDLES_WIDE(
            Kind.GAUGE,
            "kombo.bundles.wide",
            "Bundles of the catalogue with more than 64 members, which earlier versions accepted. They are offered, but"
                    + " ranked as if their members were never bought together, and follow changes of these late."),
    CUSTOMER_LEVELS(
            Kind.GAUGE,
            "kombo.customer.levels",
            "Levels of customers' attributes that are counted, such as region=north, at most 1,600. When it is reached,"
                    + " rare levels give way: kombo.customer.attributes then names an attribute with too many values,"
                    + " such as an id."),
    GENERATION(
            Kind.GAUGE,
            "kombo.factor.generation",
            "Generation of the factors: number of sweeps over all items and bundles."),
    GENERATION_SINCE(
            Kind.GAUGE,
            "kombo.factor.generation.timestamp",
            "seconds",
            "",
            "When the factor generation in force began, in epoch seconds; NaN before the first."),
    GENERATIONS_REFUSED(
            Kind.GAUGE,
            "kombo.factor.generations.rejected",
            "Factor generations that this instance rejected because they had diverged."),
    BUNDLES_SUGGESTED("kombo.bundles.suggested", "Bundles found in closed orders."),
    BUNDLES_WITHDRAWN(
            "kombo.bundles.withdrawn",
            "Mined bundles that were withdrawn because closed orders no longer support them."),
    SWEEP_ROWS("kombo.sweep.rows", "Items and bundles that sweeps processed."),
    TRAINING_EXAMPLES(
            "kombo.training.examples",
            "outcome=sent,collected,stepped,dropped,restored,foreign",
            "Examples for the ranker, one per bundle: sent by user tasks; by the trainer collected, stepped (completed"
                    + " a mini-batch), dropped (not finite), restored (the weights had diverged, and the last good ones"
                    + " were restored), or foreign (for a ranker of another kind)."),
    TRAINER_RESTARTS(
            "kombo.trainer.restarts",
            "Times that the trainer restarted from scratch because its stored ranker is of another kind."),
    RANKER_PUBLISHED(
            Kind.GAUGE,
            "kombo.ranker.published.timestamp",
            "seconds",
            "",
            "When the ranker in force was published, by the broker's clock, in epoch seconds; NaN before the"
                    + " first. The age of the model is time() minus this."),
    RANKER_VERSION(Kind.GAUGE, "kombo.ranker.version", "Version of the ranker in force; 0: the initial one."),
    RANKER_LOSS(
            Kind.GAUGE,
            "kombo.ranker.loss",
            "Moving mean of the ranker's log loss, each prediction made before its example was learned from."),
    RANKER_CALIBRATION_ERROR(
            Kind.GAUGE,
            "kombo.ranker.calibration.error",
            "ratio",
            "",
            "Expected calibration error of the ranker's probabilities, 0 to 1."),
    RANKER_GAIN(
            Kind.GAUGE,
            "kombo.ranker.gain",
            "",
            "occasion ranker",
            "Mean gain of a ranker on the choices of an occasion, 0 to 1; recent choices count more."),
    RANKER_CHOICES(
            Kind.GAUGE,
            "kombo.ranker.choices",
            "",
            "occasion",
            "Choices that were counted in the contest of rankers on an occasion."),
    RANKER_IN_FORCE(
            Kind.GAUGE,
            "kombo.ranker.in.force",
            "",
            "occasion ranker",
            "1 for the ranker that won on an occasion, 0 for the others."),
    CONVERSION_EXAMPLES(
            "kombo.conversion.model.examples",
            "outcome=shown,clicked,taken,learned,dropped",
            "Examples for the conversion model: shown, clicked and taken (records sent by user tasks); by the trainer"
                    + " learned or dropped (bundles; dropped if a number was not finite)."),
    CONVERSION_MODELS_REJECTED(
            "kombo.conversion.models.rejected", "Published conversion models that this instance cannot use."),
    API_EVENTS("kombo.api.events", "Events that the API accepted and published."),
    API_EVENTS_REJECTED("kombo.api.events.rejected", "reason", "Events that the API rejected, by reason."),
    SHARES_MOVED(
            "kombo.shares.moved", "Times that the shares of newly assigned shoppers moved by an allocation or a ramp."),
    GUARDRAILS_CROSSED(
            "kombo.guardrails.crossed",
            "action=alert,hold,stop,roll_back",
            "Times that a treatment was found to do more harm than a guardrail of the strategy allows, by what the"
                    + " guardrail asks for."),
    BUDGETS_SPENT(
            "kombo.budgets.spent",
            "budget",
            "Days on which the discounts of an arm or bundle had spent its budget, counted when that was found."),
    GLOBAL_DROPPED(
            "kombo.global.records.dropped",
            "topic reason",
            "Records of global topics, such as the catalogue, that this instance skipped, or used with texts cut."
                    + " Reason: undecodable, invalid, or failed."),
    RANKER_REFUSED("kombo.ranker.models.rejected", "Published rankers that this instance cannot use."),
    STRATEGY_REFUSED("kombo.strategies.rejected", "Strategies that are not valid."),
    EXPERIMENT_UPLIFT(
            Kind.GAUGE,
            "kombo.experiment.uplift",
            "ratio",
            "experiment measure currency arm reference bound",
            "Relative difference of an arm's mean to the reference's. Bound: estimate, low or high, of an interval"
                    + " that stays valid however often one looks; absent while it is too early, or if unbounded."),
    EXPERIMENT_DIFFERENCE(
            Kind.GAUGE,
            "kombo.experiment.difference",
            "",
            "experiment measure currency arm reference bound",
            "Difference of the means per user, in minor units of the currency, or as a share of users for"
                    + " measures without one. Bound as for the relative difference."),
    EXPERIMENT_VERDICT(
            Kind.GAUGE,
            "kombo.experiment.verdict",
            "",
            "experiment measure currency arm reference verdict",
            "1 for the current verdict: winning, losing, undecided, exploratory (the comparison does not decide),"
                    + " too_early, or broken (sample ratio mismatch)."),
    EXPERIMENT_RATIO_FITS(
            Kind.GAUGE,
            "kombo.experiment.sample.ratio.fits",
            "",
            "experiment",
            "1 while users are assigned to the arms in the planned shares, 0 on a mismatch: then nothing can be"
                    + " compared."),
    RUNNING(
            Kind.GAUGE,
            "kombo.running",
            "1 while the instance processes events and its stores can be read, 0 while it starts, restores,"
                    + " rebalances, waits for partitions that the group took from it, or has failed."),
    STORE_SIZE(Kind.GAUGE, "kombo.store.size", "bytes", "store", "Size of a store's files on disk, over all tasks."),
    WEBHOOK_OFFERS(
            "kombo.webhook.offers",
            "outcome=delivered,dead_letter",
            "Of 'kombo webhook': offers that the receiver accepted, or that went to dead-letter because it"
                    + " refused them."),
    WEBHOOK_FAILURES(
            "kombo.webhook.attempts.failed",
            "reason",
            "Of 'kombo webhook': failed attempts that are repeated, by status, timeout or exception."),
    WEBHOOK_PENDING(Kind.GAUGE, "kombo.webhook.pending", "Of 'kombo webhook': offers read and not yet delivered."),
    WEBHOOK_OLDEST(
            Kind.GAUGE,
            "kombo.webhook.oldest",
            "seconds",
            "",
            "Of 'kombo webhook': how long the oldest pending offer has been in bundle-offer; 0 if there is none."),
    THREADS_FAILED("kombo.stream.threads.failed", "Stream threads that failed."),
    STORES_INCOMPLETE(
            "kombo.stores.incomplete",
            "Stores that did not hold what was committed when a task opened them, and were deleted and restored.");

    /** Types of metrics in Prometheus. */
    public enum Kind {
        /** A value that only grows. */
        COUNTER,
        /** A value that goes up and down. */
        GAUGE,
        /** Count, sum, maximum of the last minutes, and cumulative counts by bound. */
        HISTOGRAM
    }

    private final Kind kind;
    private final String meter;
    private final String unit;
    private final String labels;
    private final String doc;

    /** A counter without labels. */
    KomboMetric(String meter, String doc) {
        this(meter, "", doc);
    }

    /** A counter. */
    KomboMetric(String meter, String labels, String doc) {
        this(Kind.COUNTER, meter, "", labels, doc);
    }

    /** A metric without unit and labels. */
    KomboMetric(Kind kind, String meter, String doc) {
        this(kind, meter, "", "", doc);
    }

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
    public List<List<String>> knownValues() {
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

    /** Name in Prometheus, without the suffixes of the series of a histogram. */
    public String prometheusName() {
        String name = meter.replace('.', '_') + (unit.isEmpty() ? "" : "_" + unit);
        return kind == Kind.COUNTER ? name + "_total" : name;
    }

    /** Names of all its series in Prometheus. */
    public List<String> series() {
        String name = prometheusName();
        return switch (kind) {
            case COUNTER, GAUGE -> List.of(name);
            case HISTOGRAM -> List.of(name + "_count", name + "_sum", name + "_max", name + "_bucket");
        };
    }

    /** Name in Micrometer, without the unit. */
    public String meter() {
        return meter;
    }

    /** Base unit, or null. */
    public @Nullable String unit() {
        return unit.isEmpty() ? null : unit;
    }
}
