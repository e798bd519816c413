/**
 * The commands of {@code kombo}, one class each: run, topics, catalog, offers, report, export, reset and so on,
 * and the texts that they print. Options, tables and messages that several commands share are in
 * {@link dev.kombo.console}. The only package with {@code main} and standard output.
 */
package dev.kombo.cli;
