package dev.kombo.shop.faults.proxy;

import dev.kombo.shop.kafka.ChildProcessKafka;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.opentest4j.TestAbortedException;

/** A broker that tells everybody the address of a proxy in front of it, and plain clients. */
public final class ProxiedBroker implements AutoCloseable {
    private static final int ANSWER_MILLIS = 20_000;

    private final Rules rules = new Rules();
    private final Proxy proxy;
    private final ChildProcessKafka broker;
    private final InetSocketAddress address;

    public ProxiedBroker(Path folder) throws IOException {
        int port = freePort();
        address = loopback(2, port);
        proxy = proxy(address, loopback(1, port), rules);
        Files.writeString(Files.createDirectories(folder).resolve("port"), Integer.toString(port));
        broker = ChildProcessKafka.start(folder, Map.of("advertised.listeners", "PLAINTEXT://127.0.0.2:" + port));
    }

    private static Proxy proxy(InetSocketAddress from, InetSocketAddress to, Rules rules) {
        try {
            return new Proxy(from, to, rules);
        } catch (IOException e) {
            throw new TestAbortedException("no second loopback address here", e);
        }
    }

    /** Below the range of outgoing connections. */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
    }

    private static InetSocketAddress loopback(int last, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
    }

    public Rules rules() {
        return rules;
    }

    public Proxy proxy() {
        return proxy;
    }

    ChildProcessKafka broker() {
        return broker;
    }

    /** Where clients find it, through the proxy. */
    public String bootstrapServers() {
        return "127.0.0.2:" + address.getPort();
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrapServers());
        return settings;
    }

    /** A topic of one partition. */
    public void createTopic(String name) throws Exception {
        try (Admin admin = Admin.create(settings(Map.of()))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
    }

    KafkaProducer<String, String> producer(Map<String, Object> more) {
        return new KafkaProducer<>(settings(more), new StringSerializer(), new StringSerializer());
    }

    KafkaConsumer<String, String> consumer(IsolationLevel isolation) {
        return new KafkaConsumer<>(
                settings(Map.of("isolation.level", isolation.toString(), "auto.offset.reset", "earliest")),
                new StringDeserializer(),
                new StringDeserializer());
    }

    /** A client that speaks Kafka's protocol by hand. */
    Wire wire() throws IOException {
        return new Wire(address);
    }

    /** A connection. */
    static final class Wire implements AutoCloseable {
        private final Socket socket = new Socket();
        private final DataInputStream in;

        private Wire(InetSocketAddress address) throws IOException {
            socket.connect(address);
            socket.setSoTimeout(ANSWER_MILLIS);
            in = new DataInputStream(socket.getInputStream());
        }

        void send(ApiKeys kind, int correlationId, AbstractRequest request) throws IOException {
            ByteBuffer bytes =
                    request.serializeWithHeader(new RequestHeader(kind, request.version(), "by hand", correlationId));
            byte[] frame = new byte[bytes.remaining()];
            bytes.get(frame);
            Frames.write(socket.getOutputStream(), frame);
        }

        /** Length of the next response, as it is told. */
        int length() throws IOException {
            return in.readInt();
        }

        /** All that comes until the other side ends. */
        byte[] rest() throws IOException {
            return in.readAllBytes();
        }

        /** The request that the next response belongs to. */
        int nextCorrelationId() throws IOException {
            return Exchange.correlationId(Frames.read(in));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        broker.close();
        proxy.close();
    }
}
