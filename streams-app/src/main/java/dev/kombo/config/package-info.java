/**
 * The configuration of the service: merges settings from the command line, the environment and a file, reports all
 * mistakes at once, and lists the topics.
 *
 * <p>{@link dev.kombo.config.KomboConfig} holds the values, {@link dev.kombo.config.Topics} the topics.
 */
package dev.kombo.config;
