/** The command line of the service: the only package with {@code main}, standard output and the wall clock. */
package dev.kombo.cli;
