package dev.kombo.research.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.Outcome;
import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.metric.Counters;
import dev.kombo.ops.Metrics;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.ReportWindow;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.StoredValues;
import dev.kombo.service.StreamsSettings;
import dev.kombo.topology.BundleTopology;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The study runs as the service does: the service, with its default settings, comes to the same from the same outcomes.
 */
class StudyServiceTest {
    private static final long SEED = 7;
    private static final Scenario SCENARIO =
            new Scenario("A/B", List.of(new Phase(1500, Scenario.arms(0.3, 0.2, 0.5), 10)), Map.of());

    @TempDir
    Path state;

    @Test
    void shouldReportWhatTheServiceReportsOfTheSameOutcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        StudyRun run = StudyRun.play(SCENARIO, new Truth(SCENARIO, 1000, SEED), SEED, 1, outcomes::add);
        assertThat(outcomes.stream().filter(StudyServiceTest::overTheCap))
                .as("shoppers whose response depends on the cap")
                .isNotEmpty();

        KomboConfig config = KomboConfig.of(Map.of(
                ServiceSettings.REGISTRY_URL.name(),
                "mock://" + UUID.randomUUID(),
                ServiceSettings.TOPIC_PARTITIONS.name(),
                "1"));
        EngineSettings settings = new EngineSettings(config);
        Topics topics = Topics.of(config);
        Counters counters = new Counters();
        Properties properties = StreamsSettings.of(config);
        properties.put("state.dir", state.toString());
        try (AvroSerdes serdes = new AvroSerdes(config.avroSettings());
                Metrics metrics = new Metrics(counters);
                TopologyTestDriver driver = new TopologyTestDriver(
                        new BundleTopology(new EngineContext(
                                        settings,
                                        topics,
                                        serdes,
                                        new LiveModels(settings, settings.get(ServiceSettings.TOPIC_PARTITIONS)),
                                        counters,
                                        metrics.measurements()))
                                .build(),
                        properties,
                        Instant.EPOCH)) {
            TestInputTopic<String, OfferOutcomes> input = driver.createInputTopic(
                    topics.name(Topic.OFFER_OUTCOME),
                    new StringSerializer(),
                    serdes.value(OfferOutcomes.class).serializer());
            for (Outcome outcome : outcomes) {
                input.pipeInput(outcome.experiment(), OutcomeMapper.toAvro(List.of(outcome), UnaryOperator.identity()));
            }
            driver.advanceWallClockTime(Duration.ofMinutes(1));

            KeyValueStore<String, ExperimentUplift> stored = driver.getKeyValueStore(StoreNames.UPLIFT_ACCOUNT);
            Serializer<ExperimentUplift> values =
                    new StoredValues(serdes, settings).uplifts().serializer();
            assertThat(values.serialize("", stored.get(outcomes.get(0).experiment())))
                    .as("cap, covariates and rule")
                    .isEqualTo(values.serialize("", run.uplift()));
            List<ConversionReport> reports = driver.createOutputTopic(
                            topics.name(Topic.CONVERSION_REPORT),
                            new StringDeserializer(),
                            serdes.value(ConversionReport.class).deserializer())
                    .readValuesToList();
            assertThat(reports)
                    .filteredOn(report -> report != null && report.getWindow() == ReportWindow.TOTAL)
                    .last()
                    .satisfies(report -> assertThat(report.getComparisons())
                            .filteredOn(one -> one.getMeasure().equals("revenue28d"))
                            .extracting(StudyServiceTest::interval)
                            .containsExactlyElementsOf(intervals(run)));
        }
    }

    private static boolean overTheCap(Outcome outcome) {
        return outcome.matured() != null
                && outcome.matured().values().stream().anyMatch(value -> value.response() > SpendingModel.CAP_MINOR);
    }

    private static List<Object> interval(ArmComparison reported) {
        return List.of(
                reported.getArm(),
                reported.getReference(),
                reported.getError(),
                reported.getBurnIn(),
                reported.getDifferenceLow(),
                reported.getDifferenceHigh());
    }

    private static List<List<Object>> intervals(StudyRun run) {
        ExperimentUplift uplift = run.uplift();
        return StudyRun.report(uplift).comparisons().stream()
                .map(each -> List.<Object>of(
                        each.arm(),
                        each.reference(),
                        each.part().error(),
                        StudyRun.SETTINGS.burnIn(),
                        each.difference().low(),
                        each.difference().high()))
                .toList();
    }
}
