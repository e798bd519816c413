package dev.kombo.lab.replay;

import java.time.Duration;

/**
 * A finished replay.
 *
 * @param published rows published by this run; the others were found in the log
 * @param items different items in the file's accepted rows
 * @param took from the first look at the log to the account
 */
public record ReplayResult(ReplayAccount account, long published, int items, Duration took) {}
