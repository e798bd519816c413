/**
 * What is learned from events as they come: popularity, answers to offers, and a logistic regression. What takes more
 * than one class has a package of its own below.
 *
 * <p>State classes are plain and mutable. Each is touched only by the thread that owns the key it was stored under;
 * none is safe to share. Learners hold settings only and may be shared. Time is an argument, randomness comes from
 * {@link dev.kombo.catalog.StableHash}.
 */
package dev.kombo.learning;
