package dev.kombo.shop.faults.proxy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A client's connection to a broker. One thread reads requests, another one the broker's responses. The client gets its
 * responses in the order of its requests, as Kafka promises: also where some come from the broker, and some from rules.
 * Producers with {@code acks=0}, whose requests have no response, must not use it.
 */
final class Connection {
    private final Proxy proxy;
    private final Socket client;
    private final InetSocketAddress address;
    private final Socket broker = new Socket();
    /** Requests that the client has no response for, oldest first. Guarded by itself, as is what the client reads. */
    private final Deque<Exchange> waiting = new ArrayDeque<>();

    private volatile boolean closed;

    Connection(Proxy proxy, Socket client, InetSocketAddress address) {
        this.proxy = proxy;
        this.client = client;
        this.address = address;
    }

    /** Passes requests on until one side ends. */
    void run() {
        try (client;
                broker) {
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            proxy.awaitMended();
            broker.connect(address);
            Proxy.start(this::responses);
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            while (!closed) {
                byte[] request = Frames.read(in);
                proxy.awaitMended();
                if (closed) {
                    return;
                }
                Exchange exchange = new Exchange(this, request);
                synchronized (waiting) {
                    waiting.add(exchange);
                }
                exchange.begin(proxy.rules().actionFor(exchange));
            }
        } catch (IOException e) {
            // One side has ended: then the other side shall see it too.
        } finally {
            close();
        }
    }

    private void responses() {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(broker.getInputStream()));
            while (!closed) {
                byte[] response = Frames.read(in);
                asked(response).answered(response);
            }
        } catch (IOException e) {
            // As above.
        } finally {
            close();
        }
    }

    /** The request that the broker has answered. */
    private Exchange asked(byte[] response) throws IOException {
        int id = Exchange.correlationId(response);
        synchronized (waiting) {
            for (Exchange exchange : waiting) {
                if (exchange.header().correlationId() == id && !exchange.replied()) {
                    return exchange;
                }
            }
        }
        throw new IOException("the broker has answered what was not asked");
    }

    /** Only the thread that reads requests calls this. */
    void toBroker(byte[] request) throws IOException {
        Frames.write(broker.getOutputStream(), request);
    }

    /** Sends all responses that are there, up to the first request that still waits for one. */
    void toClient() throws IOException {
        proxy.awaitMended();
        synchronized (waiting) {
            Iterator<Exchange> oldest = waiting.iterator();
            while (oldest.hasNext()) {
                Exchange exchange = oldest.next();
                if (!exchange.replied()) {
                    return;
                }
                oldest.remove();
                Frames.write(client.getOutputStream(), exchange.response());
            }
        }
    }

    /** Sends a part of a response, and ends. */
    void halfToClient(byte[] response) throws IOException {
        proxy.awaitMended();
        synchronized (waiting) {
            Frames.writeHalf(client.getOutputStream(), response);
        }
        close();
    }

    /** Ends it on both sides. */
    void close() {
        closed = true;
        Proxy.close(client);
        Proxy.close(broker);
        proxy.closed(this);
    }
}
