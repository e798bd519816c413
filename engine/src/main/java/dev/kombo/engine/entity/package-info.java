/** The state of one item or bundle, the updates that events send to it, and how its factors learn from them. */
@NullMarked
package dev.kombo.engine.entity;

import org.jspecify.annotations.NullMarked;
