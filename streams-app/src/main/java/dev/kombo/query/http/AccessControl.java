package dev.kombo.query.http;

import dev.kombo.config.ApiToken;
import dev.kombo.config.ApiToken.Role;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Decides who may call which endpoint. With tokens, every caller needs one. Without tokens, everybody who reaches the
 * loopback address is allowed, except web pages open on this machine, whether they send requests themselves (seen by
 * Origin) or made their name resolve to this address (seen by Host).
 */
final class AccessControl {
    private static final String BEARER = "Bearer ";
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");

    private final List<ApiToken> tokens;

    AccessControl(List<ApiToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * Admits a request.
     *
     * @param address the client by its address
     * @return the client by which requests are counted
     * @throws ApiException 401 without a known token, 403 if its roles do not allow the request
     */
    Client admit(HttpFields headers, Client address, Endpoint endpoint) {
        if (tokens.isEmpty()) {
            refuseOtherSites(headers, endpoint);
            return address;
        }
        if (endpoint.role() == Role.ANYONE || endpoint.role() == Role.PAGE) {
            return address;
        }
        ApiToken token = tokenOf(headers.get("Authorization"));
        if (!token.may(endpoint.role())) {
            String roles = token.roles().stream().map(Role::label).collect(Collectors.joining(", "));
            throw new ApiException(
                    HttpStatus.FORBIDDEN_403,
                    "forbidden",
                    "Forbidden",
                    "the token " + token.name() + " has the role " + roles + "; "
                            + endpoint.role().label() + " is needed");
        }
        return Client.named(token.name());
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
        return new ApiException(HttpStatus.UNAUTHORIZED_401, "unauthorized", "Unauthorized", detail)
                .header("WWW-Authenticate", challenge);
    }

    private static void refuseOtherSites(HttpFields headers, Endpoint endpoint) {
        String host = headers.get("Host");
        if (host != null && !LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            throw otherSite("without tokens, only requests to a loopback address are answered, not to " + host);
        }
        if (endpoint.role() == Role.PAGE || endpoint.role() == Role.ANYONE) {
            return;
        }
        String origin = headers.get("Origin");
        if (origin != null && !authority(origin).equals(host)) {
            throw otherSite("without tokens, pages from " + origin + " may neither read nor change anything");
        }
        // Not every request that a browser sends for a page has an origin: one for an image has not.
        if (headers.contains("Sec-Fetch-Site") && !OWN_PAGES.contains(headers.get("Sec-Fetch-Site"))) {
            throw otherSite("without tokens, pages of other sites may neither read nor change anything");
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
        return new ApiException(HttpStatus.FORBIDDEN_403, "other-site", "Forbidden", detail);
    }
}
