/**
 * Small online learners, which update their state with each event: popularity, offer engagement and a logistic
 * regression, with what all learners share, such as decay. Larger ones have a package of their own
 * below.
 *
 * <p>State classes are plain, mutable and not thread-safe: each is used only by the thread that owns the key it is
 * stored under. Learners hold only settings and may be shared. Time is an argument, randomness comes from {@link
 * dev.kombo.catalog.StableHash}.
 */
@NullMarked
package dev.kombo.learning;

import org.jspecify.annotations.NullMarked;
