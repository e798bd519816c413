package dev.kombo.topology;

import dev.kombo.catalog.IndexSettings;
import dev.kombo.catalog.ResponseSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.Evenness;
import dev.kombo.engine.OfferSettings;
import dev.kombo.learning.AdamSettings;
import dev.kombo.learning.CooccurrenceSettings;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Loss;
import dev.kombo.learning.MiningSettings;
import dev.kombo.learning.NeighborSettings;
import dev.kombo.learning.NetworkKind;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.learning.NetworkShape;
import dev.kombo.learning.Objective;
import dev.kombo.learning.PopularitySettings;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.ranking.ExplorationSettings;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.tracking.AccountRetention;
import dev.kombo.tracking.AttributionSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The configuration in the terms of the domain packages, read once. */
public final class EngineSettings {
    private final KomboConfig config;
    private final EventRules rules;
    private final ProfileLimits profile;
    private final FactorSettings factors;
    private final PopularitySettings popularity;
    private final ResponseSettings responses;
    private final NeighborSettings neighbors;
    private final CooccurrenceSettings cooccurrences;
    private final MiningSettings mining;
    private final RankingSettings ranking;
    private final OfferSettings offers;
    private final TrainingSettings training;
    private final AttributionSettings attribution;
    private final AccountRetention retention;

    /** Settings as the configuration says. */
    public EngineSettings(KomboConfig config) {
        this.config = config;
        this.rules = new EventRules(
                config.getInt(KomboConfig.EVENT_ID_LENGTH),
                config.getInt(KomboConfig.EVENT_QUANTITY),
                config.getLong(KomboConfig.EVENT_UNIT_PRICE),
                config.getLong(KomboConfig.EVENT_FUTURE),
                config.getInt(KomboConfig.EVENT_ATTRIBUTES));
        this.profile = new ProfileLimits(
                config.getInt(KomboConfig.PROFILE_RECENT),
                config.getInt(KomboConfig.DUPLICATE_IDS),
                config.getLong(KomboConfig.DUPLICATE_AGE),
                config.getInt(KomboConfig.DUPLICATE_PAID_IDS),
                Math.max(config.getLong(KomboConfig.DUPLICATE_AGE), config.getLong(KomboConfig.ATTRIBUTION_WINDOW)),
                config.getInt(KomboConfig.PROFILE_PURCHASES),
                config.getInt(KomboConfig.PROFILE_EXPOSURES));
        this.factors = factors(config);
        this.popularity = new PopularitySettings(
                config.getLong(KomboConfig.POPULARITY_SHORT), config.getLong(KomboConfig.POPULARITY_LONG));
        this.responses = new ResponseSettings(
                config.getLong(KomboConfig.RESPONSE_HALF_LIFE), config.getDouble(KomboConfig.RESPONSE_STRENGTH));
        this.neighbors = new NeighborSettings(
                config.getInt(KomboConfig.ITEM_NEIGHBORS),
                NeighborSettings.defaults().triplePartners(),
                config.getInt(KomboConfig.MINING_SUPPORT_MIN),
                config.getLong(KomboConfig.NEIGHBOR_HALF_LIFE));
        this.cooccurrences = new CooccurrenceSettings(
                config.getInt(KomboConfig.COOCCURRENCE_CAPACITY), config.getLong(KomboConfig.COOCCURRENCE_HALF_LIFE));
        this.mining = mining(config);
        this.ranking = ranking(config);
        this.offers = offers(config);
        this.training = training(config);
        AttributionSettings standard = AttributionSettings.standard();
        this.attribution = new AttributionSettings(
                config.getLong(KomboConfig.ATTRIBUTION_WINDOW),
                config.getInt(KomboConfig.ATTRIBUTION_OPEN_OFFERS),
                standard.maxConversions(),
                standard.maxBoughtLines(),
                standard.maxWaiting());
        this.retention = new AccountRetention(
                Duration.ofDays(config.getInt(KomboConfig.REPORT_DAYS)).toMillis(),
                Duration.ofHours(config.getInt(KomboConfig.REPORT_HOURS)).toMillis());
    }

    private static FactorSettings factors(KomboConfig config) {
        return new FactorSettings(
                config.getInt(KomboConfig.LEARNING_FACTORS),
                config.getFloat(KomboConfig.LEARNING_USER_RATE),
                config.getFloat(KomboConfig.LEARNING_ITEM_RATE),
                config.getFloat(KomboConfig.LEARNING_REGULARIZATION),
                config.getInt(KomboConfig.LEARNING_NEGATIVES),
                config.getFloat(KomboConfig.LEARNING_POPULAR_NEGATIVES),
                config.getInt(KomboConfig.LEARNING_REPLAYS),
                Loss.valueOf(upper(config, KomboConfig.LEARNING_LOSS)),
                config.getFloat(KomboConfig.LEARNING_GRADIENT_NORM),
                config.getFloat(KomboConfig.LEARNING_FLUSH_NORM),
                config.getLong(KomboConfig.LEARNING_SEED));
    }

    private static MiningSettings mining(KomboConfig config) {
        return new MiningSettings(
                config.getInt(KomboConfig.MINING_ORDERS_PER_SUPPORT),
                config.getInt(KomboConfig.MINING_SUPPORT_MIN),
                config.getInt(KomboConfig.MINING_SUPPORT_MAX),
                config.getDouble(KomboConfig.MINING_LIFT),
                config.getDouble(KomboConfig.MINING_LIFT_LOWER),
                MiningSettings.defaults().confidenceZ(),
                config.getInt(KomboConfig.MINING_BUNDLES_PER_ITEM),
                config.getInt(KomboConfig.MINING_DISCOUNT));
    }

    private static TrainingSettings training(KomboConfig config) {
        NetworkSettings standard = NetworkSettings.defaults();
        AdamSettings adam = new AdamSettings(
                config.getFloat(KomboConfig.RANKER_RATE),
                config.getFloat(KomboConfig.RANKER_WIDE_RATE),
                config.getInt(KomboConfig.RANKER_WARM_UP),
                standard.adam().floor(),
                config.getFloat(KomboConfig.RANKER_GRADIENT_NORM));
        NetworkSettings network = new NetworkSettings(
                Objective.valueOf(upper(config, KomboConfig.RANKER_OBJECTIVE)),
                adam,
                config.getFloat(KomboConfig.RANKER_REGULARIZATION),
                config.getFloat(KomboConfig.RANKER_WIDE_REGULARIZATION),
                config.getInt(KomboConfig.RANKER_BATCH),
                standard.window(),
                standard.divergence());
        return new TrainingSettings(
                config.getDouble(KomboConfig.TRAINING_SHARE),
                config.getInt(KomboConfig.TRAINING_NEGATIVES),
                config.getInt(KomboConfig.TRAINING_RATE),
                config.getLong(KomboConfig.TRAINING_PUBLISH),
                Ranker.shape(NetworkKind.valueOf(upper(config, KomboConfig.RANKER_KIND))),
                network,
                new Evenness(config.getDouble(KomboConfig.RANKER_EVENNESS)),
                new AcceptanceSettings(
                        config.getDouble(KomboConfig.ACCEPTANCE_SHARE),
                        config.getDouble(KomboConfig.ACCEPTANCE_MEMORY)),
                config.getLong(KomboConfig.LEARNING_SEED));
    }

    private static String upper(KomboConfig config, String name) {
        return config.getString(name).toUpperCase(Locale.ROOT);
    }

    private static RankingSettings ranking(KomboConfig config) {
        RankingSettings standard = RankingSettings.defaults();
        Map<String, Long> coolDowns = new HashMap<>();
        for (String entry : config.getList(KomboConfig.RULE_COOL_DOWN_CATEGORIES)) {
            int divider = entry.lastIndexOf('=');
            coolDowns.put(entry.substring(0, divider), Long.parseLong(entry.substring(divider + 1)));
        }
        RuleSettings rules = new RuleSettings(
                config.getLong(KomboConfig.RULE_PRICE_MIN),
                config.getLong(KomboConfig.RULE_PRICE_MAX),
                standard.rules().usualPriceMultiple(),
                config.getInt(KomboConfig.RULE_FREQUENCY_CAP),
                config.getLong(KomboConfig.RULE_FREQUENCY_WINDOW),
                config.getLong(KomboConfig.RULE_COOL_DOWN),
                coolDowns);
        return new RankingSettings(
                config.getInt(KomboConfig.RANKING_CANDIDATES),
                config.getInt(KomboConfig.RANKING_FULL_SCAN),
                standard.bundlesPerItem(),
                config.getInt(KomboConfig.RANKER_RERANK),
                standard.recentItems(),
                standard.historyTargets(),
                standard.neighborShrinkage(),
                config.getDouble(KomboConfig.RANKING_RELEVANCE_SHARE),
                standard.similarity(),
                config.getLong(KomboConfig.ACCEPTANCE_HORIZON),
                rules);
    }

    private static OfferSettings offers(KomboConfig config) {
        Set<EventType> triggers = EnumSet.noneOf(EventType.class);
        config.getList(KomboConfig.OFFER_TRIGGERS).forEach(name -> triggers.add(EventType.valueOf(name)));
        return new OfferSettings(
                triggers,
                config.getLong(KomboConfig.OFFER_INTERVAL),
                config.getInt(KomboConfig.OFFER_SIZE),
                config.getLong(KomboConfig.OFFER_VALIDITY),
                config.getString(KomboConfig.OFFER_PLACEMENT),
                config.getInt(KomboConfig.OFFER_REASONS));
    }

    /** Settings of the catalogue index; its half-lives are those of popularity. */
    public IndexSettings index() {
        IndexSettings standard = IndexSettings.defaults();
        return new IndexSettings(
                standard.memberEvidence(),
                config.getDouble(KomboConfig.COOCCURRENCE_SHRINKAGE),
                popularity.shortHalfLifeMillis(),
                popularity.longHalfLifeMillis(),
                standard.popularTargets(),
                responses);
    }

    /** What an event must satisfy. */
    public EventRules rules() {
        return rules;
    }

    /** Bounds of a profile. */
    public ProfileLimits profile() {
        return profile;
    }

    /** Settings of the matrix factorisation. */
    public FactorSettings factors() {
        return factors;
    }

    /** Half-lives of popularity. */
    public PopularitySettings popularity() {
        return popularity;
    }

    /** How answers to offers are counted. */
    public ResponseSettings responses() {
        return responses;
    }

    /** Settings of co-purchase counts. */
    public NeighborSettings neighbors() {
        return neighbors;
    }

    /** Settings of co-occurrence counts. */
    public CooccurrenceSettings cooccurrences() {
        return cooccurrences;
    }

    /** Latest different targets that a touched one is counted together with. */
    public int companions() {
        return cooccurrences.capacity() == 0 ? 0 : config.getInt(KomboConfig.COOCCURRENCE_COMPANIONS);
    }

    /** Co-occurrences published with a target, at most. */
    public int publishedCooccurrences() {
        return config.getInt(KomboConfig.COOCCURRENCE_PUBLISHED);
    }

    /** Settings of bundle mining. */
    public MiningSettings mining() {
        return mining;
    }

    /** Settings of the ranking. */
    public RankingSettings ranking() {
        return ranking;
    }

    /** How new bundles are drawn. */
    public ExplorationSettings exploration() {
        return new ExplorationSettings(
                config.getDouble(KomboConfig.EXPLORATION_NEW_BUNDLE),
                config.getLong(KomboConfig.EXPLORATION_INTERVAL),
                responses.strength());
    }

    /** When and how offers are made. */
    public OfferSettings offers() {
        return offers;
    }

    /** Shape of the ranker network. */
    public NetworkShape rankerShape() {
        return training.shape();
    }

    /** Settings of its training. */
    public NetworkSettings rankerTraining() {
        return training.network();
    }

    /** How much a choice weighs in it. */
    public Evenness evenness() {
        return training.evenness();
    }

    /** Settings of the training of acceptance. */
    public AcceptanceSettings acceptance() {
        return training.acceptance();
    }

    TrainingSettings training() {
        return training;
    }

    /** Settings of attribution. */
    public AttributionSettings attribution() {
        return attribution;
    }

    AccountRetention retention() {
        return retention;
    }

    /** Partitions of the topics that are spread by shopper or item. */
    public int partitions() {
        return config.getInt(KomboConfig.TOPIC_PARTITIONS);
    }

    int robotRate() {
        return config.getInt(KomboConfig.ROBOT_RATE);
    }

    long robotFlagMillis() {
        return config.getLong(KomboConfig.ROBOT_FLAG);
    }

    long sessionExpiryMillis() {
        return config.getLong(KomboConfig.SESSION_EXPIRY);
    }

    long cartExpiryMillis() {
        return config.getLong(KomboConfig.CART_EXPIRY);
    }

    /** Time without a new line after which an order is closed. */
    public long orderCloseMillis() {
        return config.getLong(KomboConfig.ORDER_CLOSE);
    }

    long timerIntervalMillis() {
        return config.getLong(KomboConfig.TIMER_INTERVAL);
    }

    /** Times a stored interaction may be replayed by sweeps. */
    public int replayBudget() {
        return config.getInt(KomboConfig.LEARNING_REPLAY_BUDGET);
    }

    long sweepIntervalMillis() {
        return config.getLong(KomboConfig.LEARNING_SWEEP_INTERVAL);
    }

    /** Shoppers swept in one go. */
    public int sweepUsers() {
        return config.getInt(KomboConfig.LEARNING_SWEEP_USERS);
    }

    long backlogRecords() {
        return config.getLong(KomboConfig.LEARNING_BACKLOG);
    }

    long indexRefreshMillis() {
        return config.getLong(KomboConfig.INDEX_REFRESH);
    }

    long itemFlushMillis() {
        return config.getLong(KomboConfig.ITEM_FLUSH);
    }

    /** Partners published with an item, at most. */
    public int publishedNeighbors() {
        return config.getInt(KomboConfig.ITEM_PUBLISHED_NEIGHBORS);
    }

    boolean autoApprove() {
        return config.getBoolean(KomboConfig.MINING_AUTO_APPROVE);
    }

    /** Most that a user counts for when arms are compared, in minor units. */
    public long experimentCapMinor() {
        return config.getLong(KomboConfig.EXPERIMENT_CAP);
    }

    long reportIntervalMillis() {
        return config.getLong(KomboConfig.REPORT_INTERVAL);
    }
}
