/**
 * What one event does to a shopper and to targets: the domain classes put together, without Kafka. The topology stores
 * and sends what comes out; an evaluation or a simulation runs the same classes over maps.
 */
package dev.kombo.engine;
