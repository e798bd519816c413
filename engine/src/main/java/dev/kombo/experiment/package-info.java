/** Configures experiments: the strategy with its arms, and the deterministic assignment of shoppers to arms. */
package dev.kombo.experiment;
