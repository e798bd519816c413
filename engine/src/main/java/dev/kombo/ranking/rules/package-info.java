/**
 * The business rules that keep a bundle from being offered: stock, validity, segments, how often it was offered
 * already.
 */
package dev.kombo.ranking.rules;
