/**
 * A simulated shop whose truth is known: shoppers have hidden preferences and a hidden probability of accepting an
 * offer, and each is also simulated without offers. It measures what offers are really worth, and compares that with
 * the service's own report.
 */
package dev.kombo.lab.simulation;
