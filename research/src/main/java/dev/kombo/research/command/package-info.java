/**
 * The command lines of evaluate, tune and bench: options, printed tables and JSON. What they compute is in the other
 * packages.
 */
package dev.kombo.research.command;
