/**
 * Small online learners, which update their state with each event: decayed popularity and Bayesian logistic regression;
 * also the arithmetic that learners share, such as the logistic function.
 *
 * <p>Larger learners have packages of their own below. State classes are plain, mutable and not thread-safe: each is
 * used only by the thread that owns the key it is stored under. Learners hold only settings and may be shared. Time is
 * an argument, randomness comes from {@link dev.kombo.math.StableHash}.
 */
@NullMarked
package dev.kombo.learning;

import org.jspecify.annotations.NullMarked;
