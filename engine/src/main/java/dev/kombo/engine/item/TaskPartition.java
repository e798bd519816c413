package dev.kombo.engine.item;

import java.util.function.Predicate;

/**
 * The part of all items and bundles that one item task owns.
 *
 * @param number of the partition, from 0
 * @param partitions number of partitions, each of which has a task
 * @param owns whether an item or bundle belongs to the partition
 * @param commitMillis longest time until others see what the task has emitted, in milliseconds
 */
public record TaskPartition(int number, int partitions, Predicate<String> owns, long commitMillis) {}
