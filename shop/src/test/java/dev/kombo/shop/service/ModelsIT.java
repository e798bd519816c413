package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kombo.catalog.index.EngagementKeys;
import dev.kombo.cli.KomboCommandLine;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.instance.CommandContext;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.TestCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What one installation learned goes to another, with more partitions and a registry of its own. */
@Tag("slow")
class ModelsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long START = 1_760_000_000_000L;
    private static final int ITEMS = 12;
    private static final int EVENTS = 500;
    private static final String NEWCOMER = "newcomer";

    @TempDir
    Path folder;

    private record Answer(int code, String text) {}

    @Test
    void shouldRankAndLearnOnAsTheInstallationThatTheModelsAreFrom() throws Exception {
        Map<String, String> first = settings("first", 2);
        Map<String, String> second = settings("second", 3);
        Path file = folder.resolve("models.avro");
        try (TestClients old = new TestClients(KomboConfig.of(first));
                TestClients fresh = new TestClients(KomboConfig.of(second))) {
            learn(old, KomboConfig.of(first));
            assertThat(kombo(first, "export", file.toString()))
                    .matches(answer -> answer.code() == 0)
                    .extracting(Answer::text)
                    .asString()
                    .contains("item-state ", "item-neighbor ", "trainer-state ", "factor-sweep ", "ranker-model ");
            assertThat(kombo(first, "export", file.toString()).text()).contains("already exists");

            refuse(second, file);
            fresh.createTopics(KomboConfig.of(second));
            fresh.publishCatalog(ITEMS);
            fresh.flush();
            assertThat(kombo(second, "import", "--dry-run", file.toString()).text())
                    .contains("Nothing was changed");
            assertThat(kombo(second, "import", file.toString()).text()).contains("Imported");
            assertThat(kombo(second, "import", file.toString()).text()).contains("has already learned");
            replay(fresh, KomboConfig.of(second));
            assertThat(kombo(second, "import", "--replace", file.toString()).text())
                    .contains("Imported");

            try (KomboService was = started(KomboConfig.of(first));
                    KomboService is = started(KomboConfig.of(second))) {
                assertThat(is.engine().models().generations().basis().generation())
                        .isEqualTo(was.engine().models().generations().basis().generation());
                assertThat(is.engine().models().rankerStatus().examples())
                        .isPositive()
                        .isEqualTo(was.engine().models().rankerStatus().examples());
                assertThat(TestClients.shopper(is, "u:user-0"))
                        .as("shoppers stay")
                        .isNotNull();
                // Models of what was imported are published one after the other.
                await().atMost(PATIENCE).until(() -> engagement(is).equals(engagement(was)));
                long views = interactions(was);
                assertThat(interactions(is))
                        .as("what was replayed is not counted twice")
                        .isEqualTo(views);
                for (TestClients clients : List.of(old, fresh)) {
                    clients.send(view(NEWCOMER, EVENTS));
                    clients.flush();
                }
                await().atMost(PATIENCE)
                        .until(() -> !offers(old, KomboConfig.of(first)).isEmpty()
                                && !offers(fresh, KomboConfig.of(second)).isEmpty());
                assertThat(offers(fresh, KomboConfig.of(second))).isEqualTo(offers(old, KomboConfig.of(first)));
                // Its row has all that came before.
                await().atMost(PATIENCE).until(() -> interactions(was) == views + 1 && interactions(is) == views + 1);
            }
        }
    }

    /** Shoppers who look and buy in pairs, until factors and rankers are published. */
    private static void learn(TestClients clients, KomboConfig config) throws Exception {
        clients.createTopics(config);
        clients.publishCatalog(ITEMS);
        clients.flush();
        try (KomboService service = started(config)) {
            Random draw = new Random(1);
            for (int i = 0; i < EVENTS; i++) {
                BehaviorEvent event = view("user-" + i % 50, i);
                event.setItemId("item-" + draw.nextInt(ITEMS));
                if (draw.nextInt(3) == 0) {
                    event.setType(EventType.PURCHASE);
                    event.setOrderId("order-" + i / 50 + "-" + i % 50);
                    event.setUnitPriceMinor(1000L);
                    event.setCurrency("GBP");
                }
                clients.send(event);
                if (event.getType() == EventType.PURCHASE) {
                    clients.send(BehaviorEvent.newBuilder(event)
                            .setEventId("second-" + i)
                            .setItemId("item-" + draw.nextInt(ITEMS))
                            .build());
                }
            }
            clients.flush();
            clients.awaitDrained(config);
            await().atMost(PATIENCE)
                    .until(() -> service.engine().models().generations().basis() != null);
            for (BundleOffer offer :
                    clients.read(config, clients.topics().name(Topic.BUNDLE_OFFER), BundleOffer.class)) {
                BehaviorEvent seen = view(offer.getUserId(), EVENTS);
                seen.setEventId("seen-" + offer.getOfferId());
                seen.setType(EventType.OFFER_IMPRESSION);
                seen.setItemId(null);
                seen.setOfferId(offer.getOfferId());
                clients.send(seen);
            }
            clients.flush();
            clients.awaitDrained(config);
            await().atMost(PATIENCE)
                    .until(() -> service.engine().models().rankerStatus().examples() > 0);
        }
    }

    /** Shoppers whom the other installation counted already. */
    private static void replay(TestClients clients, KomboConfig config) throws Exception {
        try (KomboService service = started(config)) {
            clients.send(view("user-0", 0));
            clients.flush();
            clients.awaitDrained(config);
            await().atMost(PATIENCE).until(() -> TestClients.shopper(service, "u:user-0") != null);
        }
    }

    private static BehaviorEvent view(String user, int number) {
        return BehaviorEvent.newBuilder()
                .setEventId("event-" + number)
                .setUserId(user)
                .setType(EventType.VIEW)
                .setItemId("item-1")
                .setEventTime(START + number * 10_000L)
                .build();
    }

    /** Files that are none, of another kind, cut, or of other factors. */
    private void refuse(Map<String, String> settings, Path whole) throws Exception {
        byte[] bytes = Files.readAllBytes(whole);
        Path file = folder.resolve("bad.avro");
        assertThat(kombo(settings, "import", file.toString()).text()).contains("no such file");
        Files.writeString(file, "item,weight\n");
        assertThat(kombo(settings, "import", file.toString()).text()).contains("cannot be read");
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
        assertThat(kombo(settings, "import", file.toString()).code()).isNotZero();
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(kombo(settings, "import", file.toString()).text()).contains(file.toString());
        assertThat(kombo(settings, "import", "-D", "kombo.learning.factors=96", whole.toString())
                        .text())
                .contains("has vectors of 48 factors, fewer than kombo.learning.factors, which is 96");
    }

    private static KomboService started(KomboConfig config) {
        KomboService service = new KomboService(config);
        service.start();
        service.awaitRunning(PATIENCE);
        return service;
    }

    private static long interactions(KomboService service) {
        return service.engine().models().catalog().model("i:item-1").interactions();
    }

    private static List<EngagementKeys> engagement(KomboService service) {
        return IntStream.range(0, ITEMS / 2)
                .mapToObj(bundle -> service.engine()
                        .models()
                        .catalog()
                        .bundle("bundle-" + 2 * bundle)
                        .engagement())
                .toList();
    }

    private static List<List<OfferedBundle>> offers(TestClients clients, KomboConfig config) {
        return clients.read(config, clients.topics().name(Topic.BUNDLE_OFFER), BundleOffer.class).stream()
                .filter(offer -> offer.getUserId().equals(NEWCOMER))
                .map(BundleOffer::getBundles)
                .toList();
    }

    /** Exit code and all that was printed. */
    private static Answer kombo(Map<String, String> settings, String... arguments) {
        CommandLine line = KomboCommandLine.create(CommandContext.standard(Map.of(), Optional.empty()), List.of());
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        settings.forEach((name, value) -> all.addAll(all.size() - 1, List.of("-D", name + "=" + value)));
        return new Answer(line.execute(all.toArray(String[]::new)), out.toString());
    }

    private Map<String, String> settings(String name, int partitions) {
        return Map.of(
                TrainingSettings.SAMPLING_RATE.name(),
                "1",
                TrainingSettings.PUBLISH_INTERVAL.name(),
                "500",
                ServiceSettings.BOOTSTRAP_SERVERS.name(),
                TestCluster.shared().bootstrapServers(),
                ServiceSettings.REGISTRY_URL.name(),
                "mock://" + name,
                ServiceSettings.APPLICATION_ID.name(),
                name,
                ServiceSettings.TOPIC_PREFIX.name(),
                name + "-",
                ServiceSettings.TOPIC_PARTITIONS.name(),
                Integer.toString(partitions),
                ServiceSettings.STATE_DIR.name(),
                folder.resolve("state").toString());
    }
}
