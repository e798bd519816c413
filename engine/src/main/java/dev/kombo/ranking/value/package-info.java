/**
 * What offering a bundle is expected to earn: the chance that it is taken, the price, and what would be bought anyway.
 */
package dev.kombo.ranking.value;
