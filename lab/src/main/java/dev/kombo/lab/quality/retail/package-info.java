/** Evaluations on shops with known baskets: each basket is predicted from those before it. */
package dev.kombo.lab.quality.retail;
