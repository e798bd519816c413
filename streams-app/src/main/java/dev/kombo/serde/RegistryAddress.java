package dev.kombo.serde;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;

/** One address of a registry and the credentials for it. {@link #toString()} leaves the credentials out. */
final class RegistryAddress {

    private final String base;
    private final String authorization;

    private RegistryAddress(String base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /**
     * Reads an address and finds its credentials as {@code basic.auth.credentials.source} says.
     *
     * @throws ConfigException where the address is no http or https URL; without what may be a password in it
     */
    static RegistryAddress parse(String url, AvroSettings settings) {
        URI uri = httpUri(url);
        String userInfo = uri.getUserInfo();
        if ("USER_INFO".equals(settings.getString(AvroSettings.CREDENTIALS_SOURCE))) {
            userInfo = settings.getPassword(AvroSettings.USER_INFO).value();
            if (userInfo.isBlank()) {
                throw new ConfigException(AvroSettings.USER_INFO + " is not set, but " + AvroSettings.CREDENTIALS_SOURCE
                        + " is USER_INFO");
            }
        }
        String authorization = userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        return new RegistryAddress(withoutUserInfo(uri), authorization);
    }

    private static URI httpUri(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(AvroSettings.URL + " holds an address that is not a URL");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new ConfigException(
                    AvroSettings.URL + " holds an address that does not start with http://, https:// or mock://");
        }
        return uri;
    }

    private static String withoutUserInfo(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return uri.getScheme() + "://" + uri.getHost() + port + path;
    }

    /** The URL of a resource below this address; the path starts with a slash and is already encoded. */
    URI resolve(String path) {
        return URI.create(base + path);
    }

    /** Value of the header {@code Authorization}, or null. */
    String authorization() {
        return authorization;
    }

    @Override
    public String toString() {
        return base;
    }
}
