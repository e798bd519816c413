/**
 * The configuration of a service: reads what a person set on the command line, in the environment and in a file, names every
 * mistake at once, and says which topics there are.
 *
 * <p>{@link dev.kombo.config.KomboConfig} holds the values, {@link dev.kombo.config.Topics} the names and kinds of the topics.
 */
package dev.kombo.config;
