/**
 * The public data sets in memory, as evaluations need them: users, items, bundles and baskets by number. The same
 * files as events, for a replay, are read by {@code dev.kombo.lab.data}.
 */
package dev.kombo.lab.quality.data;
