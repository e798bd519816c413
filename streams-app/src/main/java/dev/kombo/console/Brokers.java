package dev.kombo.console;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that a broker is reachable: Kafka's clients would log warnings for a minute before they report failure. */
public final class Brokers {
    private static final Logger LOG = LoggerFactory.getLogger(Brokers.class);
    private static final long POLL_MILLIS = 1_000;
    private static final int ATTEMPTS_A_LINE = 600;
    private static final int LONGEST_CONNECT_MILLIS = 3000;
    private static final int HIGHEST_PORT = 65_535;

    private Brokers() {}

    /**
     * Waits until one of the bootstrap servers accepts connections.
     *
     * @throws CommandException if an address is invalid, or the thread is interrupted
     */
    public static void await(KomboConfig config) {
        String servers = config.get(ServiceSettings.BOOTSTRAP_SERVERS);
        try {
            for (int attempt = 0; !reachable(servers); attempt++) {
                if (attempt % ATTEMPTS_A_LINE == 0) {
                    LOG.warn("No broker answers at {}; waiting for one", servers);
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failure("interrupted while waiting for a broker at " + servers, e);
        }
    }

    private static boolean reachable(String servers) {
        boolean reachable = false;
        for (String server : servers.split(",", -1)) {
            reachable |= accepts(server.strip());
        }
        return reachable;
    }

    /**
     * Checks that at least one of the bootstrap servers accepts connections.
     *
     * @throws CommandException if none does, or an address is invalid
     */
    public static void requireReachable(KomboConfig config) {
        String servers = config.get(ServiceSettings.BOOTSTRAP_SERVERS);
        if (!reachable(servers)) {
            throw CommandException.failure(
                    "no broker answers at " + servers + " (" + ServiceSettings.BOOTSTRAP_SERVERS.name() + ")");
        }
    }

    private static boolean accepts(String server) {
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, Math.max(0, colon)).replace("[", "").replace("]", "");
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port(server, colon)), LONGEST_CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int port(String server, int colon) {
        String port = server.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > HIGHEST_PORT) {
            throw CommandException.mistake(
                    ServiceSettings.BOOTSTRAP_SERVERS.name() + ": " + server + " is not host:port");
        }
        return Integer.parseInt(port);
    }
}
