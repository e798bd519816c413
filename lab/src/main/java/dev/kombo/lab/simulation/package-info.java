/**
 * A simulated shop whose truth is known: shoppers with hidden tastes and a hidden probability to take an offer, each of
 * whom also lives once without offers. Says what offers are really worth, beside what the service reports of itself.
 */
package dev.kombo.lab.simulation;
