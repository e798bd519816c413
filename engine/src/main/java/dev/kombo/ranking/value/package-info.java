/**
 * Values offers: the expected gain of offering a bundle, from its conversion probability, its price, and organic
 * demand.
 */
package dev.kombo.ranking.value;
