/** Turns state into bytes and back: each stored class names its fields once, for both directions. */
package dev.kombo.codec;
