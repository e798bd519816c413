/** A contest of rankers on what shoppers choose, which decides what ranks. */
@NullMarked
package dev.kombo.ranking.contest;

import org.jspecify.annotations.NullMarked;
