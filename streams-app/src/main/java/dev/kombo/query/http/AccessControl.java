package dev.kombo.query.http;

import dev.kombo.query.http.ApiToken.Role;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides who may call which endpoint. With tokens, every caller needs one. Without tokens, everybody who reaches the
 * loopback address is allowed, except web pages open on this machine, whether they send requests themselves (seen by
 * Origin) or made their name resolve to this address (seen by Host).
 */
final class AccessControl {
    private static final String BEARER = "Bearer ";
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

    private final List<ApiToken> tokens;

    AccessControl(List<ApiToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * Admits a request.
     *
     * @return name of the client
     * @throws ApiException 401 without a known token, 403 if its roles do not allow the request
     */
    String admit(Context context, Endpoint endpoint) {
        if (tokens.isEmpty()) {
            refuseOtherSites(context, endpoint);
            return context.ip();
        }
        if (endpoint.role() == Role.ANYONE || endpoint.role() == Role.PAGE) {
            return context.ip();
        }
        ApiToken token = tokenOf(context.header("Authorization"));
        if (!token.may(endpoint.role())) {
            String roles = token.roles().stream().map(Role::label).collect(Collectors.joining(", "));
            throw new ApiException(
                    403,
                    "forbidden",
                    "Forbidden",
                    "the token " + token.name() + " has the role " + roles + "; "
                            + endpoint.role().label() + " is needed");
        }
        return token.name();
    }

    private ApiToken tokenOf(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unauthorized("a token is needed: Authorization: Bearer TOKEN", "Bearer realm=\"kombo\"");
        }
        byte[] digest = ApiToken.digest(authorization.substring(BEARER.length()).strip());
        ApiToken found = null;
        // Compares all of them, whichever matches, so that the time taken reveals nothing.
        for (ApiToken token : tokens) {
            found = token.has(digest) ? token : found;
        }
        if (found == null) {
            throw unauthorized("the token is unknown", "Bearer realm=\"kombo\", error=\"invalid_token\"");
        }
        return found;
    }

    private static ApiException unauthorized(String detail, String challenge) {
        return new ApiException(401, "unauthorized", "Unauthorized", detail).header("WWW-Authenticate", challenge);
    }

    private static void refuseOtherSites(Context context, Endpoint endpoint) {
        String host = context.header("Host");
        if (host != null && !LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            throw otherSite("without tokens, only requests to a loopback address are answered, not to " + host);
        }
        String origin = context.header("Origin");
        if (endpoint.role() != Role.PAGE
                && endpoint.method() != Endpoint.Method.GET
                && origin != null
                && !authority(origin).equals(host)) {
            throw otherSite("without tokens, pages from " + origin + " may not change anything");
        }
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static ApiException otherSite(String detail) {
        return new ApiException(403, "other-site", "Forbidden", detail);
    }
}
