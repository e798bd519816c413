/**
 * The ranking task shared by all data sets: all methods of a table answer the same questions with the service's ranker.
 */
package dev.kombo.lab.quality.ranking;
