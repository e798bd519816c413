package dev.kombo.engine;

/**
 * How long a shopper's carts and exposures count.
 *
 * @param cartMillis age at which a line of a cart is forgotten
 * @param exposureMillis time after which the count of a bundle's exposures starts again
 */
public record Lifetimes(long cartMillis, long exposureMillis) {}
