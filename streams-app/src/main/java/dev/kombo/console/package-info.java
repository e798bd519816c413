/**
 * What commands are made of: messages and exit codes, options, tables, durations and money as text, the signal to stop,
 * and readers and administrators of topics. Knows the settings, and nothing of the service.
 */
package dev.kombo.console;
