/** One ranking task for all data sets: all methods of a table answer the same questions with the ranker of the service. */
package dev.kombo.lab.quality.ranking;
