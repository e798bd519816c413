package dev.kombo.config;

import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Validator;

/** Each setting: name, type, default, range and documentation in one place. */
final class Settings {
    /** Variables that the launcher script, the logging configuration and the clients of the API read; no settings. */
    static final Set<String> LAUNCHER_VARIABLES =
            Set.of("KOMBO_JAVA_OPTS", "KOMBO_LOG_LEVEL", "KOMBO_KAFKA_LOG_LEVEL", "KOMBO_API_TOKEN");

    private static final double DEFAULT_REGULARIZATION = 0.02;

    static final ConfigDef DEFINITION = new ConfigDef();

    static {
        installation();
        events();
        learning();
        items();
        ranker();
        mining();
        offers();
        tracking();
        api();
    }

    private Settings() {}

    private static void installation() {
        define(
                KomboConfig.BOOTSTRAP_SERVERS,
                ConfigDef.Type.STRING,
                "127.0.0.1:9092",
                new ConfigDef.NonEmptyString(),
                "Brokers to connect to, host:port, separated by commas.");
        define(
                KomboConfig.APPLICATION_ID,
                ConfigDef.Type.STRING,
                "kombo",
                new ConfigDef.NonEmptyString(),
                "Name of the application: its consumer group, and the prefix of its changelogs.");
        define(
                KomboConfig.STATE_DIR,
                ConfigDef.Type.STRING,
                ".kombo/state",
                new ConfigDef.NonEmptyString(),
                "Folder of the RocksDB stores; must outlive a restart.");
        define(KomboConfig.TOPIC_PREFIX, ConfigDef.Type.STRING, "", null, "Put before each topic's name.");
        define(
                KomboConfig.TOPIC_PARTITIONS,
                ConfigDef.Type.INT,
                4,
                ConfigDef.Range.between(1, 10_000),
                "Partitions of the topics that are spread by shopper or item. Cannot be changed later without moving all state.");
        define(
                KomboConfig.TOPIC_REPLICATION,
                ConfigDef.Type.INT,
                -1,
                ConfigDef.Range.between(-1, 100),
                "Replicas of each topic; -1: the broker's default.");
        define(
                KomboConfig.PROCESSING_GUARANTEE,
                ConfigDef.Type.STRING,
                "exactly_once_v2",
                ConfigDef.ValidString.in("exactly_once_v2", "at_least_once"),
                "What Kafka Streams guarantees; at_least_once may count an event twice after a crash.");
        define(
                KomboConfig.COMMIT_INTERVAL,
                ConfigDef.Type.LONG,
                100L,
                ConfigDef.Range.between(1, 60_000),
                "Longest time between two commits, in milliseconds; readers of committed records wait half of it on average.");
        define(
                KomboConfig.STREAM_THREADS,
                ConfigDef.Type.INT,
                1,
                ConfigDef.Range.between(1, 256),
                "Stream threads of this instance.");
        define(
                KomboConfig.REGISTRY_URL,
                ConfigDef.Type.STRING,
                "mock://kombo",
                new ConfigDef.NonEmptyString(),
                "Schema registry: http(s) addresses separated by commas, or mock://<scope> within one process.");
        define(
                KomboConfig.SERIALIZER_CLASS,
                ConfigDef.Type.STRING,
                "dev.kombo.serde.KomboAvroSerializer",
                new ConfigDef.NonEmptyString(),
                "Serializer of Avro values, such as io.confluent.kafka.serializers.KafkaAvroSerializer.");
        define(
                KomboConfig.DESERIALIZER_CLASS,
                ConfigDef.Type.STRING,
                "dev.kombo.serde.KomboAvroDeserializer",
                new ConfigDef.NonEmptyString(),
                "Deserializer of Avro values, such as io.confluent.kafka.serializers.KafkaAvroDeserializer.");
    }

    private static void events() {
        define(
                KomboConfig.EVENT_ID_LENGTH,
                ConfigDef.Type.INT,
                128,
                ConfigDef.Range.between(8, 1024),
                "Longest id accepted, in characters.");
        define(
                KomboConfig.EVENT_QUANTITY,
                ConfigDef.Type.INT,
                1_000_000,
                ConfigDef.Range.atLeast(1),
                "Most units accepted in one event.");
        define(
                KomboConfig.EVENT_UNIT_PRICE,
                ConfigDef.Type.LONG,
                10_000_000_000L,
                ConfigDef.Range.atLeast(1),
                "Highest price of one unit accepted, in minor units.");
        define(
                KomboConfig.EVENT_FUTURE,
                ConfigDef.Type.LONG,
                300_000L,
                ConfigDef.Range.atLeast(0),
                "How far an event may lie ahead of its record, in milliseconds.");
        define(
                KomboConfig.EVENT_ATTRIBUTES,
                ConfigDef.Type.INT,
                32,
                ConfigDef.Range.between(0, 1000),
                "Most free attributes of an event.");
        define(
                KomboConfig.DUPLICATE_IDS,
                ConfigDef.Type.INT,
                256,
                ConfigDef.Range.between(1, 10_000),
                "Latest event ids of a shopper by which a repeated event is known; purchases and returns have their own.");
        define(
                KomboConfig.DUPLICATE_AGE,
                ConfigDef.Type.LONG,
                86400000L,
                ConfigDef.Range.atLeast(1),
                "Longest time an event id is remembered, in milliseconds of event time; those of purchases and returns are for as long as the attribution window, if that is longer.");
        define(
                KomboConfig.DUPLICATE_PAID_IDS,
                ConfigDef.Type.INT,
                512,
                ConfigDef.Range.between(1, 10_000),
                "Latest ids of a shopper's purchases and returns by which a repeated one is known, so that its money is counted once; 16 bytes each.");
        define(
                KomboConfig.ROBOT_RATE,
                ConfigDef.Type.INT,
                120,
                ConfigDef.Range.atLeast(1),
                "Actions a minute above which a shopper is taken for a robot; the lines of an order are one action.");
        define(
                KomboConfig.ROBOT_FLAG,
                ConfigDef.Type.LONG,
                1_800_000L,
                ConfigDef.Range.atLeast(1),
                "How long a robot stays flagged, in milliseconds of event time.");
        define(
                KomboConfig.PROFILE_RECENT,
                ConfigDef.Type.INT,
                50,
                ConfigDef.Range.between(1, 1000),
                "Latest interactions kept of a shopper.");
        define(
                KomboConfig.PROFILE_PURCHASES,
                ConfigDef.Type.INT,
                256,
                ConfigDef.Range.between(1, 10_000),
                "Items bought that are remembered of a shopper.");
        define(
                KomboConfig.PROFILE_EXPOSURES,
                ConfigDef.Type.INT,
                64,
                ConfigDef.Range.between(1, 1000),
                "Bundles offered that are remembered of a shopper.");
        define(
                KomboConfig.SESSION_EXPIRY,
                ConfigDef.Type.LONG,
                86400000L,
                ConfigDef.Range.atLeast(60_000),
                "How long a visitor without a user id is remembered after the latest event, in milliseconds.");
        define(
                KomboConfig.CART_EXPIRY,
                ConfigDef.Type.LONG,
                604800000L,
                ConfigDef.Range.atLeast(60_000),
                "How long a cart left behind still says something, in milliseconds.");
        define(
                KomboConfig.ORDER_CLOSE,
                ConfigDef.Type.LONG,
                1_800_000L,
                ConfigDef.Range.atLeast(1),
                "Quiet time after which an order is taken as complete, in milliseconds.");
        define(
                KomboConfig.TIMER_INTERVAL,
                ConfigDef.Type.LONG,
                500L,
                ConfigDef.Range.between(10, 60_000),
                "Time between two looks for orders to close, offers to end, windows of experiments to tell of and visitors to forget, in milliseconds.");
    }

    private static void learning() {
        define(
                KomboConfig.LEARNING_FACTORS,
                ConfigDef.Type.INT,
                64,
                ConfigDef.Range.between(2, 512),
                "Length of user and item factors. A change needs a reset of the models.");
        define(
                KomboConfig.LEARNING_LOSS,
                ConfigDef.Type.STRING,
                "logistic",
                ConfigDef.ValidString.in("logistic", "squared"),
                "Loss of the matrix factorisation.");
        define(
                KomboConfig.LEARNING_USER_RATE,
                ConfigDef.Type.DOUBLE,
                0.05,
                Bounds.within(1e-6, 1),
                "Learning rate of user factors.");
        define(
                KomboConfig.LEARNING_ITEM_RATE,
                ConfigDef.Type.DOUBLE,
                0.3,
                Bounds.within(1e-6, 1),
                "Learning rate of item factors (AdaGrad).");
        define(
                KomboConfig.LEARNING_REGULARIZATION,
                ConfigDef.Type.DOUBLE,
                DEFAULT_REGULARIZATION,
                Bounds.within(0, 1),
                "L2 regularisation of factors.");
        define(
                KomboConfig.LEARNING_NEGATIVES,
                ConfigDef.Type.INT,
                2,
                ConfigDef.Range.between(0, 20),
                "Negative samples an event; each is one more record.");
        define(
                KomboConfig.LEARNING_POPULAR_NEGATIVES,
                ConfigDef.Type.DOUBLE,
                1.0,
                Bounds.within(0, 1),
                "Share of the negative samples that are drawn by popularity; the others are drawn uniformly.");
        define(
                KomboConfig.LEARNING_REPLAYS,
                ConfigDef.Type.INT,
                10,
                ConfigDef.Range.between(0, 100),
                "Steps on the user's own history an event; they touch the user factor only.");
        define(
                KomboConfig.LEARNING_GRADIENT_NORM,
                ConfigDef.Type.DOUBLE,
                1.0,
                Bounds.within(1e-6, 1000),
                "Longest gradient sent to an item.");
        define(
                KomboConfig.LEARNING_FLUSH_NORM,
                ConfigDef.Type.DOUBLE,
                1.0,
                Bounds.within(1e-6, 1000),
                "Longest way an item's factors go between two publications.");
        define(
                KomboConfig.LEARNING_SEED,
                ConfigDef.Type.LONG,
                1L,
                null,
                "Seed of starting vectors and negative samples.");
        define(
                KomboConfig.LEARNING_REPLAY_BUDGET,
                ConfigDef.Type.INT,
                10,
                ConfigDef.Range.between(0, 127),
                "Times a stored interaction is replayed by sweeps.");
        define(
                KomboConfig.LEARNING_SWEEP_INTERVAL,
                ConfigDef.Type.LONG,
                1000L,
                ConfigDef.Range.atLeast(10),
                "Time between two replay sweeps of a task, in milliseconds; they run only when it has caught up.");
        define(
                KomboConfig.LEARNING_SWEEP_USERS,
                ConfigDef.Type.INT,
                64,
                ConfigDef.Range.between(0, 10_000),
                "Shoppers whose history one sweep replays; 0 switches sweeps off.");
        define(
                KomboConfig.LEARNING_BACKLOG,
                ConfigDef.Type.LONG,
                10_000L,
                ConfigDef.Range.atLeast(0),
                "Records of lag from which on sweeps wait, and negative samples are shed on the item leg.");
    }

    private static void items() {
        define(
                KomboConfig.POPULARITY_SHORT,
                ConfigDef.Type.LONG,
                259200000L,
                ConfigDef.Range.atLeast(1000),
                "Short half-life of popularity, in milliseconds.");
        define(
                KomboConfig.POPULARITY_LONG,
                ConfigDef.Type.LONG,
                1209600000L,
                ConfigDef.Range.atLeast(1000),
                "Long half-life of popularity, in milliseconds.");
        define(
                KomboConfig.RESPONSE_HALF_LIFE,
                ConfigDef.Type.LONG,
                10368000000L,
                ConfigDef.Range.between(60_000L, 315_360_000_000L),
                "Half-life of a bundle's impressions, clicks and conversions, in milliseconds.");
        define(
                KomboConfig.RESPONSE_STRENGTH,
                ConfigDef.Type.DOUBLE,
                30.0,
                ConfigDef.Range.between(1, 1_000_000),
                "Impressions of its own at which a bundle's click and conversion rates count as much as those of all bundles.");
        define(
                KomboConfig.ITEM_FLUSH,
                ConfigDef.Type.LONG,
                1000L,
                ConfigDef.Range.between(10, 3_600_000),
                "Shortest time between two publications of an item, in milliseconds.");
        define(
                KomboConfig.ITEM_NEIGHBORS,
                ConfigDef.Type.INT,
                100,
                ConfigDef.Range.between(2, 1000),
                "Partners counted of an item.");
        define(
                KomboConfig.ITEM_PUBLISHED_NEIGHBORS,
                ConfigDef.Type.INT,
                30,
                ConfigDef.Range.between(0, 1000),
                "Partners published with an item.");
        define(
                KomboConfig.INDEX_REFRESH,
                ConfigDef.Type.LONG,
                200L,
                ConfigDef.Range.between(0, 60_000),
                "Shortest time between two refreshes of the bundles whose members changed, in milliseconds: of many members"
                        + " that change close together each bundle is assembled once. 0: at once.");
        define(
                KomboConfig.NEIGHBOR_HALF_LIFE,
                ConfigDef.Type.LONG,
                5184000000L,
                ConfigDef.Range.atLeast(1000),
                "Half-life of co-purchase weights, in milliseconds.");
        define(
                KomboConfig.COOCCURRENCE_COMPANIONS,
                ConfigDef.Type.INT,
                50,
                ConfigDef.Range.between(0, 1000),
                "Latest different targets of a shopper that a touched one is counted together with.");
        define(
                KomboConfig.COOCCURRENCE_CAPACITY,
                ConfigDef.Type.INT,
                1000,
                ConfigDef.Range.between(0, 1000),
                "Targets counted together with a target; 0 counts nothing.");
        define(
                KomboConfig.COOCCURRENCE_PUBLISHED,
                ConfigDef.Type.INT,
                1000,
                ConfigDef.Range.between(0, 1000),
                "Of these, how many are published with a target.");
        define(
                KomboConfig.COOCCURRENCE_HALF_LIFE,
                ConfigDef.Type.LONG,
                5184000000L,
                ConfigDef.Range.atLeast(60_000),
                "Half-life of these counts, in milliseconds.");
        define(
                KomboConfig.COOCCURRENCE_SHRINKAGE,
                ConfigDef.Type.DOUBLE,
                3.0,
                Bounds.within(0, 1000),
                "Weight of common shoppers at which a cosine of co-occurrence is half believed.");
        define(
                KomboConfig.TRAINING_SHARE,
                ConfigDef.Type.DOUBLE,
                0.1,
                Bounds.within(0, 1),
                "Share of the cart and purchase events from which the ranker learns, drawn by hash.");
        define(
                KomboConfig.TRAINING_NEGATIVES,
                ConfigDef.Type.INT,
                4,
                ConfigDef.Range.between(1, 100),
                "Bundles drawn, for the ranker, against each that was wanted.");
        define(
                KomboConfig.TRAINING_RATE,
                ConfigDef.Type.INT,
                200,
                ConfigDef.Range.between(0, 100_000),
                "Most training examples a second and task.");
        define(
                KomboConfig.TRAINING_PUBLISH,
                ConfigDef.Type.LONG,
                10_000L,
                ConfigDef.Range.atLeast(10),
                "Shortest time between two publications of the ranker, in milliseconds.");
        define(
                KomboConfig.ACCEPTANCE_SHARE,
                ConfigDef.Type.DOUBLE,
                1.0,
                Bounds.within(0.001, 1),
                "Share of the seen offers from which the model of acceptance learns, drawn by hash; what is taken always"
                        + " counts.");
        define(
                KomboConfig.ACCEPTANCE_MEMORY,
                ConfigDef.Type.DOUBLE,
                1_000_000.0,
                Bounds.within(100, 1e12),
                "Bundles shown after which what one of them taught about acceptance has faded to 1 / e.");
        define(
                KomboConfig.ACCEPTANCE_HORIZON,
                ConfigDef.Type.LONG,
                604_800_000L,
                ConfigDef.Range.between(60_000, 31_536_000_000L),
                "Time within which the purchase of an item counts as one that would have been made without the offer, in"
                        + " milliseconds. It lowers the value of bundles of what a shopper buys anyway.");
    }

    private static void ranker() {
        define(
                KomboConfig.RANKER_KIND,
                ConfigDef.Type.STRING,
                "dense",
                ConfigDef.ValidString.in("linear", "dense", "convolution", "recurrent"),
                "What ranks beside the weights of the signals: nothing, two dense layers, or these with the latest"
                        + " interactions seen through a convolution or a recurrent unit. Another kind starts to learn anew.");
        define(
                KomboConfig.RANKER_OBJECTIVE,
                ConfigDef.Type.STRING,
                "logistic",
                ConfigDef.ValidString.in("logistic", "softmax"),
                "What the ranker minimises: the log loss of each bundle, or the cross entropy of the wanted one among those"
                        + " drawn against it.");
        define(
                KomboConfig.RANKER_RATE,
                ConfigDef.Type.DOUBLE,
                0.003,
                Bounds.within(1e-6, 1),
                "Highest step size of the ranker's deep part (Adam).");
        define(
                KomboConfig.RANKER_WIDE_RATE,
                ConfigDef.Type.DOUBLE,
                0.003,
                Bounds.within(0, 1),
                "Highest step size of the weights of the signals; 0 keeps those that Kombo starts with.");
        define(
                KomboConfig.RANKER_REGULARIZATION,
                ConfigDef.Type.DOUBLE,
                0.0001,
                Bounds.within(0, 10),
                "Penalty on the size of the deep weights.");
        define(
                KomboConfig.RANKER_WIDE_REGULARIZATION,
                ConfigDef.Type.DOUBLE,
                0.0001,
                Bounds.within(0, 10),
                "Penalty on the distance of the weights of the signals from those that Kombo starts with.");
        define(
                KomboConfig.RANKER_EVENNESS,
                ConfigDef.Type.DOUBLE,
                0.0,
                Bounds.within(0, 1),
                "What an average is over when the ranker learns. 0: choices, so busy shoppers say most. 1: shoppers, a"
                        + " choice weighing 1 / (1 + earlier choices). Between: that to the power of the setting.");
        define(
                KomboConfig.RANKER_BATCH,
                ConfigDef.Type.INT,
                32,
                ConfigDef.Range.between(1, 10_000),
                "Bundles a training step, at least.");
        define(
                KomboConfig.RANKER_WARM_UP,
                ConfigDef.Type.INT,
                100,
                ConfigDef.Range.between(1, 1_000_000),
                "Steps over which the step size grows to its highest; it then falls with the root of the steps.");
        define(
                KomboConfig.RANKER_GRADIENT_NORM,
                ConfigDef.Type.DOUBLE,
                5.0,
                Bounds.within(0.001, 1000),
                "Longest gradient of a training step.");
        define(
                KomboConfig.RANKER_RERANK,
                ConfigDef.Type.INT,
                50,
                ConfigDef.Range.between(1, 5000),
                "Best candidates that the deep part scores anew, and from which a slate is chosen.");
    }

    private static void mining() {
        define(
                KomboConfig.MINING_SUPPORT_MIN,
                ConfigDef.Type.INT,
                6,
                ConfigDef.Range.atLeast(2),
                "Fewest orders that make a bundle, in a small shop.");
        define(
                KomboConfig.MINING_SUPPORT_MAX,
                ConfigDef.Type.INT,
                15,
                ConfigDef.Range.atLeast(2),
                "Fewest orders that make a bundle, in a large shop.");
        define(
                KomboConfig.MINING_ORDERS_PER_SUPPORT,
                ConfigDef.Type.INT,
                300,
                ConfigDef.Range.between(1, 1_000_000),
                "Closed orders for each order of support asked for, between the two.");
        define(
                KomboConfig.MINING_LIFT,
                ConfigDef.Type.DOUBLE,
                2.0,
                Bounds.within(1, 1000),
                "Smallest lift of a bundle.");
        define(
                KomboConfig.MINING_LIFT_LOWER,
                ConfigDef.Type.DOUBLE,
                1.2,
                Bounds.within(0, 1000),
                "Smallest lower confidence bound on the lift.");
        define(
                KomboConfig.MINING_BUNDLES_PER_ITEM,
                ConfigDef.Type.INT,
                5,
                ConfigDef.Range.between(1, 1000),
                "Most bundles mined of one item and size.");
        define(
                KomboConfig.MINING_DISCOUNT,
                ConfigDef.Type.INT,
                1000,
                ConfigDef.Range.between(0, 9999),
                "Discount of a mined bundle on the sum of its members' prices, in hundredths of a percent.");
        define(
                KomboConfig.MINING_AUTO_APPROVE,
                ConfigDef.Type.BOOLEAN,
                false,
                null,
                "Whether mined bundles go into the catalogue at once.");
    }

    private static void offers() {
        define(
                KomboConfig.OFFER_TRIGGERS,
                ConfigDef.Type.LIST,
                "VIEW,CLICK,FAVOURITE,ADD_TO_CART,PURCHASE,OFFER_REQUEST",
                Bounds.eventTypes(),
                "Types of events that trigger an offer.");
        define(
                KomboConfig.OFFER_INTERVAL,
                ConfigDef.Type.LONG,
                1000L,
                ConfigDef.Range.atLeast(0),
                "Shortest time between two triggered offers of a shopper and placement, in milliseconds; requests are always answered.");
        define(
                KomboConfig.OFFER_SIZE,
                ConfigDef.Type.INT,
                5,
                ConfigDef.Range.between(1, 100),
                "Most bundles of a slate.");
        define(
                KomboConfig.OFFER_VALIDITY,
                ConfigDef.Type.LONG,
                86400000L,
                ConfigDef.Range.atLeast(1000),
                "How long an offer's prices hold, in milliseconds.");
        define(
                KomboConfig.OFFER_PLACEMENT,
                ConfigDef.Type.STRING,
                "default",
                new ConfigDef.NonEmptyString(),
                "Placement of offers whose trigger names none.");
        define(
                KomboConfig.OFFER_REASONS,
                ConfigDef.Type.INT,
                3,
                ConfigDef.Range.between(0, 50),
                "Reasons given with each bundle.");
        define(
                KomboConfig.RANKING_CANDIDATES,
                ConfigDef.Type.INT,
                300,
                ConfigDef.Range.between(50, 5000),
                "Most bundles scored for an offer.");
        define(
                KomboConfig.RANKING_FULL_SCAN,
                ConfigDef.Type.INT,
                2000,
                ConfigDef.Range.between(0, 100_000),
                "Largest catalogue of which all bundles are looked at.");
        define(
                KomboConfig.RANKING_RELEVANCE_SHARE,
                ConfigDef.Type.DOUBLE,
                0.8,
                Bounds.within(0.01, 1),
                "Weight of relevance against diversity in a slate: lambda of maximal marginal relevance; 1 is relevance only.");
        define(
                KomboConfig.EXPLORATION_NEW_BUNDLE,
                ConfigDef.Type.DOUBLE,
                200.0,
                ConfigDef.Range.between(1, 1_000_000),
                "Impressions, decayed like those of rates, below which a bundle is new: an arm with a newBundleShare draws from these.");
        define(
                KomboConfig.EXPLORATION_INTERVAL,
                ConfigDef.Type.LONG,
                3_600_000L,
                ConfigDef.Range.between(60_000L, 604_800_000L),
                "Time for which the probabilities that new bundles are drawn by stay as they are, in milliseconds.");
        define(
                KomboConfig.RULE_PRICE_MIN,
                ConfigDef.Type.LONG,
                0L,
                ConfigDef.Range.atLeast(0),
                "Lowest price of an offered bundle, in minor units.");
        define(
                KomboConfig.RULE_PRICE_MAX,
                ConfigDef.Type.LONG,
                Long.MAX_VALUE,
                ConfigDef.Range.atLeast(0),
                "Highest price of an offered bundle, in minor units.");
        define(
                KomboConfig.RULE_FREQUENCY_CAP,
                ConfigDef.Type.INT,
                10,
                ConfigDef.Range.between(1, 1000),
                "Times a bundle is offered to a shopper within the frequency window.");
        define(
                KomboConfig.RULE_FREQUENCY_WINDOW,
                ConfigDef.Type.LONG,
                86400000L,
                ConfigDef.Range.atLeast(1000),
                "The frequency window, in milliseconds.");
        define(
                KomboConfig.RULE_COOL_DOWN,
                ConfigDef.Type.LONG,
                2592000000L,
                ConfigDef.Range.atLeast(0),
                "Time in which a bundle bought whole is not offered again, in milliseconds.");
        define(
                KomboConfig.RULE_COOL_DOWN_CATEGORIES,
                ConfigDef.Type.LIST,
                "",
                Bounds.categoryDurations(),
                "Cool-downs of categories, as category=milliseconds; a bundle takes the shortest of its members'.");
    }

    private static void tracking() {
        define(
                KomboConfig.ATTRIBUTION_WINDOW,
                ConfigDef.Type.LONG,
                604800000L,
                ConfigDef.Range.atLeast(1000),
                "Time in which a purchase is attributed to an offer, in milliseconds.");
        define(
                KomboConfig.ATTRIBUTION_OPEN_OFFERS,
                ConfigDef.Type.INT,
                20,
                ConfigDef.Range.between(1, 1000),
                "Open offers kept of a shopper; the oldest gives way.");
        define(
                KomboConfig.EXPERIMENT_CAP,
                ConfigDef.Type.LONG,
                100000L,
                ConfigDef.Range.atLeast(1),
                "Most that a user counts for when revenue of arms is compared, in each window after entry and before it, in minor units of any currency. Not to be changed while an experiment runs.");
        define(
                KomboConfig.REPORT_INTERVAL,
                ConfigDef.Type.LONG,
                1000L,
                ConfigDef.Range.atLeast(10),
                "Shortest time between two publications of a report, in milliseconds.");
        define(
                KomboConfig.REPORT_HOURS,
                ConfigDef.Type.INT,
                72,
                ConfigDef.Range.atLeast(1),
                "Hours for which hourly reports are kept.");
        define(
                KomboConfig.REPORT_DAYS,
                ConfigDef.Type.INT,
                400,
                ConfigDef.Range.atLeast(1),
                "Days for which daily reports are kept.");
    }

    private static void api() {
        define(
                KomboConfig.API_HOST,
                ConfigDef.Type.STRING,
                "127.0.0.1",
                new ConfigDef.NonEmptyString(),
                "Address that the query API binds to. One that other machines reach needs tokens.");
        define(
                KomboConfig.API_PORT,
                ConfigDef.Type.INT,
                7700,
                ConfigDef.Range.between(0, 65_535),
                "Port of the query API; 0: any free port.");
        define(
                KomboConfig.API_ADVERTISED,
                ConfigDef.Type.STRING,
                "",
                Bounds.address(),
                "Where other instances reach this one's query API, host:port; empty: nowhere, then each answers only for what it has itself.");
        define(
                KomboConfig.API_FORWARD_TIMEOUT,
                ConfigDef.Type.LONG,
                2000L,
                ConfigDef.Range.between(50, 60_000),
                "Longest time that a request passed on to another instance may take, in milliseconds; then a standby is asked.");
        define(
                KomboConfig.API_TOKENS,
                ConfigDef.Type.LIST,
                "",
                Bounds.tokens(),
                "Tokens of the query API, as name:roles:SHA-256 of the token; roles are read, ingest and admin, joined by +. 'kombo token' makes one. Empty: whoever reaches the loopback address may do everything.");
        define(
                KomboConfig.API_KEYSTORE,
                ConfigDef.Type.STRING,
                "",
                null,
                "File with the key and certificate of the query API, PKCS #12 or JKS; empty: plain HTTP.");
        define(KomboConfig.API_KEYSTORE_PASSWORD, ConfigDef.Type.PASSWORD, null, null, "Password of that file.");
        define(
                KomboConfig.API_TRUSTSTORE,
                ConfigDef.Type.STRING,
                "",
                null,
                "File with the certificates that are trusted in other instances; empty: those that Java trusts.");
        define(KomboConfig.API_TRUSTSTORE_PASSWORD, ConfigDef.Type.PASSWORD, null, null, "Password of that file.");
        define(
                KomboConfig.API_BODY,
                ConfigDef.Type.INT,
                1 << 20,
                ConfigDef.Range.between(1024, 64 << 20),
                "Largest body that the query API accepts, in bytes.");
        define(
                KomboConfig.API_RATE,
                ConfigDef.Type.INT,
                200,
                ConfigDef.Range.between(0, 1_000_000),
                "Requests a second that one client of the query API, by token or address, may make over time, twice as many at once; 0: any number.");
        define(
                KomboConfig.API_CONCURRENCY,
                ConfigDef.Type.INT,
                32,
                ConfigDef.Range.between(1, 1000),
                "Requests that the query API works on at a time; as many again that other instances pass on.");
        define(
                KomboConfig.API_READY_LAG,
                ConfigDef.Type.LONG,
                100_000L,
                ConfigDef.Range.atLeast(0),
                "Records that an instance may be behind and still be ready.");
    }

    private static void define(String name, ConfigDef.Type type, Object defaultValue, Validator validator, String doc) {
        DEFINITION.define(name, type, defaultValue, validator, Importance.MEDIUM, doc);
    }
}
