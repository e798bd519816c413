/**
 * Ranks the candidates and chooses the slate, rank by rank, with diversity and known probabilities; can choose a
 * logged slate again under another goal.
 *
 * <p>{@link dev.kombo.ranking.slate.SlateRanker} is the way in. It and its parts hold buffers that are used again for
 * each event: one instance per thread.
 */
package dev.kombo.ranking.slate;
