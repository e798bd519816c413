/**
 * Connects the shopper task, keyed by shopper, to Kafka: what its events, requests and erasures become as inputs, and
 * to which topics its offers, outcomes and updates go.
 */
package dev.kombo.topology.shopper;
