/**
 * The process {@code kombo webhook}: reads committed offers from Kafka and posts each, signed, to the shop's server,
 * again and again until the server accepts it.
 */
package dev.kombo.webhook;
