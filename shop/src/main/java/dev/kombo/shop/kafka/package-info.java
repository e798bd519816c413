/**
 * Kafka for trials: a broker and a schema registry in this process, a broker or another program in a child
 * process, clients for them, and waits until a topic is read or a service has caught up.
 */
package dev.kombo.shop.kafka;
