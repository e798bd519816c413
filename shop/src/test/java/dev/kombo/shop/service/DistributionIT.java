package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.cli.KomboCommandLine;
import dev.kombo.instance.CommandContext;
import dev.kombo.metric.KomboMetric;
import dev.kombo.shop.command.ShopCommands;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an image is made of, without an image: the assembled service in a process of its own, and a shop beside it. */
@Tag("slow")
@Timeout(300)
class DistributionIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern API = Pattern.compile("Query API: http://127\\.0\\.0\\.1:(\\d+)");

    private static final Pattern OF_KAFKA = Pattern.compile("(?m)^\\| `(kafka_\\w+)`");

    /** They have no series before something is rejected, lost, or was observed of many users. */
    private static final Set<KomboMetric> NOT_YET = EnumSet.of(
            KomboMetric.API_EVENTS_REJECTED,
            KomboMetric.BUDGETS_SPENT,
            KomboMetric.EVENTS_REJECTED,
            KomboMetric.ERASURES_REJECTED,
            KomboMetric.FEEDBACK_UNMATCHED,
            KomboMetric.EXPERIMENT_UPLIFT,
            KomboMetric.EXPERIMENT_DIFFERENCE,
            KomboMetric.WEBHOOK_FAILURES,
            KomboMetric.WEBHOOK_PENDING,
            KomboMetric.WEBHOOK_OLDEST);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedSchemaRegistry registry;
    private Distribution distribution;
    private Process service;

    @BeforeEach
    void open() throws Exception {
        registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
        kafka = EmbeddedKafka.start(folder.resolve("broker"));
        distribution = new Distribution(folder.resolve("container"));
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.destroyForcibly();
        }
        kafka.close();
        registry.close();
    }

    @Test
    void shouldServeAShopAndTellOfItWhenRunAsInAContainer() throws Exception {
        Map<String, String> before = distribution.files();
        assertThat(before.keySet())
                .contains("bin/kombo", "bin/health", "config/kombo.properties", "LICENSE")
                .anyMatch(file -> file.startsWith("lib/kombo-engine-"))
                .anyMatch(file -> file.startsWith("lib/kombo-streams-app-"))
                .noneMatch(file ->
                        file.matches("lib/(kombo-shop|kombo-research|kafka_|kafka-server|kafka-streams-test|junit).*"));
        distribution.run(cluster(), "topics", "create");

        service = distribution.start(cluster(), "run");
        int port = awaitPort();
        Awaitility.await().atMost(PATIENCE).until(() -> distribution.health(port, "/health/ready") == 0);
        assertThat(distribution.health(port)).as("live").isZero();
        runShop();

        Set<String> expected = expectedSeries();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(exposedSeries(port)).containsAll(expected));
        assertThat(distribution.files()).as("a read-only root does").isEqualTo(before);
        assertThat(distribution.temporary()).as("and no temporary files").isEmptyDirectory();

        service.destroy();
        assertThat(service.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(distribution.output()).content().contains("Stopping.");
        assertThat(distribution.health(port)).as("nobody there").isNotZero();
    }

    private Map<String, String> cluster() {
        return Map.of(
                "KOMBO_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "KOMBO_AVRO_SCHEMA_REGISTRY_URL",
                registry.url().toString(),
                "KOMBO_API_PORT",
                "0",
                "KOMBO_STREAMS_CONSUMER_SESSION_TIMEOUT_MS",
                "10000");
    }

    private int awaitPort() {
        return Awaitility.await().atMost(PATIENCE).until(this::port, port -> port > 0);
    }

    private int port() throws IOException {
        assertThat(service.isAlive())
                .as(Files.readString(distribution.output()))
                .isTrue();
        Matcher matcher = API.matcher(Files.readString(distribution.output()));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private void runShop() throws IOException {
        Path summary = folder.resolve("summary.json");
        CommandContext wiring = CommandContext.standard(cluster(), Optional.empty());
        int exitCode = KomboCommandLine.create(wiring, new ShopCommands().commands(wiring))
                .execute("shop", "--duration", "20s", "--summary", summary.toString());

        assertThat(exitCode).isZero();
        assertThat(new ObjectMapper().readTree(summary.toFile()).path("offers").asLong())
                .isPositive();
    }

    /** What the page of metrics lists. */
    private static Set<String> expectedSeries() throws IOException {
        Set<String> expected = new TreeSet<>();
        Arrays.stream(KomboMetric.values())
                .filter(metric -> !NOT_YET.contains(metric))
                .forEach(metric -> expected.addAll(metric.series()));
        Matcher kafka = OF_KAFKA.matcher(Files.readString(Path.of("../topology-docs/reference/metrics.md")));
        while (kafka.find()) {
            expected.add(kafka.group(1));
        }
        return expected;
    }

    private Set<String> exposedSeries(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        Set<String> exposed = new TreeSet<>();
        client.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> exposed.add(line.split("[{ ]", 2)[0]));
        return exposed;
    }
}
