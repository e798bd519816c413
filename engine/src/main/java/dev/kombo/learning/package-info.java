/**
 * What is learned from events: factor vectors, popularity, neighbours, bundles found in orders, the linear ranker
 * and the ranker network.
 * Plain Java over arrays: time is an argument, randomness comes from {@link dev.kombo.catalog.StableHash}.
 *
 * <p>State classes are plain and mutable. Each is touched only by the thread that owns the key it was stored under;
 * none is safe to share. Learners hold settings only and may be shared.
 */
package dev.kombo.learning;
