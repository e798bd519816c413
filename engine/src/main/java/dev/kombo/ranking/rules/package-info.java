/**
 * The business rules that exclude bundles from an offer, such as stock, validity, segments, and how often a bundle was
 * offered already.
 */
@NullMarked
package dev.kombo.ranking.rules;

import org.jspecify.annotations.NullMarked;
