/**
 * One shopper as ranking sees it, loaded into arrays before any bundle is scored: which items and bundles are in the
 * basket or history, how near others are to them, and the shopper's vector.
 */
@NullMarked
package dev.kombo.ranking.shopper;

import org.jspecify.annotations.NullMarked;
