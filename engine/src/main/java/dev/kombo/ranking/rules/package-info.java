/**
 * The business rules that exclude bundles from an offer, such as stock, validity, segments, and how often a bundle was
 * offered already.
 */
package dev.kombo.ranking.rules;
