package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.cli.KomboCommandLine;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topic;
import dev.kombo.instance.CommandContext;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.TestCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A service that was reset counts what is still kept once more, and not twice. */
class ResetCommandIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EVENTS = 20;

    @TempDir
    Path folder;

    @Test
    void shouldLearnAgainFromWhatIsKeptAndFromNothingElse() throws Exception {
        Map<String, String> settings = TestCluster.shared().settings("reset", folder.resolve("state"));
        KomboConfig config = KomboConfig.of(settings);
        try (TestClients clients = new TestClients(config)) {
            clients.createTopics(config);
            clients.publishCatalog(4);
            for (int i = 0; i < EVENTS; i++) {
                clients.send(BehaviorEvent.newBuilder()
                        .setEventId("event-" + i)
                        .setUserId("user")
                        .setType(EventType.VIEW)
                        .setItemId("item-" + i % 4)
                        .setEventTime(1_760_000_000_000L + i * 1000L)
                        .build());
            }
            clients.flush();
            Set<String> offers = run(clients, config);
            assertThat(offers).isNotEmpty();

            assertThat(reset(settings, "--dry-run")).contains("topic reset-bundle-offer", "Nothing was deleted");
            assertThat(offers(clients, config)).isEqualTo(offers);

            assertThat(reset(settings))
                    .contains("topic reset-bundle-offer", "topic reset-user-profile-changelog")
                    .doesNotContain("topic reset-behavior-event" + System.lineSeparator(), "item-catalog");
            assertThat(offers(clients, config)).isEmpty();
            assertThat(folder.resolve("state").resolve("reset"))
                    .satisfies(state -> assertThat(Files.exists(state)).isFalse());
            assertThat(run(clients, config)).as("the same offers, each once").isEqualTo(offers);
        }
    }

    /** Has a service read all events; the offers that it made. */
    private static Set<String> run(TestClients clients, KomboConfig config) throws Exception {
        try (KomboService service = new KomboService(config)) {
            service.start();
            service.awaitRunning(PATIENCE);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> service.engine().counters().get(KomboMetric.EVENTS, "accepted", "view") == EVENTS);
            // Queries tell what was committed.
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> TestClients.shopper(service, "u:user") != null
                            && TestClients.events(TestClients.shopper(service, "u:user")) >= EVENTS);
            assertThat(TestClients.events(TestClients.shopper(service, "u:user")))
                    .isEqualTo(EVENTS);
        }
        return offers(clients, config);
    }

    /** What it printed. */
    private static String reset(Map<String, String> settings, String... options) {
        CommandLine line = KomboCommandLine.create(CommandContext.standard(Map.of(), Optional.empty()), List.of());
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        List<String> arguments = new ArrayList<>(List.of("reset"));
        arguments.addAll(List.of(options));
        settings.forEach((name, value) -> arguments.addAll(List.of("-D", name + "=" + value)));
        assertThat(line.execute(arguments.toArray(String[]::new))).isZero();
        return out.toString();
    }

    private static Set<String> offers(TestClients clients, KomboConfig config) {
        Set<String> ids = new HashSet<>();
        clients.read(config, clients.topics().name(Topic.BUNDLE_OFFER), BundleOffer.class)
                .forEach(offer -> assertThat(ids.add(offer.getOfferId())).isTrue());
        return ids;
    }
}
