package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kombo.cli.KomboMain;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.PrivacySettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.config.WebhookSettings;
import dev.kombo.console.TopicAdmin;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.schema.BundleOffer;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.process.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kombo webhook} as a process, which is killed, and a shop's server that fails now and then. */
@Tag("slow")
@Timeout(240)
class WebhookIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int OFFERS = 400;
    private static final int SHOPPERS = 20;
    private static final byte[] SECRET = "a secret of thirty-two bytes ...".getBytes(StandardCharsets.UTF_8);
    private static final String PRIVACY_KEY = "k".repeat(32);
    private static final Pattern METRICS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/metrics");
    private static final long TOLERANCE_SECONDS = 300;
    private static final int HELD_FROM = 50;

    /** One that the shop refuses, whose dead letter is longer than a Kafka producer takes by default. */
    private static final String LARGE = "offer-99";

    @TempDir
    private Path folder;

    private EmbeddedSchemaRegistry registry;
    private EmbeddedKafka kafka;
    private Shop shop;
    private KomboConfig config;
    private KafkaClients clients;

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
        kafka = EmbeddedKafka.start(folder.resolve("broker"));
        shop = new Shop();
        config = KomboConfig.of(Map.of(
                ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers(),
                ServiceSettings.REGISTRY_URL.name(), registry.url().toString()));
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.createMissing(Topics.of(config).all());
        }
        clients = new KafkaClients(config);
    }

    @AfterEach
    void stop() {
        clients.close();
        shop.close();
        kafka.close();
        registry.close();
    }

    @Test
    void shouldDeliverEachOfferInOrderAtLeastOnceThoughBothSidesFail() throws Exception {
        publish(0, OFFERS / 2);
        publishAborted();
        try (ChildJvm killed = webhook("first.txt", "--from-beginning")) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> alive(killed) && !shop.held().isEmpty());
            killed.kill();
        }
        Set<String> unanswered = shop.held();
        shop.release();
        publish(OFFERS / 2, OFFERS);
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < OFFERS; i++) {
            if (!Shop.refuses("offer-" + i)) {
                expected.add("offer-" + i);
            }
        }

        ChildJvm webhook = webhook("second.txt");
        try (webhook) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(shop.taken().keySet())
                            .as(webhook::output)
                            .isEqualTo(expected));
            assertThat(deadLetters()).hasSize(OFFERS - expected.size()).allSatisfy((id, reason) -> {
                assertThat(Shop.refuses(id)).isTrue();
                assertThat(reason).isEqualTo("webhook: the receiver answers 422");
            });
            Awaitility.await().atMost(PATIENCE).until(() -> committed() == end());
            assertThat(scrape(webhook))
                    .contains("kombo_webhook_pending 0.0")
                    .contains("kombo_webhook_oldest_seconds 0.0");
        }
        assertThat(webhook.output()).contains("Delivered ");

        assertThat(shop.faults()).isEmpty();
        assertThat(shop.repeated())
                .as("taken without an answer before the kill")
                .containsAll(unanswered);
        Map<String, Integer> last = new HashMap<>();
        shop.taken().forEach((id, shopper) -> {
            int number = Integer.parseInt(id.substring("offer-".length()));
            assertThat(last.getOrDefault(shopper, -1))
                    .as("before %s of %s", id, shopper)
                    .isLessThan(number);
            last.put(shopper, number);
        });
    }

    @Test
    void shouldBeginWithTheNextOfferAndEndWhereTheReceiverWantsNoMore() throws Exception {
        publish(0, 10);
        try (ChildJvm webhook = webhook("next.txt")) {
            Awaitility.await().atMost(PATIENCE).until(() -> alive(webhook) && committed() == end());
            assertThat(shop.taken()).isEmpty();
            publish(10, 12);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> alive(webhook) && shop.taken().size() == 2);
            shop.gone = true;
            publish(12, 13);
            assertThat(webhook.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(webhook.process().exitValue()).isEqualTo(1);
            assertThat(webhook.output()).contains("410 Gone");
        }
        assertThat(end() - committed())
                .as("the offer waits for whoever comes next")
                .isEqualTo(1);
    }

    @Test
    void shouldWaitForBrokersAndRegistryAndLoseNothing() throws Exception {
        publish(0, 10);
        int port = registry.url().getPort();
        registry.close();
        kafka.close();
        try (ChildJvm webhook = webhook("away.txt", "--from-beginning")) {
            awaitOutput(webhook, "No broker answers at " + kafka.bootstrapServers());
            kafka = EmbeddedKafka.start(folder.resolve("broker"));
            awaitOutput(webhook, "offers wait: .*:" + port);
            registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), port);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> alive(webhook) && shop.taken().size() == 10 && committed() == end());

            publish(10, 60);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> alive(webhook)
                            && !deadLetters().isEmpty()
                            && !shop.held().isEmpty());
            kafka.close();
            registry.close();
            shop.release();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> alive(webhook) && scrape(webhook).contains("kombo_webhook_pending 0.0"));
            awaitOutput(webhook, "Offsets are not committed yet");
            kafka = EmbeddedKafka.start(folder.resolve("broker"));
            // Without another offer.
            Awaitility.await().atMost(PATIENCE).until(() -> alive(webhook) && committed() == end());
            assertThat(shop.taken()).hasSize(59);
            assertThat(deadLetters()).containsOnlyKeys("offer-49");
        }
        assertThat(shop.faults()).isEmpty();
    }

    private static void awaitOutput(ChildJvm webhook, String expected) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            webhook.requireAlive();
            assertThat(webhook.output()).containsPattern(expected);
        });
    }

    private static boolean alive(ChildJvm webhook) {
        webhook.requireAlive();
        return true;
    }

    private ChildJvm webhook(String output, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("webhook"));
        arguments.addAll(List.of(more));
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                ServiceSettings.BOOTSTRAP_SERVERS.name(),
                config.get(ServiceSettings.BOOTSTRAP_SERVERS),
                ServiceSettings.REGISTRY_URL.name(),
                config.get(ServiceSettings.REGISTRY_URL),
                WebhookSettings.URL.name(),
                shop.url(),
                WebhookSettings.SECRET.name(),
                "whsec_" + Base64.getEncoder().encodeToString(SECRET),
                WebhookSettings.METRICS.name(),
                "127.0.0.1:0",
                WebhookSettings.TIMEOUT.name(),
                "1500",
                WebhookSettings.IN_FLIGHT.name(),
                "8",
                ServiceSettings.SESSION_TIMEOUT.name(),
                "6000",
                PrivacySettings.KEY.name(),
                PRIVACY_KEY));
        settings.forEach((name, value) -> arguments.addAll(List.of("-D", name + "=" + value)));
        return ChildJvm.start(KomboMain.class.getName(), "256m", arguments, folder.resolve(output), false);
    }

    private String scrape(ChildJvm webhook) throws Exception {
        Matcher address = METRICS.matcher(webhook.output());
        assertThat(address.find()).as(webhook.output()).isTrue();
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address.group())).build(), BodyHandlers.ofString())
                .body();
    }

    private void publish(int from, int to) throws Exception {
        try (Producer<String, SpecificRecord> producer = clients.producer(Map.of())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = from; i < to; i++) {
                sent.add(producer.send(offer("offer-" + i, "shopper-" + i % SHOPPERS)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    /** Offers that the service took back must reach nobody. */
    private void publishAborted() throws Exception {
        try (Producer<String, SpecificRecord> producer = clients.producer(Map.of("transactional.id", "aborted"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(offer("aborted", "shopper-0")).get();
            producer.abortTransaction();
        }
    }

    private ProducerRecord<String, SpecificRecord> offer(String id, String shopper) {
        return new ProducerRecord<>(
                clients.topics().name(Topic.BUNDLE_OFFER),
                shopper,
                BundleOffer.newBuilder()
                        .setOfferId(id)
                        .setUserId(shopper)
                        .setPlacement("cart")
                        .setArm("treatment")
                        .setExperiment("e")
                        .setStrategyVersion(1)
                        .setModelVersion(1)
                        .setPolicy(id.equals(LARGE) ? "p".repeat((1 << 20) - 200) : "linear-1")
                        .setTriggerEventId("t")
                        .setTriggerType("ADD_TO_CART")
                        .setOfferedAt(1_760_000_000_000L)
                        .setExpiresAt(1_760_000_600_000L)
                        .setBundles(List.of())
                        .build());
    }

    /** Reason by offer; a crash between the two may leave a dead letter twice. */
    private Map<String, String> deadLetters() {
        Map<String, String> reasons = new HashMap<>();
        Pseudonyms pseudonyms = Pseudonyms.of(KomboConfig.of(Map.of(PrivacySettings.KEY.name(), PRIVACY_KEY)));
        String topic = clients.topics().name(Topic.DEAD_LETTER);
        try (Consumer<byte[], byte[]> consumer = clients.bytes(IsolationLevel.READ_COMMITTED);
                var decoder = clients.decoder(BundleOffer.class)) {
            List<TopicPartition> places = List.of(new TopicPartition(topic, 0));
            consumer.assign(places);
            consumer.seekToBeginning(places);
            long end = consumer.endOffsets(places).get(places.get(0));
            while (consumer.position(places.get(0)) < end) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(100))) {
                    BundleOffer offer = decoder.deserialize(clients.topics().name(Topic.BUNDLE_OFFER), letter.value());
                    assertThat(new String(letter.key(), StandardCharsets.UTF_8))
                            .isEqualTo(pseudonyms.of(offer.getUserId()));
                    reasons.put(
                            offer.getOfferId(),
                            new String(
                                    letter.headers()
                                            .lastHeader("__streams.errors.exception")
                                            .value(),
                                    StandardCharsets.UTF_8));
                }
            }
        }
        return reasons;
    }

    private long committed() {
        return clients.committedOffsets(config.get(WebhookSettings.GROUP)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long end() {
        try (Consumer<byte[], byte[]> consumer = clients.bytes(IsolationLevel.READ_COMMITTED)) {
            List<TopicPartition> places = consumer
                    .partitionsFor(clients.topics().name(Topic.BUNDLE_OFFER))
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            return consumer.endOffsets(places).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /**
     * The shop's server. At the first attempt it fails for one offer in seven, tells one in eleven to come later, is
     * silent for one in 97; it refuses one in 50 for good. After {@link #HELD_FROM} it answers none that it takes,
     * until released.
     */
    private static final class Shop implements AutoCloseable {
        private static final int HELD = 202;

        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final CountDownLatch closed = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final Set<String> held = new HashSet<>();
        private final Set<String> repeated = new HashSet<>();
        private final Set<String> seen = new HashSet<>();
        private final Map<String, String> taken = new LinkedHashMap<>();
        private final List<String> faults = new ArrayList<>();
        private volatile boolean gone;

        Shop() throws IOException {
            server.createContext("/hook", this::handle);
            server.setExecutor(threads);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        }

        /** Shopper by offer, in the order in which they were taken first. */
        synchronized Map<String, String> taken() {
            return new LinkedHashMap<>(taken);
        }

        /** Those that it took and has not answered. */
        synchronized Set<String> held() {
            return Set.copyOf(held);
        }

        synchronized void release() {
            repeated.clear();
            released.countDown();
        }

        /** Those that came again after it had taken them, since it was released. */
        synchronized Set<String> repeated() {
            return Set.copyOf(repeated);
        }

        synchronized List<String> faults() {
            return List.copyOf(faults);
        }

        static boolean refuses(String id) {
            return Integer.parseInt(id.substring("offer-".length())) % 50 == 49;
        }

        private void handle(HttpExchange exchange) throws IOException {
            try (exchange) {
                int status = answerTo(exchange);
                if (status == 0) {
                    closed.await();
                } else {
                    if (status == HELD) {
                        released.await();
                    }
                    exchange.sendResponseHeaders(status, -1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private int answerTo(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            synchronized (this) {
                JsonNode message = verified(exchange, id, body);
                if (gone) {
                    return 410;
                }
                if (refuses(id)) {
                    return 422;
                }
                int number = Integer.parseInt(id.substring("offer-".length()));
                if (seen.add(id)) {
                    if (number % 97 == 96) {
                        return 0;
                    }
                    if (number % 11 == 10) {
                        exchange.getResponseHeaders().set("Retry-After", "1");
                        return 429;
                    }
                    if (number % 7 == 6) {
                        return 500;
                    }
                }
                if (taken.putIfAbsent(id, message.at("/data/userId").asText()) != null) {
                    repeated.add(id);
                }
                if (released.getCount() == 0 || taken.size() < HELD_FROM) {
                    return 204;
                }
                held.add(id);
                return HELD;
            }
        }

        /** As a receiver would, by the specification alone. */
        private JsonNode verified(HttpExchange exchange, String id, byte[] body) throws IOException {
            String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
                mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
                String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
                if (!expected.equals(exchange.getRequestHeaders().getFirst("webhook-signature"))) {
                    faults.add(id + ": wrong signature");
                }
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            if (Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) {
                faults.add(id + ": time " + timestamp);
            }
            JsonNode message = new ObjectMapper().readTree(body);
            if (!message.at("/data/offerId").asText().equals(id)
                    || !message.path("type").asText().equals("offer.made")) {
                faults.add(id + ": body " + message);
            }
            return message;
        }

        @Override
        public void close() {
            closed.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
