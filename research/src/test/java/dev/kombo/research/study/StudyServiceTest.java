package dev.kombo.research.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.Outcome;
import dev.kombo.config.Topic;
import dev.kombo.engine.EngineSettings;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.research.ServiceDriver;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.TestInputTopic;
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

        try (ServiceDriver service = new ServiceDriver(state, Map.of(), EngineSettings::new, Instant.EPOCH)) {
            TestInputTopic<String, SpecificRecord> input = service.input(Topic.OFFER_OUTCOME);
            for (Outcome outcome : outcomes) {
                input.pipeInput(outcome.experiment(), OutcomeMapper.toAvro(List.of(outcome), UnaryOperator.identity()));
            }
            service.driver().advanceWallClockTime(Duration.ofMinutes(1));

            KeyValueStore<String, ExperimentUplift> stored =
                    service.driver().getKeyValueStore(StoreNames.UPLIFT_ACCOUNT);
            Serializer<ExperimentUplift> values = new StoredValues(service.serdes(), service.settings())
                    .uplifts()
                    .serializer();
            assertThat(values.serialize("", stored.get(outcomes.get(0).experiment())))
                    .as("cap, covariates and rule")
                    .isEqualTo(values.serialize("", run.uplift()));
            List<ConversionReport> reports = service.values(Topic.CONVERSION_REPORT, ConversionReport.class);
            assertThat(reports)
                    .filteredOn(report -> report.getWindow() == ReportWindow.TOTAL)
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
