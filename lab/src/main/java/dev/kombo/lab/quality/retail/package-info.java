/** Shops whose baskets are known: each basket is predicted by what was learned of those before it. */
package dev.kombo.lab.quality.retail;
