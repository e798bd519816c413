/**
 * Data sets in memory, as evaluations need them: users, items, bundles and baskets by number. Orders and holdings are
 * read by {@code dev.kombo.shop.data}, as for a replay; the files of Youshu and BundleRec are read here.
 */
package dev.kombo.research.data;
