/**
 * Arithmetic that most packages compute with: stable hashes instead of random draws, decay by half-lives, and products
 * of factor vectors.
 */
@NullMarked
package dev.kombo.math;

import org.jspecify.annotations.NullMarked;
