package dev.kombo.ranking.value;

/**
 * The price levels that offered prices are compared with.
 *
 * @param usualLogPrice mean over the candidates of the natural logarithm of their price in minor units
 * @param shopperLogPrice mean natural logarithm of the unit prices that the shopper paid, in minor units; {@link
 *     Double#NaN} without purchases
 */
public record PriceLevels(double usualLogPrice, double shopperLogPrice) {}
