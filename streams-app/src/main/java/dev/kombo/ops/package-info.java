/**
 * Metrics and failures: exports what is counted, measures durations, and decides whether a record that cannot be
 * decoded or processed goes to the dead-letter topic or fails the thread.
 */
package dev.kombo.ops;
