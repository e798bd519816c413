/**
 * Kafka for trials: a broker and a schema registry in this process or in a child process, clients for them, and waits
 * until a topic is read or a service has caught up.
 */
package dev.kombo.shop.kafka;
