/**
 * Reads and writes CSV files: rows, and what is in their cells, such as amounts of money, times, price tiers and slots.
 * Used to import and export the catalogue, and to read data sets in the lab.
 */
package dev.kombo.table;
