/**
 * The learning parts of the engine in a row, without shoppers' offers and reports: what an evaluation on a data set
 * needs to learn from events and to train rankers.
 */
package dev.kombo.research.engine;
