/** Configures experiments: the strategy with its arms, and the deterministic assignment of shoppers to arms. */
@NullMarked
package dev.kombo.experiment;

import org.jspecify.annotations.NullMarked;
