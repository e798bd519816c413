package dev.kombo.query.http;

import dev.kombo.query.http.HttpSettings.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.ssl.KeyStoreScanner;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the server's socket, plain or with TLS. */
final class Connectors {
    private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);

    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 1;
    private static final int SCAN_SECONDS = 5;

    private Connectors() {}

    static ServerConnector create(Server jetty, HttpConfiguration configuration, HttpSettings settings) {
        HttpConfiguration http = new HttpConfiguration(configuration);
        http.addCustomizer(Connectors::withoutWebSockets);
        ServerConnector connector;
        if (settings.tls() == null) {
            connector = new ServerConnector(jetty, ACCEPTORS, SELECTORS, new HttpConnectionFactory(http));
        } else {
            // Other instances may be addressed by IP address, for which there is no server name.
            http.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server certificate = certificate(settings.tls());
            KeyStoreScanner renewed = new Renewal(certificate, settings.tls());
            renewed.setScanInterval(SCAN_SECONDS);
            jetty.addBean(renewed);
            connector = new ServerConnector(
                    jetty,
                    ACCEPTORS,
                    SELECTORS,
                    new SslConnectionFactory(certificate, "http/1.1"),
                    new HttpConnectionFactory(http));
        }
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        return connector;
    }

    /**
     * Rejects WebSocket handshakes: Javalin would create a session for each, which anybody may send, and keep it for
     * ever.
     */
    private static Request withoutWebSockets(Request request, HttpFields.Mutable unused) {
        if (!request.getHeaders().contains(HttpHeader.SEC_WEBSOCKET_VERSION)) {
            return request;
        }
        HttpFields headers = HttpFields.build(request.getHeaders()).remove(HttpHeader.SEC_WEBSOCKET_VERSION);
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    /** Reloads a renewed keystore; one that cannot be read leaves the certificate as it is. */
    private static final class Renewal extends KeyStoreScanner {
        private final TlsSettings tls;

        Renewal(SslContextFactory.Server certificate, TlsSettings tls) {
            super(certificate);
            this.tls = tls;
        }

        @Override
        public void reload() {
            try {
                KeyStores.keys(Path.of(tls.keystore()), tls.password());
            } catch (IOException | GeneralSecurityException e) {
                LOG.warn("{} cannot be read, the certificate stays as it is: {}", tls.keystore(), e.getMessage());
                return;
            }
            super.reload();
        }
    }

    private static SslContextFactory.Server certificate(TlsSettings tls) {
        SslContextFactory.Server factory = new SslContextFactory.Server() {
            @Override
            protected KeyStore loadKeyStore(Resource unused) throws GeneralSecurityException, IOException {
                return KeyStores.keys(Path.of(tls.keystore()), tls.password());
            }

            /** Clients show no certificates. */
            @Override
            protected KeyStore loadTrustStore(Resource unused) {
                return null;
            }
        };
        factory.setKeyStorePath(tls.keystore());
        factory.setKeyStorePassword(tls.password());
        return factory;
    }
}
