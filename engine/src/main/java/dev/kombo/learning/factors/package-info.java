/**
 * Vectors of users, items and bundles, whose products say who likes what: learned from counts of what the same
 * shoppers interact with.
 */
package dev.kombo.learning.factors;
