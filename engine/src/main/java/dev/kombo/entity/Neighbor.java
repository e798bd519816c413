package dev.kombo.entity;

/**
 * A co-purchase neighbour: an item bought in the same orders as another.
 *
 * @param itemId the neighbour
 * @param weight decayed number of orders with both
 * @param orders orders with both, all time, without those that an offer caused
 */
public record Neighbor(String itemId, float weight, int orders) {}
