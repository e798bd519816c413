package dev.kombo.lab.replay;

/**
 * Names of the topics that a replay writes and takes its account from.
 *
 * @param behaviorEvent written: the events, by user or session
 * @param itemCatalog written: the items, by item id
 * @param bundleCatalog written: the bundles that the file brings, by bundle id
 * @param rejectedEvent written: the rows that are no events; the topology adds the events that it rejects
 * @param deadLetter read: what the topology could not process
 */
public record ReplayTopics(
        String behaviorEvent, String itemCatalog, String bundleCatalog, String rejectedEvent, String deadLetter) {}
