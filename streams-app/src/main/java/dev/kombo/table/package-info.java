/** Reads tables as shops have them, and writes those of items and bundles: rows, amounts of money, times. */
package dev.kombo.table;
