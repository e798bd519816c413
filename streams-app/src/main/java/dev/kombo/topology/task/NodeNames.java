package dev.kombo.topology.task;

/**
 * Names of the processor nodes: {@code <sub-topology>-<verb>-<noun>}. The user task's sinks have theirs in {@code
 * UserSink}. Changing one is a breaking change for operators.
 */
public final class NodeNames {
    public static final String USER_READ_EVENT = "user-read-event";
    public static final String USER_READ_REKEYED = "user-read-rekeyed";
    public static final String USER_ROUTE_EVENT = "user-route-event";
    public static final String USER_WRITE_REKEYED = "user-write-rekeyed";
    public static final String USER_PROCESS_EVENT = "user-process-event";
    public static final String USER_READ_SESSION_MERGE = "user-read-merge";
    public static final String USER_READ_ERASURE = "user-read-erasure";

    public static final String ITEM_READ_UPDATE = "item-read-update";
    public static final String ITEM_APPLY_UPDATE = "item-apply-update";
    public static final String ITEM_WRITE_MODEL = "item-write-model";
    public static final String ITEM_WRITE_SWEEP = "item-write-sweep";
    public static final String ITEM_WRITE_SUGGESTION = "item-write-suggestion";
    public static final String ITEM_WRITE_BUNDLE = "item-write-bundle";
    public static final String ITEM_WRITE_PRICE = "item-write-price";

    public static final String TRAINER_READ_EXAMPLE = "trainer-read-example";
    public static final String TRAINER_LEARN_EXAMPLE = "trainer-learn-example";
    public static final String TRAINER_WRITE_MODEL = "trainer-write-model";

    public static final String REPORT_READ_OUTCOME = "report-read-outcome";
    public static final String REPORT_COUNT_OUTCOME = "report-count-outcome";
    public static final String REPORT_WRITE_REPORT = "report-write-report";
    public static final String REPORT_WRITE_MOVE = "report-write-move";
    public static final String REPORT_WRITE_BUDGET = "report-write-budget";

    public static final String STRATEGY_READ_PUBLISHED = "strategy-read-published";
    public static final String STRATEGY_READ_MOVE = "strategy-read-move";
    public static final String STRATEGY_JUDGE_PUBLISHED = "strategy-judge-published";
    public static final String STRATEGY_WRITE_ACTIVE = "strategy-write-active";
    public static final String STRATEGY_WRITE_REJECTION = "strategy-write-rejection";

    public static final String GLOBAL_READ = "global-read-";
    public static final String GLOBAL_INDEX = "global-index-";

    private NodeNames() {}
}
