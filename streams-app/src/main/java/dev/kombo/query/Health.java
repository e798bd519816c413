package dev.kombo.query;

/** How the instance is. */
public interface Health {
    /** Whether it may go on; an instance that is not live should be started anew. */
    boolean live();

    /** Whether it holds the whole catalogue, models and strategy: since its start it read them to their end once. */
    boolean informed();

    /** What keeps it from being sent requests, in words for an operator; null: nothing. */
    String obstacle();

    /** The state in one word, for people. */
    String state();

    /** Records that the instance has not processed yet, as its consumers last knew. */
    long lag();

    /** What it does and holds. */
    InstanceView describe();
}
