/**
 * Ranks the candidates and chooses the slate, rank by rank, with diversity.
 *
 * <p>The entry point is {@link dev.kombo.ranking.slate.SlateRanker}. It and its parts reuse buffers for each event: one
 * instance per thread.
 */
@NullMarked
package dev.kombo.ranking.slate;

import org.jspecify.annotations.NullMarked;
