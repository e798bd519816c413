/** Events as shops send them already, in formats of others: one table of names and places for each. */
package dev.kombo.query.format;
