package dev.kombo.query.page;

import dev.kombo.config.Hmac;
import dev.kombo.config.TrackerSettings;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.Client;
import dev.kombo.query.http.ClientAddresses;
import dev.kombo.query.http.KomboHeaders;
import dev.kombo.query.http.RateLimiter;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.QuerySources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Decides who may use the tracker. The key is no secret and the origin is whatever a browser claims, so neither keeps
 * out a script; it is limited by rate limits per address, by session ids that nobody can guess, and by user ids that
 * need a signature. Thread-safe.
 */
final class TrackerGate {
    /** At least 128 random bits, with a prefix that distinguishes them from sessions of the shop's server. */
    private static final Pattern SESSION = Pattern.compile("web-[A-Za-z0-9_-]{22,60}");

    private static final int SESSIONS_KNOWN = 100_000;
    private static final int BURST_SECONDS = 2;
    private static final int MINUTE = 60;
    private static final Client ALL = Client.named("all pages");

    private final QuerySources sources;
    private final RateLimiter byAddress;
    private final RateLimiter byKey;
    private final RateLimiter newSessions;
    private final Cache<String, Boolean> sessions = new LRUCache<>(SESSIONS_KNOWN);

    TrackerGate(QuerySources sources) {
        this.sources = sources;
        var settings = sources.settings();
        this.byAddress = new RateLimiter(settings.get(TrackerSettings.RATE), BURST_SECONDS);
        this.byKey = new RateLimiter(settings.get(TrackerSettings.KEY_RATE), BURST_SECONDS);
        this.newSessions = new RateLimiter(settings.get(TrackerSettings.SESSIONS) / (double) MINUTE, MINUTE);
    }

    /**
     * Admits a request from an allowed origin, and lets its browser read the response, problems included.
     *
     * @throws ApiException 403 if the origin is not allowed
     */
    void requireOrigin(Request request, BiConsumer<String, String> header) {
        header.accept("Vary", "Accept-Encoding, Origin");
        // Without the header, the request does not come from another site's page.
        request.header("Origin").ifPresent(origin -> {
            if (!sources.settings().get(TrackerSettings.ORIGINS).contains(origin)) {
                throw new ApiException(
                        HttpStatus.FORBIDDEN_403,
                        "other-site",
                        "Forbidden",
                        "the origin " + origin + " is not in kombo.tracker.origins");
            }
            header.accept("Access-Control-Allow-Origin", origin);
        });
    }

    /**
     * Answers a browser's preflight request.
     *
     * @return the visitor as limits count it
     * @throws ApiException 403 if the origin is not allowed, 429 above a limit
     */
    Client admitPreflight(Request request, BiConsumer<String, String> header) {
        requireOrigin(request, header);
        Client visitor = visitor(request);
        countRequest(visitor);
        return visitor;
    }

    /**
     * Admits a page's request.
     *
     * @return the visitor as limits count it
     * @throws ApiException 400 for invalid ids, 403 for a wrong origin, key or signature, 429 above a limit
     */
    Client admit(Request request, BiConsumer<String, String> header) {
        requireOrigin(request, header);
        if (!sources.settings().get(TrackerSettings.KEY_SHOWN).equals(request.text("key"))) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN_403, "wrong-key", "Forbidden", "the key does not match kombo.tracker.key");
        }
        String session = request.text("session");
        if (!SESSION.matcher(session).matches()) {
            throw ApiException.badField(
                    "session", "session must be web- and 22 to 60 random letters, digits, - or _, found " + session);
        }
        // An instance that forwards a request has already counted it.
        Client visitor = visitor(request);
        if (request.header(KomboHeaders.HOPS).isEmpty()) {
            count(visitor, session);
        }
        requireSignature(request);
        return visitor;
    }

    /** Charges a request as several. */
    void charge(Request request, int more) {
        byAddress.charge(visitor(request), more);
        byKey.charge(ALL, more);
    }

    private long countRequest(Client visitor) {
        long now = sources.clock().nanos().getAsLong();
        if (!byAddress.allows(visitor, now) || !byKey.allows(ALL, now)) {
            throw tooMany("requests");
        }
        return now;
    }

    private void count(Client visitor, String session) {
        long now = countRequest(visitor);
        synchronized (sessions) {
            if (sessions.get(session) == null) {
                if (!newSessions.allows(visitor, now)) {
                    throw tooMany("new sessions");
                }
                sessions.put(session, true);
            }
        }
    }

    private static ApiException tooMany(String what) {
        return new ApiException(
                        HttpStatus.TOO_MANY_REQUESTS_429,
                        "too-many-requests",
                        "Too many requests",
                        "too many " + what + " from this address")
                .header("Retry-After", "5");
    }

    /** Returns the visitor as limits count it. */
    private Client visitor(Request request) {
        String header = sources.settings().get(TrackerSettings.ADDRESS_HEADER);
        String shown = header.isEmpty() ? null : request.header(header).orElse(null);
        return shown == null
                ? request.client()
                : ClientAddresses.last(shown)
                        .map(Client::of)
                        .orElseThrow(() -> ApiException.badField(
                                header,
                                "the last value of the header " + header
                                        + ", which kombo.tracker.address.header names, is not an IP address: "
                                        + shown));
    }

    private void requireSignature(Request request) {
        String user = request.text("user");
        if (user == null) {
            return;
        }
        String secret = sources.settings().get(TrackerSettings.USER_SECRET);
        String signature = request.text("signature");
        if (secret == null || signature == null || !signed(user, secret, signature)) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN_403,
                    "wrong-signature",
                    "Forbidden",
                    "a user id needs a signature by the shop's server");
        }
    }

    private static boolean signed(String user, String secret, String signature) {
        byte[] expected = Hmac.of(secret.getBytes(StandardCharsets.UTF_8), user.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(
                HexFormat.of().formatHex(expected).getBytes(StandardCharsets.UTF_8),
                signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}
