/** A contest of rankers on what shoppers choose, which decides what ranks. */
package dev.kombo.ranking.contest;
