/**
 * {@code kombo plan} and {@code kombo calibrate}: what an experiment would take on the shoppers of a shop's past, and
 * how often its intervals would have missed among them. The past is read from a file; simulated shoppers are in {@code
 * simulation}.
 */
package dev.kombo.shop.plan;
