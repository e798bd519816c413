/**
 * Decides which ranker is in force: the network, the linear weights and rules of thumb compete on what shoppers choose.
 */
@NullMarked
package dev.kombo.ranking.contest;

import org.jspecify.annotations.NullMarked;
