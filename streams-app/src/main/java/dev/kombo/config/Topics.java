package dev.kombo.config;

import dev.kombo.catalog.PriceHistory;
import dev.kombo.settings.Millis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * All topics of one installation, with their settings on the broker. They are created, checked and documented from this
 * list only.
 */
public final class Topics {
    private static final String DAY = Long.toString(Millis.DAY);
    private static final String WEEK = Long.toString(7 * Millis.DAY);
    private static final String MONTH = Long.toString(30 * Millis.DAY);
    private static final String PRICES_KEPT = Long.toString(PriceHistory.WINDOW + Millis.DAY);
    private static final String TEN_MINUTES = Long.toString(10 * Millis.MINUTE);

    /** Retention of events. */
    public static final long EVENTS_KEPT_MILLIS = 30 * Millis.DAY;

    /** Largest record batch that inputs accept: the broker's default. */
    private static final String LARGEST_INPUT = "1048588";

    /**
     * Largest record of all other topics, changelogs included. It leaves room for what an input becomes: the JSON of a
     * rejected event may take six bytes for one, and a dead letter adds the stack trace.
     */
    public static final int LARGEST_OUTPUT = 8 << 20;

    /**
     * How soon Kafka compacts a topic that every instance reads in full when it starts. By default the cleaner leaves
     * the segment in use alone for a week or 1 GB, so a start would read all that was published since. A segment must
     * hold the largest record.
     */
    private static final Map<String, String> COMPACTED_SOON = Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(LARGEST_OUTPUT),
            TopicConfig.SEGMENT_MS_CONFIG,
            "60000",
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            TEN_MINUTES);

    /**
     * A topic as it should exist on the broker.
     *
     * @param name full name, prefix included
     * @param keys meaning of its record keys
     * @param record name of its Avro record
     * @param partitions number of partitions
     * @param settings topic settings
     * @param doc its purpose
     */
    public record Spec(
            String name, String keys, String record, int partitions, Map<String, String> settings, String doc) {
        private Spec with(String setting, String value) {
            Map<String, String> more = new TreeMap<>(settings);
            more.put(setting, value);
            return new Spec(name, keys, record, partitions, more, doc);
        }
    }

    /**
     * Names of the settings that bound how much of a compacted topic is read at a start; an operator may lower them.
     */
    static final Set<String> COMPACTION_BOUNDS = Set.of(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            TopicConfig.SEGMENT_MS_CONFIG,
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            TopicConfig.DELETE_RETENTION_MS_CONFIG);

    private final String prefix;
    private final int partitions;
    private final Optional<String> leastReplicas;

    /**
     * @param prefix put before each name, may be empty
     * @param partitions number of partitions of topics keyed by shopper or item
     */
    public Topics(String prefix, int partitions) {
        this(prefix, partitions, Optional.empty());
    }

    private Topics(String prefix, int partitions, Optional<String> leastReplicas) {
        this.prefix = prefix;
        this.partitions = partitions;
        this.leastReplicas = leastReplicas;
    }

    public static Topics of(KomboConfig config) {
        return new Topics(
                config.get(ServiceSettings.TOPIC_PREFIX),
                config.get(ServiceSettings.TOPIC_PARTITIONS),
                leastReplicas(config));
    }

    /**
     * Replicas that must have a record before it counts as written, as for changelogs; empty: the broker's default.
     * With three replicas two, so that what is written survives the loss of a broker, and the service the absence of
     * one.
     */
    public static Optional<String> leastReplicas(KomboConfig config) {
        Object given = config.streamsSettings().get(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
        return given != null
                ? Optional.of(given.toString().trim())
                : config.get(ServiceSettings.TOPIC_REPLICATION) > 2 ? Optional.of("2") : Optional.empty();
    }

    /** Whether topics will have as many replicas as a record needs. */
    static boolean writable(KomboConfig config) {
        int replicas = config.get(ServiceSettings.TOPIC_REPLICATION);
        return replicas < 1 || leastReplicas(config).map(Integer::parseInt).orElse(1) <= replicas;
    }

    public String behaviorEvent() {
        return prefix + "behavior-event";
    }

    /**
     * Carries events that arrived on another partition than their shopper's, or after their session was merged into a
     * user; co-partitioned with behavior-event.
     */
    public String behaviorEventRekeyed() {
        return prefix + "behavior-event-rekeyed";
    }

    /** Carries a session's state to the user who logged in; co-partitioned with behavior-event. */
    public String sessionMerge() {
        return prefix + "session-merge";
    }

    public String itemCatalog() {
        return prefix + "item-catalog";
    }

    public String bundleCatalog() {
        return prefix + "bundle-catalog";
    }

    /** What items and bundles cost within 30 days, written by the item tasks. */
    public String priceHistory() {
        return prefix + "price-history";
    }

    public String strategy() {
        return prefix + "strategy";
    }

    /** Carries moves of shares to the strategy task. */
    public String shareMove() {
        return prefix + "share-move";
    }

    public String activeStrategy() {
        return prefix + "active-strategy";
    }

    public String erasureRequest() {
        return prefix + "erasure-request";
    }

    public String bundleOffer() {
        return prefix + "bundle-offer";
    }

    /** The latest offer per shopper and placement, if the setting is on. */
    public String currentOffer() {
        return prefix + "current-offer";
    }

    public String decisionLog() {
        return prefix + "decision-log";
    }

    public String offerOutcome() {
        return prefix + "offer-outcome";
    }

    public String conversionReport() {
        return prefix + "conversion-report";
    }

    /** What the discount budgets of experiments have spent. */
    public String budgetSpending() {
        return prefix + "budget-spending";
    }

    public String bundleSuggestion() {
        return prefix + "bundle-suggestion";
    }

    public String suggestionDecision() {
        return prefix + "suggestion-decision";
    }

    /** Carries what events teach about items to the item tasks, keyed by entity. */
    public String itemUpdate() {
        return prefix + "item-update";
    }

    public String itemModel() {
        return prefix + "item-model";
    }

    /** Factors computed by the sweeps of the item tasks. */
    public String factorSweep() {
        return prefix + "factor-sweep";
    }

    public String trainingExample() {
        return prefix + "training-example";
    }

    public String rankerModel() {
        return prefix + "ranker-model";
    }

    public String rejectedEvent() {
        return prefix + "rejected-event";
    }

    public String deadLetter() {
        return prefix + "dead-letter";
    }

    /** Topics that other systems write. */
    public Set<String> inputs() {
        return Set.of(
                behaviorEvent(), itemCatalog(), bundleCatalog(), strategy(), erasureRequest(), suggestionDecision());
    }

    /** All topics with their settings, inputs first. */
    public List<Spec> all() {
        Set<String> inputs = inputs();
        return specs().stream()
                .map(spec -> spec.with(
                        "max.message.bytes",
                        inputs.contains(spec.name()) ? LARGEST_INPUT : Integer.toString(LARGEST_OUTPUT)))
                .map(spec -> leastReplicas
                        .map(least -> spec.with(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, least))
                        .orElse(spec))
                .toList();
    }

    private List<Spec> specs() {
        return List.of(
                spread(
                        behaviorEvent(),
                        "user id, or session id",
                        "BehaviorEvent",
                        MONTH,
                        "Input: what shoppers did, one record per event."),
                spread(
                        behaviorEventRekeyed(),
                        "user id, or session id",
                        "BehaviorEvent",
                        WEEK,
                        "Events whose producer chose another partition than the Java client would, forwarded to the right one; and events of a session that are read after it was merged into a user, as the user's."),
                spread(
                        sessionMerge(),
                        "session id to ask, user id to answer",
                        "SessionMerge",
                        WEEK,
                        "State of sessions on its way to the users who logged in."),
                global(itemCatalog(), "item id", "Item", 1, "Input: items that can be bought."),
                global(
                        bundleCatalog(),
                        "bundle id",
                        "Bundle",
                        1,
                        "Input: bundles that can be offered; with auto-approval, Kombo adds mined ones."),
                global(
                                priceHistory(),
                                "entity: i: or b:, and the id",
                                "PriceHistory",
                                1,
                                "Prices of items and bundles that changed within 30 days.")
                        .with("cleanup.policy", "compact,delete")
                        .with("retention.ms", PRICES_KEPT),
                compacted(
                        strategy(), "default", "Strategy", 1, "Input: strategies, the configurations of experiments."),
                spread(erasureRequest(), "user id", "ErasureRequest", MONTH, "Input: users and visitors to be erased."),
                spread(
                        bundleOffer(),
                        "user id, or session id",
                        "BundleOffer",
                        WEEK,
                        "Output: offers, each a slate of bundles."),
                compacted(
                                currentOffer(),
                                "u: and the user id, or s: and the session id; U+001F; placement",
                                "BundleOffer",
                                partitions,
                                "Output, with kombo.offer.current: a shopper's latest offer at a placement, until its prices expire.")
                        // Offers made to an erased shopper disappear within days.
                        .with("max.compaction.lag.ms", DAY),
                spread(
                        decisionLog(),
                        "user id, or session id",
                        "Decision",
                        MONTH,
                        "Output: what slates were chosen from, for the share of offers that the strategy samples."),
                spread(
                        offerOutcome(),
                        "experiment",
                        "OfferOutcomes",
                        MONTH,
                        "Output: what happened to offers, and what shoppers in experiments did."),
                compacted(
                        conversionReport(),
                        "experiment, window and its start",
                        "ConversionReport",
                        1,
                        "Output: what each arm of an experiment earned."),
                learned(
                        budgetSpending(),
                        "experiment",
                        "BudgetSpending",
                        1,
                        "What the discount budgets of experiments have spent."),
                global(
                        bundleSuggestion(),
                        "bundle id",
                        "BundleSuggestion",
                        partitions,
                        "Output: bundles mined from closed orders."),
                global(
                        suggestionDecision(),
                        "bundle id",
                        "SuggestionDecision",
                        1,
                        "Input: decisions on suggested bundles."),
                new Spec(
                        shareMove(),
                        "experiment",
                        "UpliftMove",
                        1,
                        kept(WEEK),
                        "Moves of shares requested by the report tasks; one partition, that of the strategy task."),
                global(
                        activeStrategy(),
                        "experiment",
                        "Strategy",
                        1,
                        "The last active strategy of each experiment; the last record is the one in use."),
                spread(
                        itemUpdate(),
                        "entity: i: or b:, and the id",
                        "ItemUpdate",
                        WEEK,
                        "Updates of items and bundles, derived from events."),
                learned(
                        itemModel(),
                        "entity: i: or b:, and the id",
                        "ItemModel",
                        partitions,
                        "Published models of items and bundles."),
                learned(
                        factorSweep(),
                        "partition and block, or partition",
                        "FactorSweep",
                        1,
                        "Factors computed by the sweeps of the item tasks; one partition, so that the sum over rows follows the rows."),
                new Spec(
                        trainingExample(),
                        "ranker",
                        "TrainingExample",
                        1,
                        kept(WEEK),
                        "Examples for the trainer: signals and labels; one partition, that of the trainer."),
                learned(
                        rankerModel(),
                        "ranker",
                        "RankerModel",
                        1,
                        "The rankers: weights, calibration, and the contest between them."),
                spread(
                        rejectedEvent(),
                        "key of the original record",
                        "RejectedEvent",
                        MONTH,
                        "Records that could be decoded but broke a rule, with the reason."),
                new Spec(
                        deadLetter(),
                        "key of the original record",
                        "bytes as read",
                        1,
                        kept(MONTH),
                        "Records that could not be decoded or processed, unchanged; headers say where and why."));
    }

    private Spec spread(String name, String keys, String record, String retention, String doc) {
        return new Spec(name, keys, record, partitions, kept(retention), doc);
    }

    /** Retention counts from when a record was written: a replay of last year's events must not be deleted at once. */
    private static Map<String, String> kept(String retention) {
        return Map.of("cleanup.policy", "delete", "retention.ms", retention, "message.timestamp.type", "LogAppendTime");
    }

    private Spec compacted(String name, String keys, String record, int count, String doc) {
        return new Spec(
                name,
                keys,
                record,
                count,
                Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime"),
                doc);
    }

    /** A topic that every instance reads in full when it starts. */
    private Spec global(String name, String keys, String record, int count, String doc) {
        Spec spec = compacted(name, keys, record, count, doc);
        for (Map.Entry<String, String> setting : COMPACTED_SOON.entrySet()) {
            spec = spec.with(setting.getKey(), setting.getValue());
        }
        return spec;
    }

    /**
     * A global topic that the tasks write with almost every commit. Each commit leaves a marker, which Kafka removes
     * as late as a deletion; an instance that misses a deletion here only keeps what it no longer needs.
     */
    private Spec learned(String name, String keys, String record, int count, String doc) {
        return global(name, keys, record, count, doc).with(TopicConfig.DELETE_RETENTION_MS_CONFIG, TEN_MINUTES);
    }
}
