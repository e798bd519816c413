/**
 * What the commands have in common, here and in the module shop: their shared options, text tables, error messages with
 * exit codes, the signal to stop, and clients that read and create topics. Knows settings and topics, but not the
 * service.
 */
package dev.kombo.console;
