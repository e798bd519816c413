/**
 * Files of real behaviour: cut into rows, read by the columns of their data set, and judged row by row. Replays and the
 * quality evaluation read through the same classes.
 */
package dev.kombo.lab.data;
