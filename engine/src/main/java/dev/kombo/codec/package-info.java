/** Turns state into bytes and back: each stored class names its fields once, for both directions. */
@NullMarked
package dev.kombo.codec;

import org.jspecify.annotations.NullMarked;
