package dev.kombo.shop.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import dev.kombo.console.TopicReader;
import dev.kombo.service.KomboService;
import dev.kombo.shop.faults.proxy.Proxy;
import dev.kombo.shop.faults.proxy.Rules;
import dev.kombo.shop.kafka.ChildProcessKafka;
import dev.kombo.shop.kafka.ConsumerGroupDrain;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.process.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.TopologyDescription;
import org.opentest4j.TestAbortedException;

/**
 * An installation of processes that may be harmed: one broker or three, registry, up to three instances. Brokers say
 * that they are at localhost. That is 127.0.0.1 for the harness, and 127.0.0.2 for instances, where proxies stand
 * between: so their network can be cut, and that of the harness goes on.
 */
final class Site {
    private static final Duration HANGING = Duration.ofSeconds(20);
    private static final int LONGEST_WAIT_FOR_COMMIT_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Map<String, String> BROKER = Map.of(
            "broker.session.timeout.ms", "9000", "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    private static final String BROKER_DISK = "500m";
    private static final int INSTANCES = 3;
    private static final int HARNESS_SIDE = 1;
    private static final int INSTANCES_SIDE = 2;

    private final Path folder;
    private final List<Integer> brokerPorts;
    private final Map<String, String> quorum;
    private final int registryPort = freePort();
    private final Rules rules = new Rules();
    private final List<Proxy> network = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();
    private final KafkaClients clients;
    private final Transactions transactions;
    private final Set<String> read = new TreeSet<>();
    private long checkAt = System.nanoTime() + HANGING.toNanos();
    private final List<ChildProcessKafka> brokers = new ArrayList<>();
    private ChildJvm registry;
    private boolean mounted;

    Site(Path folder, int size) throws Exception {
        this(folder, size, Map.of());
    }

    /**
     * @param more settings of its instances
     */
    Site(Path folder, int size, Map<String, String> more) throws Exception {
        this.folder = folder;
        brokerPorts = IntStream.range(0, size).mapToObj(any -> freePort()).toList();
        quorum = size == 1 ? Map.of() : quorum(size);
        startRegistry();
        for (int i = 0; i < size; i++) {
            // The port is known before the first start, as the broker must say it with another address than its own.
            Files.writeString(
                    Files.createDirectories(brokerFolder(i)).resolve("port"), Integer.toString(brokerPorts.get(i)));
        }
        startBrokers();
        addNetwork();
        KomboConfig config = KomboConfig.of(settings());
        try (TopicAdmin topics = new TopicAdmin(config)) {
            topics.createMissing(Topics.of(config).all());
        }
        clients = new KafkaClients(config);
        transactions = new Transactions(clients.admin());
        Path hosts = Files.writeString(
                folder.resolve("hosts"),
                "127.0.0." + (network.isEmpty() ? HARNESS_SIDE : INSTANCES_SIDE) + " localhost\n");
        for (int i = 0; i < INSTANCES; i++) {
            int port = freePort();
            Path own = folder.resolve("instance-" + i);
            Map<String, String> settings = settings();
            settings.put(ServiceSettings.STATE_DIR.name(), own.resolve("state").toString());
            settings.put(ApiSettings.PORT.name(), Integer.toString(port));
            settings.put(ApiSettings.ADVERTISED.name(), "127.0.0.1:" + port);
            settings.putAll(more);
            List<String> options =
                    List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djdk.net.hosts.file=" + hosts);
            instances.add(new Instance(own, port, settings, options));
        }
        for (TopologyDescription.Subtopology part :
                KomboService.describe(config).describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source) {
                    read.addAll(source.topicSet());
                }
            }
        }
    }

    /** Nothing between them where the system has one loopback address only. */
    private void addNetwork() {
        for (int port : brokerPorts) {
            try {
                network.add(new Proxy(loopback(INSTANCES_SIDE, port), loopback(HARNESS_SIDE, port), rules));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Each broker a controller, and three copies of everything, of which two must be written. */
    private static Map<String, String> quorum(int size) {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "controller.quorum.voters",
                IntStream.rangeClosed(1, size)
                        .mapToObj(node -> node + "@127.0.0.1:" + freePort())
                        .collect(Collectors.joining(",")));
        for (String copies : List.of("default", "offsets.topic", "transaction.state.log")) {
            settings.put(copies + ".replication.factor", Integer.toString(size));
        }
        settings.put("min.insync.replicas", "2");
        settings.put("transaction.state.log.min.isr", "2");
        return settings;
    }

    private Path brokerFolder(int broker) {
        return folder.resolve("broker-" + broker);
    }

    private static InetSocketAddress loopback(int last, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                ServiceSettings.BOOTSTRAP_SERVERS.name(),
                brokerPorts.stream().map(port -> "localhost:" + port).collect(Collectors.joining(",")));
        settings.put(ServiceSettings.REGISTRY_URL.name(), "http://127.0.0.1:" + registryPort);
        settings.put(ServiceSettings.SESSION_TIMEOUT.name(), "6000");
        settings.put(ServiceSettings.STORE_MEMORY.name(), Integer.toString(32 << 20));
        settings.put(ApiSettings.PEER_SECRET.name(), "known to all instances");
        settings.put(ApiSettings.RATE.name(), "0");
        // No offer closes within a run, so that the books know what becomes of each answer.
        settings.put("kombo.attribution.open.offers", "300");
        return settings;
    }

    /** Below the range of outgoing connections, which could take it while a process is away. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
    }

    private ChildProcessKafka started(int broker) {
        Map<String, String> settings = new HashMap<>(BROKER);
        settings.putAll(quorum);
        settings.put("node.id", Integer.toString(broker + 1));
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + brokerPorts.get(broker));
        return ChildProcessKafka.start(brokerFolder(broker), settings);
    }

    void startBroker(int broker) {
        brokers.set(broker, started(broker));
    }

    /** All at once, as none of several is ready before most of them are. */
    void startBrokers() throws Exception {
        List<CompletableFuture<ChildProcessKafka>> starting = IntStream.range(0, brokerPorts.size())
                .mapToObj(broker -> CompletableFuture.supplyAsync(() -> started(broker)))
                .toList();
        brokers.clear();
        // All are there to be ended, even if one of them does not start.
        CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new))
                .exceptionally(failure -> null)
                .join();
        for (CompletableFuture<ChildProcessKafka> broker : starting) {
            if (!broker.isCompletedExceptionally()) {
                brokers.add(broker.join());
            }
        }
        for (CompletableFuture<ChildProcessKafka> broker : starting) {
            broker.get();
        }
    }

    void killBrokers() throws InterruptedException {
        for (ChildProcessKafka broker : brokers) {
            broker.kill();
        }
    }

    /** Puts what the first broker holds on a file system of its own, until the end. */
    void smallBrokerDisk() throws Exception {
        if (mounted) {
            return;
        }
        String log = brokerLog(0).toString();
        String kept = brokerFolder(0).resolve("kept").toString();
        brokers.get(0).close();
        boolean copied = Signals.run("cp", "-a", log, kept);
        mounted = Signals.run("mount", "-t", "tmpfs", "-o", "size=" + BROKER_DISK, "none", log);
        copied &= !mounted || Signals.run("cp", "-a", kept + "/.", log);
        startBroker(0);
        assertThat(copied).as("copied").isTrue();
        assumeThat(mounted).as("may mount a file system").isTrue();
        await("replicated", this::replicated);
    }

    /** Where a broker keeps what it holds. */
    Path brokerLog(int broker) {
        return brokerFolder(broker).resolve("log");
    }

    void fillBrokerDisk() throws Exception {
        Signals.run("dd", "if=/dev/zero", "of=" + brokerLog(0).resolve("ballast"), "bs=64k");
    }

    /** Kafka ends a broker whose only disk fails, but may notice that late. */
    void freeBrokerDisk() throws Exception {
        brokers.get(0).kill();
        Files.delete(brokerLog(0).resolve("ballast"));
        startBroker(0);
    }

    /** Creates a topic that only an earlier version needs. */
    void createTopic(String name) throws Exception {
        int partitions = KomboConfig.of(settings()).get(ServiceSettings.TOPIC_PARTITIONS);
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
        clients.admin().createTopics(List.of(topic)).all().get();
    }

    /** Whether each copy of each partition has all of it: only then an operator stops the next broker. */
    boolean replicated() throws InterruptedException {
        try {
            Admin admin = clients.admin();
            Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            return admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException e) {
            return false;
        }
    }

    void startRegistry() throws IOException {
        registry = RegistryProcess.start(folder.resolve("registry"), registryPort);
    }

    int size() {
        return brokers.size();
    }

    ChildProcessKafka broker(int number) {
        return brokers.get(number);
    }

    ChildJvm registry() {
        return registry;
    }

    List<Proxy> network() {
        if (network.isEmpty()) {
            throw new TestAbortedException("no second loopback address here");
        }
        return network;
    }

    /** What happens to requests of the instances; without a network of their own there is none to hold. */
    Rules rules() {
        return rules;
    }

    /**
     * Cuts the network at the next commit: the broker still gets it, and the instance hears no more. Where none comes,
     * the rule that never fired tells.
     */
    void cutAtCommit() throws InterruptedException {
        CountDownLatch cut = new CountDownLatch(1);
        List<Proxy> all = network();
        rules.add(List.of(KafkaRules.commits().times(1).after("the network is cut", () -> {
            all.forEach(proxy -> proxy.cut(false));
            cut.countDown();
        })));
        if (!cut.await(LONGEST_WAIT_FOR_COMMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no commit within " + LONGEST_WAIT_FOR_COMMIT_SECONDS + " s");
        }
    }

    void mendNetwork() {
        network().forEach(Proxy::mend);
    }

    /** Lets time pass, and starts instances again that end by themselves meanwhile. */
    void rest(Duration time) throws IOException, InterruptedException {
        long over = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < over) {
            for (Instance instance : instances) {
                instance.supervise();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** What brokers did wrong with transactions since a time, epoch milliseconds. */
    Set<String> brokenTransactions(long since) {
        return transactions.broken(
                IntStream.range(0, brokerPorts.size()).mapToObj(this::brokerLog).toList(), since);
    }

    KafkaClients clients() {
        return clients;
    }

    Instance instance(int number) {
        return instances.get(number);
    }

    /** What one of the instances that run answers to a request; null where it does not, or not with 200. */
    String get(String path) throws InterruptedException {
        return running().get(path);
    }

    /** The answer of one of the instances that run; null where it does not answer. */
    HttpResponse<String> ask(String path) throws InterruptedException {
        return running().ask(path);
    }

    private Instance running() {
        return instances.stream().filter(Instance::runs).findFirst().orElseThrow();
    }

    /** Lets so many instances run, all ready. */
    void run(int wanted) throws Exception {
        for (int i = 0; i < instances.size(); i++) {
            if (i >= wanted && instances.get(i).runs()) {
                instances.get(i).stop();
            } else if (i < wanted && !instances.get(i).runs()) {
                instances.get(i).start();
            }
        }
        awaitReady();
    }

    /** Waits until all that run are ready. */
    void awaitReady() throws Exception {
        await("ready", () -> {
            for (Instance instance : instances) {
                if (instance.runs() && !instance.ready()) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Waits, and starts instances again that end by themselves meanwhile. */
    void await(String what, Callable<Boolean> reached) throws Exception {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.call()) {
            maintain();
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "not " + what + " within " + PATIENCE.toSeconds() + " s; see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** What a supervisor and an operator do meanwhile. */
    private void maintain() throws IOException, InterruptedException {
        if (System.nanoTime() > checkAt) {
            transactions.abortHanging();
            checkAt = System.nanoTime() + HANGING.toNanos();
        }
        for (Instance instance : instances) {
            instance.supervise();
        }
    }

    /** How often instances ended by themselves. */
    int gaveUp() {
        return instances.stream().mapToInt(Instance::gaveUp).sum();
    }

    /** Waits until nothing is left to be read by any task. */
    void awaitDrained() throws InterruptedException {
        new ConsumerGroupDrain(
                        this::committedOffsets, () -> clients.bytes(IsolationLevel.READ_COMMITTED), read, PATIENCE)
                .drained(() -> null);
    }

    private Map<TopicPartition, Long> committedOffsets() {
        try {
            maintain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The wait between two looks ends by it.
        }
        return clients.committedOffsets();
    }

    /** All committed records of a topic, in order within a partition. */
    <V extends SpecificRecord> void read(String topic, Class<V> type, BiConsumer<String, V> each) {
        try (Deserializer<V> values = clients.decoder(type)) {
            read(topic, values, each);
        }
    }

    /** Reads all records of a topic or changelog. */
    <V> void read(String topic, Deserializer<V> values, BiConsumer<String, V> each) {
        try (Consumer<byte[], byte[]> consumer = clients.bytes(IsolationLevel.READ_COMMITTED)) {
            TopicReader.readAll(
                    consumer,
                    List.of(topic),
                    PATIENCE,
                    record -> each.accept(
                            record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
                            record.value() == null ? null : values.deserialize(topic, record.value())));
        }
    }

    void end() throws Exception {
        for (Instance instance : instances) {
            instance.end();
        }
        clients.close();
        for (Proxy proxy : network) {
            proxy.close();
        }
        killBrokers();
        if (mounted) {
            Signals.run("umount", "-l", brokerLog(0).toString());
        }
        registry.kill();
    }
}
