/**
 * The trainer task: the models that rank, trained from examples one by one. Shoppers' tasks make the examples; every
 * instance ranks by what is published.
 */
@NullMarked
package dev.kombo.engine.trainer;

import org.jspecify.annotations.NullMarked;
