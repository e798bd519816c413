/**
 * Who is compared with whom: the strategy with its arms, and the arm that a shopper is drawn into.
 */
package dev.kombo.experiment;
