package dev.kombo.query.http;

import dev.kombo.query.http.HttpSettings.TlsSettings;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
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

    static ServerConnector create(Server jetty, HttpConfiguration http, HttpSettings settings) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector;
        if (settings.tls() == null) {
            connector = new BoundedConnector(jetty, settings, plain);
        } else {
            // Other instances may be addressed by IP address, for which there is no server name.
            http.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server certificate = certificate(settings.tls());
            KeyStoreScanner renewed = new Renewal(certificate, settings.tls());
            renewed.setScanInterval(SCAN_SECONDS);
            jetty.addBean(renewed);
            connector = new BoundedConnector(jetty, settings, new SslConnectionFactory(certificate, "http/1.1"), plain);
        }
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        return connector;
    }

    /** Closes connections of an address that has too many open, unless it is a proxy's. */
    private static final class BoundedConnector extends ServerConnector {
        private final Map<String, Integer> open = new ConcurrentHashMap<>();
        /** A closed connection no longer tells its address. */
        private final Map<EndPoint, String> addresses = new ConcurrentHashMap<>();

        private final ClientAddresses clients;
        private final int most;

        BoundedConnector(Server jetty, HttpSettings settings, ConnectionFactory... factories) {
            super(jetty, ACCEPTORS, SELECTORS, factories);
            this.clients = new ClientAddresses(settings.proxies());
            this.most = settings.connectionsPerAddress();
        }

        @Override
        protected void onEndPointOpened(EndPoint client) {
            super.onEndPointOpened(client);
            SocketAddress socket = client.getRemoteSocketAddress();
            String address = ClientAddresses.network(socket);
            addresses.put(client, address);
            if (open.merge(address, 1, Integer::sum) > most && !clients.proxy(socket)) {
                client.close();
            }
        }

        @Override
        protected void onEndPointClosed(EndPoint client) {
            String closed = addresses.remove(client);
            if (closed != null) {
                open.computeIfPresent(closed, (address, count) -> count == 1 ? null : count - 1);
            }
            super.onEndPointClosed(client);
        }
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

    private static void warnIfExpired(KeyStore keys, String file) throws GeneralSecurityException {
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.getCertificate(alias) instanceof X509Certificate certificate) {
                try {
                    certificate.checkValidity();
                } catch (CertificateException e) {
                    LOG.warn("Clients refuse the certificate in {}, which is not valid now: {}", file, e.getMessage());
                }
            }
        }
    }

    private static SslContextFactory.Server certificate(TlsSettings tls) {
        SslContextFactory.Server factory = new SslContextFactory.Server() {
            @Override
            protected KeyStore loadKeyStore(Resource unused) throws GeneralSecurityException, IOException {
                KeyStore keys = KeyStores.keys(Path.of(tls.keystore()), tls.password());
                warnIfExpired(keys, tls.keystore());
                return keys;
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
