/**
 * The engine without Kafka: its own classes learn from events and train rankers, but shoppers, items and rankers are
 * kept in maps of this process instead of stores and topics. Evaluations and simulations use it.
 */
package dev.kombo.shop.engine;
