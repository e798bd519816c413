/**
 * Readers of files that others wrote: exports of shop systems, spreadsheets, holdings of a bank, event logs and the
 * public data set Online Retail become behaviour events and catalogue records, row by row, each accepted or rejected
 * with a reason.
 * Formats and columns are guessed. What publishes the events is in {@code replay}.
 */
package dev.kombo.shop.data;
