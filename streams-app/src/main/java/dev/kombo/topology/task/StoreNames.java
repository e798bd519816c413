package dev.kombo.topology.task;

/**
 * Names of the state stores. Changing one renames its changelog: a breaking change. A global store is named after its
 * topic.
 */
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

    /** Updates of entities since their rows were written, by number of the commit; owned by the item task. */
    public static final String ITEM_PENDING = "item-pending";

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

    /** Examples learned since the state was last written, by model and commit; owned by the trainer task. */
    public static final String TRAINER_PENDING = "trainer-pending";

    /** The active strategy and the experiments before it; owned by the strategy task. */
    public static final String STRATEGY_STATE = "strategy-state";

    /** Calls the user task before a commit; holds nothing. */
    public static final String USER_COMMIT = "user-commit";

    /** Calls the item task before a commit; holds nothing. */
    public static final String ITEM_COMMIT = "item-commit";

    /** Calls the trainer task before a commit; holds nothing. */
    public static final String TRAINER_COMMIT = "trainer-commit";

    /** Calls the report task before a commit; holds nothing. */
    public static final String REPORT_COMMIT = "report-commit";

    private StoreNames() {}
}
