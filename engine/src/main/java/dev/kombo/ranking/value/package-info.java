/**
 * Values offers: the expected gain of offering a bundle, from its conversion probability, its price, and organic
 * demand.
 */
@NullMarked
package dev.kombo.ranking.value;

import org.jspecify.annotations.NullMarked;
