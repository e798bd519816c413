package dev.kombo.ops;

import dev.kombo.config.Hmac;
import dev.kombo.config.PrivacySettings;
import dev.kombo.settings.SettingValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Replaces shopper ids by pseudonyms where others than the shop's own services may look: the same id has the same
 * pseudonym, which is useless without the key. Without a key ids are left as they are. A pseudonym has 16 bytes, so
 * that two ids practically never collide.
 */
public final class Pseudonyms {
    private static final int BYTES = 16;

    private final byte[] key;
    private final String version;

    /**
     * @param key null: none
     */
    private Pseudonyms(String key, int version) {
        this.key = key == null ? null : key.strip().getBytes(StandardCharsets.UTF_8);
        this.version = "p" + version + "-";
    }

    public static Pseudonyms of(SettingValues settings) {
        return new Pseudonyms(settings.get(PrivacySettings.KEY), settings.get(PrivacySettings.KEY_VERSION));
    }

    /** Whether ids are replaced. */
    public boolean on() {
        return key != null;
    }

    /** Returns the pseudonym of an id; null for null. */
    public String of(String id) {
        if (key == null || id == null) {
            return id;
        }
        byte[] hash = Arrays.copyOf(Hmac.of(key, id.getBytes(StandardCharsets.UTF_8)), BYTES);
        return version + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
