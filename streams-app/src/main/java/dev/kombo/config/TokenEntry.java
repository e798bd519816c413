package dev.kombo.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of {@link ApiSettings#TOKENS}: name:roles:hash, with several roles joined by +.
 *
 * @param name name of the token's owner
 * @param roles metrics, read, ingest, admin
 * @param sha256 SHA-256 of the token, in hexadecimal
 */
public record TokenEntry(String name, List<String> roles, String sha256) {
    private static final Pattern ENTRY = Pattern.compile(
            "([A-Za-z0-9_.-]+):(ROLE(?:\\+ROLE)*):([0-9a-fA-F]{64})".replace("ROLE", "(?:metrics|read|ingest|admin)"));

    /** Parses an entry; empty if it is invalid. An invalid entry may contain a secret and must not be printed. */
    public static Optional<TokenEntry> parse(String entry) {
        Matcher parts = ENTRY.matcher(entry.strip());
        return parts.matches()
                ? Optional.of(
                        new TokenEntry(parts.group(1), List.of(parts.group(2).split("\\+", -1)), parts.group(3)))
                : Optional.empty();
    }

    /** The entry as written in the setting. */
    @Override
    public String toString() {
        return name + ":" + String.join("+", roles) + ":" + sha256;
    }
}
