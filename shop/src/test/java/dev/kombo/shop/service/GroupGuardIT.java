package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.service.KomboService;
import dev.kombo.service.StreamsSettings;
import dev.kombo.shop.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances of a release that stores its data in another way: the group never has them together with those of this. */
class GroupGuardIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** What is the same for all earlier instances is Kafka Streams' own assignor. */
    private KafkaStreams earlier(KomboConfig config, String name) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        Topics.of(config).name(Topic.BEHAVIOR_EVENT),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .foreach((key, value) -> {});
        Properties settings = StreamsSettings.of(config);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve(name).toString());
        KafkaStreams streams = new KafkaStreams(builder.build(), settings);
        streams.setUncaughtExceptionHandler(cause -> {
            failure.set(cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        return streams;
    }

    @Test
    void shouldWaitForEarlierInstancesToStopAndKeepThemOut() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"))) {
            Map<String, String> settings = new HashMap<>();
            settings.put(ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers());
            settings.put(ServiceSettings.REGISTRY_URL.name(), "mock://group-guard");
            settings.put(
                    ServiceSettings.STATE_DIR.name(), folder.resolve("state").toString());
            KomboConfig config = KomboConfig.of(settings);
            try (TestClients clients = new TestClients(config);
                    KomboService service = new KomboService(config)) {
                clients.createTopics(config);
                CompletableFuture<Void> start;
                try (KafkaStreams before = earlier(config, "before")) {
                    before.start();
                    await(() -> before.state() == KafkaStreams.State.RUNNING);
                    start = CompletableFuture.runAsync(service::start);
                    await(() -> service.waitsFor()
                            .startsWith("instances of another release to leave the group kombo: kombo-"));
                    assertThat(start).isNotDone();
                    assertThat(before.state()).isEqualTo(KafkaStreams.State.RUNNING);
                }
                start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                service.awaitRunning(PATIENCE);
                assertThat(service.waitsFor()).isEmpty();
                try (KafkaStreams back = earlier(config, "back")) {
                    back.start();
                    await(() -> back.state().hasCompletedShutdown());
                }
                assertThat(failure.get()).hasRootCauseInstanceOf(InconsistentGroupProtocolException.class);
                assertThat(service.serves()).isTrue();
            }
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).until(condition);
    }
}
