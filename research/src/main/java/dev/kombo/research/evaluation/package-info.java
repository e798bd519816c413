/**
 * {@code kombo evaluate} and {@code kombo tune}: how well the engine ranks on public data sets and on the orders of a
 * shop. A protocol per data set says what is learned and what is predicted; its pass goes through the data once per
 * seed and asks the engine and simple methods the same questions; recall, NDCG and other metrics become tables.
 */
package dev.kombo.research.evaluation;
