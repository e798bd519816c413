/** Replays logged decisions under another strategy, to estimate what it would have earned. */
package dev.kombo.engine.replay;
