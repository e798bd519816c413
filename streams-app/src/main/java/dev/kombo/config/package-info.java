/**
 * Declares the settings of the service, reads their values from command line, environment and file, and lists the
 * topics. Settings of the engine are declared beside its code; all mistakes are reported at once.
 *
 * <p>{@link dev.kombo.config.KomboConfig} holds the values, {@link dev.kombo.config.Topic} the topics.
 */
package dev.kombo.config;
