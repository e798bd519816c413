package dev.kombo.query;

/** The health of the instance. */
public interface Health {
    /** Whether it can continue; an instance that is not live should be restarted. */
    boolean live();

    /** Whether it has read catalogue, models and strategy to their end since it started. */
    boolean informed();

    /** Why it should not receive requests, in words for an operator; null: it should. */
    String obstacle();

    /** The state in one word, for people. */
    String state();

    /** Records that the instance has not processed yet, as last reported by its consumers. */
    long lag();

    /** Describes what the instance does and holds. */
    InstanceView describe();
}
