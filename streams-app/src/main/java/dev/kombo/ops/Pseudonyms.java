package dev.kombo.ops;

import dev.kombo.config.PrivacySettings;
import dev.kombo.settings.SettingValues;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces shopper ids by pseudonyms where others than the shop's own services may look: the same id has the same
 * pseudonym, which is useless without the key. Without a key ids are left as they are. A pseudonym has 16 bytes, so
 * that two ids practically never collide.
 */
public final class Pseudonyms {
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 16;

    private final SecretKeySpec key;
    private final String version;

    /**
     * @param key null: none
     */
    private Pseudonyms(String key, int version) {
        this.key = key == null ? null : new SecretKeySpec(key.strip().getBytes(StandardCharsets.UTF_8), HMAC);
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
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] hash = Arrays.copyOf(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)), BYTES);
            return version + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
