/**
 * Readers for files of real behaviour, which parse and check each row. Replays and the quality evaluation share these
 * classes.
 */
package dev.kombo.lab.data;
