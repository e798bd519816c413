/**
 * Items, and what is published of each item or bundle (entity): its factors, its popularity, and the counts of how it
 * is offered, bought together and bought again. Immutable values.
 */
@NullMarked
package dev.kombo.entity;

import org.jspecify.annotations.NullMarked;
