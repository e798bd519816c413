package dev.kombo.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A caller's token, of which only the SHA-256 is kept: a reader of the settings cannot call the API. An unsalted hash
 * suffices for tokens drawn at random with 256 bits, as {@code kombo token} makes them; words that people choose could
 * be guessed.
 *
 * @param name of the caller, for limits and the log
 * @param roles what the caller may do
 * @param sha256 SHA-256 of the token, in hexadecimal
 */
public record ApiToken(String name, Set<Role> roles, String sha256) {
    private static final Pattern ENTRY =
            Pattern.compile("(?<name>[A-Za-z0-9_.-]+):(?<roles>ROLE(?:\\+ROLE)*):(?<hash>[0-9a-fA-F]{64})"
                    .replace("ROLE", "(?:metrics|read|ingest|admin)"));

    /** Reads an entry of the setting: name:roles:SHA-256 in hexadecimal, several roles joined by +. */
    public static Optional<ApiToken> parse(String entry) {
        Matcher parts = ENTRY.matcher(entry.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        Set<Role> roles = new LinkedHashSet<>();
        for (String role : parts.group("roles").split("\\+", -1)) {
            roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT)));
        }
        return Optional.of(new ApiToken(parts.group("name"), roles, parts.group("hash")));
    }

    /** Returns the SHA-256 of a token, in hexadecimal. */
    public static String hash(String token) {
        return HexFormat.of().formatHex(digest(token));
    }

    /** Returns the SHA-256 of a token. */
    public static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether this is the token's digest; takes the same time wherever the two differ. */
    public boolean has(byte[] digest) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), digest);
    }

    /** Whether its caller may do what a role may. */
    public boolean may(Role role) {
        return role == Role.ANYONE
                || roles.contains(role)
                || roles.contains(Role.ADMIN)
                || (role == Role.METRICS && roles.contains(Role.READ));
    }

    /** Omits the hash. */
    @Override
    public String toString() {
        return name + " " + roles;
    }

    /** Roles of callers. */
    public enum Role {
        /** No token needed: health, documentation. */
        ANYONE,
        /** No token, but the publishable key of the tracker: pages of the shop. */
        PAGE,
        /** May read the metrics. */
        METRICS,
        /** May read everything, the metrics too. */
        READ,
        /** May publish events. */
        INGEST,
        /** May do everything: also change the strategy, decide on suggestions, erase users. */
        ADMIN;

        /** Name in settings and documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
