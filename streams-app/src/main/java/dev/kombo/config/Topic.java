package dev.kombo.config;

import dev.kombo.price.PriceHistory;
import dev.kombo.settings.Millis;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics that Kombo reads and writes: what each carries, and its settings on the broker. They are created, checked
 * and documented from this list only; {@link Topics} knows their names in one installation.
 */
@SuppressWarnings("ImmutableEnumChecker") // The settings are not changed.
public enum Topic {
    BEHAVIOR_EVENT(
            kept(Retention.MONTH_DAYS).spread(),
            "user id, or session id",
            "BehaviorEvent",
            "Input: what shoppers did, one record per event."),
    /** Co-partitioned with behavior-event. */
    BEHAVIOR_EVENT_REKEYED(
            kept(Retention.WEEK_DAYS).spread(),
            "user id, or session id",
            "BehaviorEvent",
            "Events whose producer chose another partition than the Java client would, forwarded to the right one; and"
                    + " events of a session that are read after it was merged into a user, as the user's."),
    /** Co-partitioned with behavior-event. */
    SESSION_MERGE(
            kept(Retention.WEEK_DAYS).spread(),
            "session id to ask, user id to answer",
            "SessionMerge",
            "State of sessions on its way to the users who logged in."),
    ITEM_CATALOG(global(), "item id", "Item", "Input: items that can be bought."),
    BUNDLE_CATALOG(
            global(),
            "bundle id",
            "Bundle",
            "Input: bundles that can be offered; with auto-approval, Kombo adds mined ones."),
    PRICE_HISTORY(
            global().with("cleanup.policy", "compact,delete").with("retention.ms", PriceHistory.WINDOW + Millis.DAY),
            "entity: i: or b:, and the id",
            "PriceHistory",
            "Prices of items and bundles that changed within 30 days."),
    STRATEGY(compacted(), "default", "Strategy", "Input: strategies, the configurations of experiments."),
    ERASURE_REQUEST(
            kept(Retention.MONTH_DAYS).spread(),
            "user id",
            "ErasureRequest",
            "Input: users and visitors to be erased."),
    BUNDLE_OFFER(
            kept(Retention.WEEK_DAYS).spread(),
            "user id, or session id",
            "BundleOffer",
            "Output: offers, each a slate of bundles."),
    /** Offers made to an erased shopper disappear within days. */
    CURRENT_OFFER(
            compacted().spread().with("max.compaction.lag.ms", Millis.DAY),
            "u: and the user id, or s: and the session id; U+001F; placement",
            "BundleOffer",
            "Output, with kombo.offer.current: a shopper's latest offer at a placement, until its prices expire."),
    OFFER_OUTCOME(
            kept(Retention.MONTH_DAYS).spread(),
            "experiment",
            "OfferOutcomes",
            "Output: what happened to offers, and what shoppers in experiments did."),
    CONVERSION_REPORT(
            compacted(),
            "experiment, window and its start",
            "ConversionReport",
            "Output: what each arm of an experiment earned."),
    BUDGET_SPENDING(learned(), "experiment", "BudgetSpending", "What the discount budgets of experiments have spent."),
    BUNDLE_SUGGESTION(global().spread(), "bundle id", "BundleSuggestion", "Output: bundles mined from closed orders."),
    SUGGESTION_DECISION(global(), "bundle id", "SuggestionDecision", "Input: decisions on suggested bundles."),
    SHARE_MOVE(
            kept(Retention.WEEK_DAYS),
            "experiment",
            "UpliftMove",
            "Moves of shares requested by the report tasks; one partition, that of the strategy task."),
    ACTIVE_STRATEGY(
            global(),
            "experiment",
            "Strategy",
            "The last active strategy of each experiment; the last record is the one in use."),
    ITEM_UPDATE(
            kept(Retention.WEEK_DAYS).spread(),
            "any of the partition",
            "bytes",
            "Updates of items and bundles, derived from events; those of a commit and partition in one record."),
    ITEM_MODEL(
            learned().spread(), "entity: i: or b:, and the id", "ItemModel", "Published models of items and bundles."),
    FACTOR_SWEEP(
            learned(),
            "partition and block, or partition",
            "FactorSweep",
            "Factors computed by the sweeps of the item tasks; one partition, so that the sum over rows follows the"
                    + " rows."),
    TRAINING_EXAMPLE(
            kept(Retention.WEEK_DAYS),
            "ranker",
            "bytes",
            "Examples for the trainer, signals and labels, those of a commit in one record; one partition, that of the"
                    + " trainer."),
    RANKER_MODEL(
            learned(), "ranker", "RankerModel", "The rankers: weights, calibration, and the contest between them."),
    REJECTED_EVENT(
            kept(Retention.MONTH_DAYS).spread(),
            "key of the original record",
            "RejectedEvent",
            "Records that could be decoded but broke a rule, with the reason."),
    DEAD_LETTER(
            kept(Retention.MONTH_DAYS),
            "key of the original record",
            "bytes as read",
            "Records that could not be decoded or processed, unchanged; headers say where and why.");

    /** Topics that other systems write. */
    static final Set<Topic> INPUTS =
            EnumSet.of(BEHAVIOR_EVENT, ITEM_CATALOG, BUNDLE_CATALOG, STRATEGY, ERASURE_REQUEST, SUGGESTION_DECISION);

    /** How long records are kept, and how soon those of a global topic are compacted. */
    private static final class Retention {
        static final int WEEK_DAYS = 7;
        static final int MONTH_DAYS = 30;
        static final long GLOBAL_MILLIS = 10 * Millis.MINUTE;

        private Retention() {}
    }

    /**
     * How a topic keeps its records.
     *
     * @param isSpread whether it has as many partitions as the setting says, instead of one
     */
    private record Kind(boolean isSpread, Map<String, String> settings) {
        Kind spread() {
            return new Kind(true, settings);
        }

        Kind with(String setting, Object value) {
            Map<String, String> more = new TreeMap<>(settings);
            more.put(setting, value.toString());
            return new Kind(isSpread, more);
        }
    }

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Kind kind;
    private final String keys;
    private final String record;
    private final String doc;

    Topic(Kind kind, String keys, String record, String doc) {
        this.kind = kind;
        this.keys = keys;
        this.record = record;
        this.doc = doc;
    }

    /** Retention counts from when a record was written: a replay of last year's events must not be deleted at once. */
    private static Kind kept(int days) {
        return new Kind(false, Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime"))
                .with("retention.ms", days * Millis.DAY);
    }

    private static Kind compacted() {
        return new Kind(false, Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime"));
    }

    /**
     * A topic that every instance reads in full when it starts, so Kafka compacts it soon. By default the cleaner
     * leaves the segment in use alone for a week or 1 GB, and a start would read all that was published since. A
     * segment must hold the largest record.
     */
    private static Kind global() {
        return compacted()
                .with(TopicConfig.SEGMENT_BYTES_CONFIG, Topics.LARGEST_OUTPUT)
                .with(TopicConfig.SEGMENT_MS_CONFIG, Millis.MINUTE)
                .with(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Retention.GLOBAL_MILLIS);
    }

    /**
     * A global topic that the tasks write with almost every commit. Each commit leaves a marker, which Kafka removes
     * as late as a deletion; an instance that misses a deletion here only keeps what it no longer needs.
     */
    private static Kind learned() {
        return global().with(TopicConfig.DELETE_RETENTION_MS_CONFIG, Retention.GLOBAL_MILLIS);
    }

    /** Name without the prefix of an installation. */
    public String label() {
        return label;
    }

    /** Returns the topic as it should exist on the broker. */
    public Topics.Spec in(Topics topics) {
        Map<String, String> settings = new TreeMap<>(kind.settings);
        settings.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                INPUTS.contains(this) ? Topics.LARGEST_INPUT : Integer.toString(Topics.LARGEST_OUTPUT));
        topics.leastReplicas().ifPresent(least -> settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, least));
        int partitions = kind.isSpread ? topics.partitions() : 1;
        return new Topics.Spec(topics.name(this), keys, record, partitions, settings, doc);
    }
}
