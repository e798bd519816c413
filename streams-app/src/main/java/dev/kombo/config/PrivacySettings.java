package dev.kombo.config;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Millis;
import dev.kombo.settings.Setting;

/** Settings that replace shopper ids by pseudonyms in topics that others read. */
public final class PrivacySettings {
    // There are few enough ids to try them all: only a key that nobody can guess protects them.
    public static final Setting<String> KEY = Setting.ofPassword("kombo.privacy.key", 32)
            .medium("Key of the pseudonyms (HMAC-SHA256) that replace the ids of users and sessions in"
                    + " offer-outcome, rejected-event and the keys of dead-letter; the same in all"
                    + " instances. Empty: ids are not replaced.");
    public static final Setting<Integer> KEY_VERSION = Setting.ofInt("kombo.privacy.key.version", 1, between(1, 1_000))
            .low("Number of the key, with which its pseudonyms begin; must change with the key.");
    public static final Setting<Long> COMPACTION_LAG = Setting.ofLong(
                    "kombo.compaction.lag.ms", Millis.DAY, between(60_000L, 365 * Millis.DAY))
            .medium("Maximum time before replaced and deleted records of changelogs become eligible for compaction, in"
                    + " milliseconds. For existing changelogs, set max.compaction.lag.ms with kafka-configs.");

    private PrivacySettings() {}
}
