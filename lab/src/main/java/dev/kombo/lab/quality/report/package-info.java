/** The results of an evaluation, and their output: text for a terminal, JSON, and a page with charts. */
package dev.kombo.lab.quality.report;
