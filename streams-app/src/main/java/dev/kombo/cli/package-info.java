/** The command line: the only place with {@code main}, standard output and the wall clock. */
package dev.kombo.cli;
