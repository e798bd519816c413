/**
 * The row of one item or bundle, which has what was learned of it, and the updates that shoppers' events send to that
 * row.
 *
 * <p>The algorithms are in {@link dev.kombo.learning}; what is kept by shopper is handled in {@link
 * dev.kombo.engine.event}.
 */
@NullMarked
package dev.kombo.engine.entity;

import org.jspecify.annotations.NullMarked;
