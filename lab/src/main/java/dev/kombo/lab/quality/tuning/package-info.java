/** Search of settings: random search with successive halving, kept in a journal that survives a crash. */
package dev.kombo.lab.quality.tuning;
