/** Replays logged decisions under another strategy, to estimate what it would have earned. */
@NullMarked
package dev.kombo.engine.replay;

import org.jspecify.annotations.NullMarked;
