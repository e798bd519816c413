/** Simulated experiments with a known truth: whether the intervals of uplift hold what they say. */
package dev.kombo.lab.study;
