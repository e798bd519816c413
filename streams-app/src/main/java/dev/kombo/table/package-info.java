/**
 * Reads and writes CSV files: rows, and what is in their cells, such as amounts of money, times, price tiers and slots.
 * Used to import and export the catalogue, and to read the files of a shop that tries Kombo.
 */
package dev.kombo.table;
