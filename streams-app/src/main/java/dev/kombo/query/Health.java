package dev.kombo.query;

/** How the instance is. */
public interface Health {
    /** Whether it may go on; an instance that is not live should be started anew. */
    boolean live();

    /** Whether it processes events and answers queries now. */
    boolean ready();

    /** The state in one word, for people. */
    String state();
}
