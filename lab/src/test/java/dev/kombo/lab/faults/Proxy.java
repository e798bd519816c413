package dev.kombo.lab.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between instances and the broker: passes bytes on until it is cut. Thread-safe. */
final class Proxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket();
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    /** Guarded by this. */
    private boolean cut;

    Proxy(InetSocketAddress from, InetSocketAddress target) throws IOException {
        this.target = target;
        server.bind(from);
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                start(() -> connect(client));
            } catch (IOException e) {
                // Closed, or a connection that was given up at once.
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitMended();
            Socket broker = new Socket();
            open.add(broker);
            broker.connect(target);
            start(() -> pass(client, broker));
            pass(broker, client);
        } catch (IOException e) {
            close(client);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitMended();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // Then the other side shall see it too.
        } finally {
            close(from);
            close(to);
        }
    }

    private synchronized void awaitMended() {
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
    void cut(boolean reset) {
        synchronized (this) {
            cut = true;
        }
        if (reset) {
            open.forEach(this::close);
        }
    }

    synchronized void mend() {
        cut = false;
        notifyAll();
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut(true);
        mend();
    }
}
