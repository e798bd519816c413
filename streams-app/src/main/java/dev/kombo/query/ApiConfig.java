package dev.kombo.query;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiSettings.TokenEntry;
import dev.kombo.config.KomboConfig;
import dev.kombo.query.http.ApiToken;
import dev.kombo.query.http.ApiToken.Role;
import dev.kombo.query.http.HttpSettings;
import dev.kombo.query.http.HttpSettings.TlsSettings;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Derives the HTTP server's settings from the configuration. */
final class ApiConfig {
    private ApiConfig() {}

    static HttpSettings http(KomboConfig config) {
        return new HttpSettings(
                config.get(ApiSettings.HOST),
                config.get(ApiSettings.PORT),
                tls(config),
                config.get(ApiSettings.TOKENS).stream().map(ApiConfig::token).toList(),
                config.get(ApiSettings.BODY),
                config.get(ApiSettings.RATE),
                config.get(ApiSettings.CONCURRENCY),
                config.get(ApiSettings.PEER_SECRET));
    }

    private static ApiToken token(TokenEntry entry) {
        return new ApiToken(
                entry.name(), entry.roles().stream().map(Role::named).collect(Collectors.toSet()), entry.sha256());
    }

    private static TlsSettings tls(KomboConfig config) {
        String keystore = config.get(ApiSettings.KEYSTORE);
        return keystore.isEmpty() ? null : new TlsSettings(keystore, config.get(ApiSettings.KEYSTORE_PASSWORD));
    }

    /** Returns what is trusted as other instances' certificate; null if they use plain HTTP. */
    static Supplier<SSLContext> peerTrust(KomboConfig config) {
        if (config.get(ApiSettings.KEYSTORE).isEmpty()) {
            return null;
        }
        String truststore = config.get(ApiSettings.TRUSTSTORE);
        if (truststore.isEmpty()) {
            return ApiConfig::trustedByJava;
        }
        return new PeerTrust(Path.of(truststore), config.get(ApiSettings.TRUSTSTORE_PASSWORD), System::nanoTime);
    }

    private static SSLContext trustedByJava() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has a default", e);
        }
    }
}
