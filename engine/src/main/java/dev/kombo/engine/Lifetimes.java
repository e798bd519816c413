package dev.kombo.engine;

/**
 * How long what a shopper did counts.
 *
 * @param cartMillis age at which a line of a cart is forgotten
 * @param exposureMillis time after which exposures of a bundle are counted anew
 */
public record Lifetimes(long cartMillis, long exposureMillis) {}
