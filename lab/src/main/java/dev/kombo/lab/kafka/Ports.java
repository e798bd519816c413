package dev.kombo.lab.kafka;

import dev.kombo.cli.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports of 127.0.0.1 that a server can listen on. */
final class Ports {

    /** Below the range (32768 on Linux) that systems use for outgoing connections. */
    private static final int FIRST = 20_000;

    private static final int LAST = 29_999;
    private static final int ATTEMPTS = 200;
    private static final byte[] HOST = {127, 0, 0, 1};

    private Ports() {}

    /** Whether nobody listens on the port now; somebody else may take it a moment later. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(HOST), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * Finds a free port other than the given one. It does not ask the system (port 0): the port is kept for years, and
     * one from the system's own range would sometimes be taken by an outgoing connection.
     */
    static int findFree(int except) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (port != except && isFree(port)) {
                return port;
            }
        }
        throw CommandException.failure(
                "Found no free port of " + BrokerSettings.HOST + " from " + FIRST + " to " + LAST);
    }
}
