/**
 * The report task: counts what became of offers, compares the arms of experiments, publishes reports, and asks for
 * changes of strategies.
 */
@NullMarked
package dev.kombo.engine.report;

import org.jspecify.annotations.NullMarked;
