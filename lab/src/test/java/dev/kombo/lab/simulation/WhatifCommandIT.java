package dev.kombo.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.Outcome;
import dev.kombo.cli.KomboCommandLine;
import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.offpolicy.Estimator;
import dev.kombo.experiment.offpolicy.Overlap;
import dev.kombo.experiment.offpolicy.PolicyEstimate;
import dev.kombo.instance.CommandContext;
import dev.kombo.lab.kafka.EmbeddedKafka;
import dev.kombo.lab.simulation.SimulationSettings.BasketKind;
import dev.kombo.ranking.slate.RankingSettings;
import dev.kombo.serde.DecisionMapper;
import dev.kombo.serde.OutcomeMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command reads from a broker what a simulation logged. */
class WhatifCommandIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldJudgeAStrategyByWhatIsOnTheTopicsAndRefuseOneThatTheLogCannotTellOf() throws Exception {
        Arm logging = JudgedWorld.revenue(1, Double.NaN);
        Arm candidate = JudgedWorld.revenue(0.6, Double.NaN);
        SimulationSettings settings = new SimulationSettings(
                1, 300, 16, 2, 0.3, BasketKind.SMALL, Timetable.fast(), WorldVariant.STANDARD, false);
        JudgedWorld world = new JudgedWorld(settings, logging, List.of(candidate));
        PolicyEstimate expected = (PolicyEstimate)
                world.judged(0).slates().value(Estimator.INVERSE_PROPENSITY, Overlap.Limits.standard());
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("broker"))) {
            KomboConfig config = KomboConfig.of(Map.of(
                    ServiceSettings.BOOTSTRAP_SERVERS.name(),
                    broker.bootstrapServers(),
                    ServiceSettings.REGISTRY_URL.name(),
                    "mock://whatif",
                    ServiceSettings.TOPIC_PARTITIONS.name(),
                    "2"));
            publish(config, world);

            assertThat(whatif(config, strategy("REVENUE", 0.6)))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString())
                    .contains("slates")
                    .contains(String.format(Locale.ROOT, "%,.5f", expected.value()))
                    .contains(String.format(
                            Locale.ROOT, "%,.5f", expected.interval().high()))
                    .contains("cascade doubly robust");

            assertThat(whatif(config, strategy("CONVERSION", 1))).isEqualTo(1);
            assertThat(out.toString()).contains("UNSUPPORTED_CHOICES");
        }
    }

    private static void publish(KomboConfig config, JudgedWorld world) throws Exception {
        Topics topics = Topics.of(config);
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.createMissing(topics.all());
        }
        try (AvroSerdes serdes = new AvroSerdes(config.avroSettings());
                KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", config.get(ServiceSettings.BOOTSTRAP_SERVERS)),
                        new StringSerializer(),
                        serdes.value(SpecificRecord.class).serializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (LoggedDecision decision : world.decisions()) {
                sent.add(producer.send(new ProducerRecord<>(
                        topics.name(Topic.DECISION_LOG), decision.offerId(), DecisionMapper.toAvro(decision))));
            }
            for (Outcome outcome : world.outcomes()) {
                sent.add(producer.send(new ProducerRecord<>(
                        topics.name(Topic.OFFER_OUTCOME),
                        outcome.experiment(),
                        OutcomeMapper.toAvro(List.of(outcome), id -> id))));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private Path strategy(String objective, double temperature) throws IOException {
        return Files.writeString(folder.resolve("strategy.json"), """
            {"version": 2, "salt": "judged", "arms": [
              {"name": "treatment", "kind": "TREATMENT", "share": 1, "objective": "%s", "temperature": %s}]}
            """.formatted(objective, temperature));
    }

    private int whatif(KomboConfig config, Path strategy) {
        return run("whatif", config, strategy);
    }

    private int run(String command, KomboConfig config, Path strategy) {
        CommandLine line = KomboCommandLine.create(CommandContext.standard(Map.of(), Optional.empty()), List.of());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(
                command,
                "--strategy",
                strategy.toString(),
                "-D",
                ServiceSettings.BOOTSTRAP_SERVERS.name() + "=" + config.get(ServiceSettings.BOOTSTRAP_SERVERS),
                "-D",
                ServiceSettings.REGISTRY_URL.name() + "=mock://whatif",
                "-D",
                // As in simulated worlds, whose slates have no floor.
                RankingSettings.ODDS_MIN.name() + "=0");
    }
}
