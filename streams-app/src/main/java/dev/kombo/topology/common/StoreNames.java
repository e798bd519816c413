package dev.kombo.topology.common;

/** Names of the state stores. Changing one renames its changelog: a breaking change. */
public final class StoreNames {
    /** What each event of a shopper reads and writes, by shopper key; owned by the user task. */
    public static final String USER_PROFILE = "user-profile";

    /** A shopper's purchase history, by shopper key; owned by the user task. */
    public static final String USER_HISTORY = "user-history";

    /** Content of open offers, by shopper key and offer; owned by the user task. */
    public static final String USER_OFFER = "user-offer";
    /** Timers and daily visits of the user task, by due time; owned by the user task. */
    public static final String USER_TIMER = "user-timer";

    /** When a user was erased, by hash of the shopper key; owned by the user task. */
    public static final String USER_ERASED = "user-erased";

    /** Factors, popularity and counts of an entity; owned by the item task. */
    public static final String ITEM_STATE = "item-state";

    /** Co-purchase neighbours of an item in closed orders; owned by the item task. */
    public static final String ITEM_NEIGHBOR = "item-neighbor";

    /** Accounts of experiments, by experiment and window; owned by the report task. */
    public static final String EXPERIMENT_ACCOUNT = "experiment-account";

    /** Accounts of bundles, by experiment, arm and bundle; owned by the report task. */
    public static final String BUNDLE_ACCOUNT = "bundle-account";

    /** Observations of an experiment's shoppers, by experiment; owned by the report task. */
    public static final String UPLIFT_ACCOUNT = "uplift-account";

    /** How the arms compared at the end of each day, by experiment and day; owned by the report task. */
    public static final String COMPARISON_HISTORY = "comparison-history";

    /** What the discount budgets of an experiment have spent, by experiment; owned by the report task. */
    public static final String BUDGET_ACCOUNT = "budget-account";

    /** Outcomes since the last publication, not yet in the accounts; owned by the report task. */
    public static final String REPORT_PENDING = "report-pending";

    /** State of each model in training as last written; owned by the trainer task. */
    public static final String TRAINER_STATE = "trainer-state";

    /** Examples learned since the state was last written, by model and number; owned by the trainer task. */
    public static final String TRAINER_PENDING = "trainer-pending";

    /** The active strategy and the experiments before it; owned by the strategy task. */
    public static final String STRATEGY_STATE = "strategy-state";

    /** Replica of the topic price-history on every instance. */
    public static final String PRICE_HISTORY = "price-history";

    /** Replica of the topic item-catalog on every instance. */
    public static final String ITEM_CATALOG = "item-catalog";

    /** Replica of the topic bundle-catalog on every instance. */
    public static final String BUNDLE_CATALOG = "bundle-catalog";

    /** Replica of the topic item-model on every instance. */
    public static final String ITEM_MODEL = "item-model";

    /** Replica of the topic factor-sweep on every instance. */
    public static final String FACTOR_SWEEP = "factor-sweep";

    /** Replica of the topic ranker-model on every instance. */
    public static final String RANKER_MODEL = "ranker-model";

    /** Replica of the topic bundle-suggestion on every instance. */
    public static final String BUNDLE_SUGGESTION = "bundle-suggestion";

    /** Replica of the topic suggestion-decision on every instance. */
    public static final String SUGGESTION_DECISION = "suggestion-decision";

    /** Replica of the topic active-strategy on every instance. */
    public static final String ACTIVE_STRATEGY = "active-strategy";

    /** Replica of the topic budget-spending on every instance. */
    public static final String BUDGET_SPENDING = "budget-spending";

    private StoreNames() {}
}
