package dev.kombo.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The settings of one installation, validated as a whole. A setting's name, type, default, range and documentation
 * stand in {@link Settings}; whatever begins with {@code kombo.streams.} goes to Kafka Streams and its clients, and
 * {@code kombo.avro.} to the Avro serializers and the registry client, both without the prefix.
 */
public final class KomboConfig extends AbstractConfig {
    public static final String BOOTSTRAP_SERVERS = "kombo.bootstrap.servers";
    public static final String APPLICATION_ID = "kombo.application.id";
    public static final String STATE_DIR = "kombo.state.dir";
    public static final String TOPIC_PREFIX = "kombo.topic.prefix";
    public static final String TOPIC_PARTITIONS = "kombo.topic.partitions";
    public static final String TOPIC_REPLICATION = "kombo.topic.replication.factor";
    public static final String PROCESSING_GUARANTEE = "kombo.processing.guarantee";
    public static final String COMMIT_INTERVAL = "kombo.commit.interval.ms";
    public static final String STREAM_THREADS = "kombo.stream.threads";
    public static final String STREAMS_PREFIX = "kombo.streams.";
    public static final String AVRO_PREFIX = "kombo.avro.";
    public static final String REGISTRY_URL = AVRO_PREFIX + "schema.registry.url";
    public static final String SERIALIZER_CLASS = AVRO_PREFIX + "serializer.class";
    public static final String DESERIALIZER_CLASS = AVRO_PREFIX + "deserializer.class";

    public static final String EVENT_ID_LENGTH = "kombo.event.id.length";
    public static final String EVENT_QUANTITY = "kombo.event.quantity";
    public static final String EVENT_UNIT_PRICE = "kombo.event.unit.price.minor";
    public static final String EVENT_FUTURE = "kombo.event.future.tolerance.ms";
    public static final String EVENT_ATTRIBUTES = "kombo.event.attributes";
    public static final String DUPLICATE_IDS = "kombo.duplicate.ids";
    public static final String DUPLICATE_AGE = "kombo.duplicate.age.ms";
    public static final String DUPLICATE_PAID_IDS = "kombo.duplicate.paid.ids";
    public static final String ROBOT_RATE = "kombo.robot.actions.per.minute";
    public static final String ROBOT_FLAG = "kombo.robot.flag.ms";
    public static final String PROFILE_RECENT = "kombo.profile.recent.interactions";
    public static final String PROFILE_PURCHASES = "kombo.profile.purchased.items";
    public static final String PROFILE_EXPOSURES = "kombo.profile.exposed.bundles";
    public static final String SESSION_EXPIRY = "kombo.session.expiry.ms";
    public static final String CART_EXPIRY = "kombo.cart.expiry.ms";
    public static final String ORDER_CLOSE = "kombo.order.close.ms";
    public static final String TIMER_INTERVAL = "kombo.timer.interval.ms";

    public static final String LEARNING_FACTORS = "kombo.learning.factors";
    public static final String LEARNING_LOSS = "kombo.learning.loss";
    public static final String LEARNING_USER_RATE = "kombo.learning.user.rate";
    public static final String LEARNING_ITEM_RATE = "kombo.learning.item.rate";
    public static final String LEARNING_REGULARIZATION = "kombo.learning.regularization";
    public static final String LEARNING_NEGATIVES = "kombo.learning.negatives";
    public static final String LEARNING_POPULAR_NEGATIVES = "kombo.learning.popular.negatives";
    public static final String LEARNING_REPLAYS = "kombo.learning.replays";
    public static final String LEARNING_GRADIENT_NORM = "kombo.learning.gradient.norm";
    public static final String LEARNING_FLUSH_NORM = "kombo.learning.flush.norm";
    public static final String LEARNING_SEED = "kombo.learning.seed";
    public static final String LEARNING_REPLAY_BUDGET = "kombo.learning.replay.budget";
    public static final String LEARNING_SWEEP_INTERVAL = "kombo.learning.sweep.interval.ms";
    public static final String LEARNING_SWEEP_USERS = "kombo.learning.sweep.users";
    public static final String LEARNING_BACKLOG = "kombo.learning.backlog.records";
    public static final String POPULARITY_SHORT = "kombo.popularity.short.half.life.ms";
    public static final String POPULARITY_LONG = "kombo.popularity.long.half.life.ms";
    public static final String RESPONSE_HALF_LIFE = "kombo.response.half.life.ms";
    public static final String RESPONSE_STRENGTH = "kombo.response.strength";
    public static final String ITEM_FLUSH = "kombo.item.flush.interval.ms";
    public static final String ITEM_NEIGHBORS = "kombo.item.neighbors";
    public static final String ITEM_PUBLISHED_NEIGHBORS = "kombo.item.published.neighbors";
    public static final String INDEX_REFRESH = "kombo.index.refresh.interval.ms";
    public static final String NEIGHBOR_HALF_LIFE = "kombo.neighbor.half.life.ms";
    public static final String COOCCURRENCE_COMPANIONS = "kombo.cooccurrence.companions";
    public static final String COOCCURRENCE_CAPACITY = "kombo.cooccurrence.targets";
    public static final String COOCCURRENCE_PUBLISHED = "kombo.cooccurrence.published.targets";
    public static final String COOCCURRENCE_HALF_LIFE = "kombo.cooccurrence.half.life.ms";
    public static final String COOCCURRENCE_SHRINKAGE = "kombo.cooccurrence.shrinkage";
    public static final String ACCEPTANCE_SHARE = "kombo.acceptance.share";
    public static final String ACCEPTANCE_MEMORY = "kombo.acceptance.memory";
    public static final String ACCEPTANCE_HORIZON = "kombo.acceptance.horizon.ms";
    public static final String TRAINING_SHARE = "kombo.training.share";
    public static final String TRAINING_NEGATIVES = "kombo.training.negatives";
    public static final String TRAINING_RATE = "kombo.training.examples.per.second";
    public static final String TRAINING_PUBLISH = "kombo.training.publish.interval.ms";

    public static final String MINING_SUPPORT_MIN = "kombo.mining.support.min";
    public static final String MINING_SUPPORT_MAX = "kombo.mining.support.max";
    public static final String MINING_ORDERS_PER_SUPPORT = "kombo.mining.orders.per.support";
    public static final String MINING_LIFT = "kombo.mining.lift";
    public static final String MINING_LIFT_LOWER = "kombo.mining.lift.lower";
    public static final String MINING_BUNDLES_PER_ITEM = "kombo.mining.bundles.per.item";
    public static final String MINING_DISCOUNT = "kombo.mining.discount.basis.points";
    public static final String MINING_AUTO_APPROVE = "kombo.mining.auto.approve";

    public static final String OFFER_TRIGGERS = "kombo.offer.triggers";
    public static final String OFFER_INTERVAL = "kombo.offer.interval.ms";
    public static final String OFFER_SIZE = "kombo.offer.size";
    public static final String OFFER_VALIDITY = "kombo.offer.validity.ms";
    public static final String OFFER_PLACEMENT = "kombo.offer.placement";
    public static final String OFFER_REASONS = "kombo.offer.reasons";
    public static final String RANKER_KIND = "kombo.ranker.kind";
    public static final String RANKER_OBJECTIVE = "kombo.ranker.objective";
    public static final String RANKER_RATE = "kombo.ranker.rate";
    public static final String RANKER_WIDE_RATE = "kombo.ranker.wide.rate";
    public static final String RANKER_REGULARIZATION = "kombo.ranker.regularization";
    public static final String RANKER_WIDE_REGULARIZATION = "kombo.ranker.wide.regularization";
    public static final String RANKER_EVENNESS = "kombo.ranker.evenness";
    public static final String RANKER_BATCH = "kombo.ranker.batch";
    public static final String RANKER_WARM_UP = "kombo.ranker.warm.up.steps";
    public static final String RANKER_GRADIENT_NORM = "kombo.ranker.gradient.norm";
    public static final String RANKER_RERANK = "kombo.ranker.rerank";
    public static final String RANKING_CANDIDATES = "kombo.ranking.candidates";
    public static final String RANKING_FULL_SCAN = "kombo.ranking.full.scan";
    public static final String RANKING_RELEVANCE_SHARE = "kombo.ranking.relevance.share";
    public static final String EXPLORATION_NEW_BUNDLE = "kombo.exploration.new.bundle.impressions";
    public static final String EXPLORATION_INTERVAL = "kombo.exploration.interval.ms";
    public static final String RULE_PRICE_MIN = "kombo.rule.price.min.minor";
    public static final String RULE_PRICE_MAX = "kombo.rule.price.max.minor";
    public static final String RULE_FREQUENCY_CAP = "kombo.rule.frequency.cap";
    public static final String RULE_FREQUENCY_WINDOW = "kombo.rule.frequency.window.ms";
    public static final String RULE_COOL_DOWN = "kombo.rule.cool.down.ms";
    public static final String RULE_COOL_DOWN_CATEGORIES = "kombo.rule.cool.down.categories";

    public static final String ATTRIBUTION_WINDOW = "kombo.attribution.window.ms";
    public static final String ATTRIBUTION_OPEN_OFFERS = "kombo.attribution.open.offers";
    public static final String EXPERIMENT_CAP = "kombo.experiment.cap.minor";
    public static final String REPORT_INTERVAL = "kombo.report.interval.ms";
    public static final String REPORT_HOURS = "kombo.report.retention.hours";
    public static final String REPORT_DAYS = "kombo.report.retention.days";

    public static final String API_HOST = "kombo.api.host";
    public static final String API_PORT = "kombo.api.port";
    public static final String API_ADVERTISED = "kombo.api.advertised";
    public static final String API_FORWARD_TIMEOUT = "kombo.api.forward.timeout.ms";
    public static final String API_TOKENS = "kombo.api.tokens";
    public static final String API_KEYSTORE = "kombo.api.tls.keystore";
    public static final String API_KEYSTORE_PASSWORD = "kombo.api.tls.keystore.password";
    public static final String API_TRUSTSTORE = "kombo.api.tls.truststore";
    public static final String API_TRUSTSTORE_PASSWORD = "kombo.api.tls.truststore.password";
    public static final String API_BODY = "kombo.api.body.bytes";
    public static final String API_RATE = "kombo.api.requests.per.second";
    public static final String API_CONCURRENCY = "kombo.api.concurrency";
    public static final String API_READY_LAG = "kombo.api.ready.lag.records";

    private KomboConfig(Map<String, String> settings) {
        super(Settings.DEFINITION, settings, false);
    }

    /**
     * Validates settings.
     *
     * @param settings full names with their values as text; what is missing takes its default
     * @throws ConfigProblemsException naming all problems at once
     */
    public static KomboConfig of(Map<String, String> settings) {
        List<String> problems = new ArrayList<>(UnknownSettings.problems(settings.keySet()));
        problems.addAll(PassedOnSettings.problems(settings));
        Map<String, String> usable = known(settings);
        Set<String> unusable = new HashSet<>();
        // The first message only: after a value that cannot be read, Kafka goes on to complain that there is none.
        Settings.DEFINITION
                .validate(usable)
                .forEach(value -> value.errorMessages().stream().limit(1).forEach(message -> {
                    problems.add(value.name() + ": " + message);
                    unusable.add(value.name());
                }));
        usable.keySet().removeAll(unusable);
        List<String> between = new ArrayList<>();
        CrossChecks.run(new KomboConfig(usable), between);
        // What concerns a setting that cannot be used was found out about its default.
        between.removeIf(problem -> unusable.stream().anyMatch(problem::contains));
        problems.addAll(between);
        if (!problems.isEmpty()) {
            throw new ConfigProblemsException(problems);
        }
        return new KomboConfig(settings);
    }

    private static Map<String, String> known(Map<String, String> settings) {
        Map<String, String> known = new HashMap<>(settings);
        known.keySet().retainAll(Settings.DEFINITION.names());
        return known;
    }

    /** The definition, from which the reference page is printed. */
    public static ConfigDef definition() {
        return Settings.DEFINITION;
    }

    /** Settings that go to Kafka Streams and its clients, without their prefix. */
    public Map<String, Object> streamsSettings() {
        return originalsWithPrefix(STREAMS_PREFIX);
    }

    /**
     * Settings of the Avro serializers and the registry client: Confluent's own names, without the prefix; the two
     * classes under their full names.
     */
    public Map<String, Object> avroSettings() {
        Map<String, Object> settings = new TreeMap<>(originalsWithPrefix(AVRO_PREFIX));
        settings.put(REGISTRY_URL.substring(AVRO_PREFIX.length()), getString(REGISTRY_URL));
        settings.put(SERIALIZER_CLASS, getString(SERIALIZER_CLASS));
        settings.put(DESERIALIZER_CLASS, getString(DESERIALIZER_CLASS));
        return settings;
    }

    /** A number as float. */
    public float getFloat(String name) {
        return getDouble(name).floatValue();
    }
}
