/**
 * Experiments on the past: how often intervals would have missed on a shop's own shoppers, and what an experiment would
 * need to find an effect.
 */
package dev.kombo.lab.experiment;
