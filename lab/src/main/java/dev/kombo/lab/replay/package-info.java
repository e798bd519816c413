/**
 * Replays files of real behaviour through Kombo: reads a file in one of several formats, publishes its rows as events,
 * waits until the topology has drained, and accounts for every row once from the topics.
 */
package dev.kombo.lab.replay;
