package dev.kombo.shop.faults.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between clients and a broker. It passes on requests and responses until it is cut, but for what {@link
 * Rules} do to them. A connection ends on one side when it ends on the other. Thread-safe.
 */
public final class Proxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket();
    private final InetSocketAddress broker;
    private final Rules rules;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /** Guarded by this. */
    private boolean cut;

    /**
     * Starts one.
     *
     * @param from where clients connect to
     * @param rules which several proxies may share
     */
    public Proxy(InetSocketAddress from, InetSocketAddress broker, Rules rules) throws IOException {
        this.broker = broker;
        this.rules = rules;
        server.bind(from);
        start(this::accept);
    }

    static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Connection connection = new Connection(this, server.accept(), broker);
                open.add(connection);
                start(connection::run);
            } catch (IOException e) {
                // Closed, or a connection that was given up at once.
            }
        }
    }

    Rules rules() {
        return rules;
    }

    /** Returns when the network is not cut. */
    synchronized void awaitMended() {
        while (cut) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** From now on nothing passes; with a reset, connections end as well. */
    public void cut(boolean reset) {
        synchronized (this) {
            cut = true;
        }
        if (reset) {
            open.forEach(Connection::close);
        }
    }

    /** What was held back passes now, and all else. */
    public synchronized void mend() {
        cut = false;
        notifyAll();
    }

    void closed(Connection connection) {
        open.remove(connection);
    }

    /** Connections that are open now. */
    public int connections() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut(true);
        mend();
    }

    /** Closes a socket, whatever state it is in. */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Then the other side notices it without a word.
        }
    }
}
