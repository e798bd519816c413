package dev.kombo.query;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.TokenEntry;
import dev.kombo.query.http.ApiToken;
import dev.kombo.query.http.CannotListenException;
import dev.kombo.query.http.HttpSettings;
import dev.kombo.query.http.Role;
import dev.kombo.query.http.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.types.Password;

/** The API's settings in its own terms. */
final class ApiConfig {
    private ApiConfig() {}

    static HttpSettings http(KomboConfig config) {
        return new HttpSettings(
                config.getString(KomboConfig.API_HOST),
                config.getInt(KomboConfig.API_PORT),
                tls(config),
                config.getList(KomboConfig.API_TOKENS).stream()
                        .map(TokenEntry::parse)
                        .flatMap(Optional::stream)
                        .map(ApiConfig::token)
                        .toList(),
                config.getInt(KomboConfig.API_BODY),
                config.getInt(KomboConfig.API_RATE),
                config.getInt(KomboConfig.API_CONCURRENCY));
    }

    private static ApiToken token(TokenEntry entry) {
        return new ApiToken(
                entry.name(), entry.roles().stream().map(Role::named).collect(Collectors.toSet()), entry.sha256());
    }

    private static TlsSettings tls(KomboConfig config) {
        String keystore = config.getString(KomboConfig.API_KEYSTORE);
        return keystore.isEmpty() ? null : new TlsSettings(keystore, secret(config, KomboConfig.API_KEYSTORE_PASSWORD));
    }

    private static String secret(KomboConfig config, String name) {
        Password password = config.getPassword(name);
        return password == null ? null : password.value();
    }

    /** What is trusted in other instances; null where they speak plain HTTP. */
    static SSLContext peerTrust(KomboConfig config) {
        if (config.getString(KomboConfig.API_KEYSTORE).isEmpty()) {
            return null;
        }
        String truststore = config.getString(KomboConfig.API_TRUSTSTORE);
        try {
            if (truststore.isEmpty()) {
                return SSLContext.getDefault();
            }
            String password = secret(config, KomboConfig.API_TRUSTSTORE_PASSWORD);
            KeyStore trusted = KeyStore.getInstance(
                    Path.of(truststore).toFile(), password == null ? null : password.toCharArray());
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new CannotListenException(
                    KomboConfig.API_TRUSTSTORE + " " + truststore + " cannot be used: " + e.getMessage(), e);
        }
    }
}
