package dev.kombo.shop.faults;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A kind of fault that can happen to an installation under load. It is over when {@link #happen} returns, but for what
 * must recover.
 */
interface FaultKind {
    /** To ask for it. */
    String name();

    /** For the table. */
    String text();

    /** Distinguishes its seeds from those of others. */
    int place();

    /** Instances that run when it happens. */
    int instances();

    /** Brokers of the installation. */
    int brokers();

    /** Settings of instances that it needs. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** What is killed at the same time, in one run after the other. */
    default List<Companion> companions() {
        return List.of(Companion.NOBODY);
    }

    /** Whether it takes so long that it only runs when it is asked for. */
    default boolean onlyWhenAsked() {
        return false;
    }

    /** Whether each shopper of the load must be known before it happens, so that it can lose each of them. */
    default boolean needsAllShoppers() {
        return false;
    }

    /** Whether it must not meet what earlier runs stored. */
    default boolean needsNewInstallation() {
        return false;
    }

    /** Before the instances of a new installation start for the first time. */
    default void install(Site site) throws Exception {}

    /** Before the load. */
    default void prepare(Site site, Random draw) throws Exception {}

    void happen(Site site, Random draw, Companion companion) throws Exception;

    /** What is wrong beside the books, when all was looked at. */
    default Set<String> differences(Site site) throws Exception {
        return Set.of();
    }

    /** When all was looked at. */
    default void cleanUp(Site site) throws Exception {}
}
