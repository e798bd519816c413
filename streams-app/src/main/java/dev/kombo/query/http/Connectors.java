package dev.kombo.query.http;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
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

    static ServerConnector create(Server jetty, HttpConfiguration http, KomboConfig config) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector;
        if (config.get(ApiSettings.KEYSTORE).isEmpty()) {
            connector = new BoundedConnector(jetty, config, plain);
        } else {
            // Other instances may be addressed by IP address, for which there is no server name.
            http.addCustomizer(new SecureRequestCustomizer(false));
            Certificate certificate = new Certificate(config);
            KeyStoreScanner renewed = new Renewal(certificate);
            renewed.setScanInterval(SCAN_SECONDS);
            jetty.addBean(renewed);
            connector = new BoundedConnector(jetty, config, new SslConnectionFactory(certificate, "http/1.1"), plain);
        }
        connector.setHost(config.get(ApiSettings.HOST));
        connector.setPort(config.get(ApiSettings.PORT));
        return connector;
    }

    /** Closes connections of a client that has too many open, unless it is a proxy. */
    private static final class BoundedConnector extends ServerConnector {
        /** A closed connection no longer tells its address. */
        private final Map<EndPoint, Client> connected = new ConcurrentHashMap<>();

        private final ClientAddresses clients;
        private final OpenByClient open;

        BoundedConnector(Server jetty, KomboConfig config, ConnectionFactory... factories) {
            super(jetty, ACCEPTORS, SELECTORS, factories);
            this.clients = new ClientAddresses(config.get(ApiSettings.PROXIES));
            int most = config.get(ApiSettings.CONNECTIONS);
            this.open = new OpenByClient(most, Client.NETWORKS_OF_SITE * most);
        }

        @Override
        protected void onEndPointOpened(EndPoint connection) {
            super.onEndPointOpened(connection);
            SocketAddress socket = connection.getRemoteSocketAddress();
            Client client = ClientAddresses.at(socket);
            connected.put(connection, client);
            if (!open.open(client) && !clients.proxy(socket)) {
                connection.close();
            }
        }

        @Override
        protected void onEndPointClosed(EndPoint connection) {
            Client closed = connected.remove(connection);
            if (closed != null) {
                open.close(closed);
            }
            super.onEndPointClosed(connection);
        }
    }

    /** The key and certificate in a file of any format that {@link KeyStores} reads. */
    private static final class Certificate extends SslContextFactory.Server {
        private final Path file;
        private final String password;

        Certificate(KomboConfig config) {
            file = Path.of(config.get(ApiSettings.KEYSTORE));
            password = config.get(ApiSettings.KEYSTORE_PASSWORD);
            setKeyStorePath(file.toString());
            setKeyStorePassword(password);
        }

        KeyStore read() throws GeneralSecurityException, IOException {
            return KeyStores.keys(file, password);
        }

        @Override
        protected KeyStore loadKeyStore(Resource unused) throws GeneralSecurityException, IOException {
            KeyStore keys = read();
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.getCertificate(alias) instanceof X509Certificate certificate) {
                    warnIfExpired(certificate);
                }
            }
            return keys;
        }

        private void warnIfExpired(X509Certificate certificate) {
            try {
                certificate.checkValidity();
            } catch (CertificateException e) {
                LOG.warn("Clients refuse the certificate in {}, which is not valid now: {}", file, e.getMessage());
            }
        }

        /** Clients show no certificates. */
        @Override
        protected KeyStore loadTrustStore(Resource unused) {
            return null;
        }
    }

    /** Reloads a renewed keystore; one that cannot be read leaves the certificate as it is. */
    private static final class Renewal extends KeyStoreScanner {
        private final Certificate certificate;

        Renewal(Certificate certificate) {
            super(certificate);
            this.certificate = certificate;
        }

        @Override
        public void reload() {
            try {
                certificate.read();
            } catch (IOException | GeneralSecurityException e) {
                LOG.warn("{} cannot be read, the certificate stays as it is: {}", certificate.file, e.getMessage());
                return;
            }
            super.reload();
        }
    }
}
