package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.Topic;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.experiment.uplift.Comparison;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.ExperimentUplift.UpliftReport;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.math.StableHash;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.ArmRatio;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ObservedArm;
import dev.kombo.schema.ObservedMeasure;
import dev.kombo.schema.ObservedStratum;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.PlannedEffect;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.UpliftVerdict;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.OutcomeMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentReportFlowTest extends ExperimentFlow {
    @Test
    void shouldSayThatItIsTooEarlyAndCompareInTheTotalAndTheDay() {
        enter(engine.userOf("control"));
        engine.advance(Duration.ofSeconds(2));
        List<ConversionReport> reports = reports();
        assertThat(reports).hasSize(3);
        assertThat(reports)
                .filteredOn(report -> report.getWindow() == ReportWindow.HOUR)
                .allSatisfy(report -> assertThat(report.getComparisons()).isEmpty());
        ConversionReport total = total(reports);
        assertThat(day(reports, 0).getComparisons()).isEqualTo(total.getComparisons());
        assertThat(total.getComparisons()).singleElement().satisfies(comparison -> {
            assertThat(comparison.getMeasure()).isEqualTo("repeatPurchase30d");
            assertThat(comparison.getVerdict()).isEqualTo(UpliftVerdict.TOO_EARLY);
            assertThat(comparison.getUsers()).isZero();
            assertThat(comparison.getBurnIn()).isEqualTo(250);
            assertThat(comparison.getMoreUsers()).isEqualTo(500);
            assertThat(comparison.getMean()).isNull();
        });
        assertThat(total.getSampleRatio().getFits()).isTrue();
    }

    @Test
    void shouldShowTheSampleRatioOfEachVersion() {
        for (int i = 0; i < 20; i++) {
            enter("early-" + i);
        }
        engine.input(engine.topics.name(Topic.STRATEGY), Strategy.class)
                .pipeInput(
                        "default",
                        Strategy.newBuilder()
                                .setPrimaryMeasure("revenue1d")
                                .setVersion(3)
                                .setSalt("test")
                                .setArms(List.of(
                                        StrategyArms.of("control", ArmKind.HOLDOUT, 0.1),
                                        StrategyArms.of("offers", ArmKind.TREATMENT, 0.9)))
                                .build());
        for (int i = 0; i < 20; i++) {
            view("again-" + i, "early-" + i, ENTRY.plusDays(1));
        }
        for (int i = 0; i < 10; i++) {
            enter("late-" + i);
        }
        engine.advance(Duration.ofSeconds(2));

        List<ArmRatio> arms = total(reports()).getSampleRatio().getArms();
        assertThat(arms)
                .extracting(ArmRatio::getStrategyVersion, ArmRatio::getArm, ArmRatio::getExpected)
                .containsExactly(
                        tuple(2L, "control", 10.0),
                        tuple(2L, "offers", 10.0),
                        tuple(3L, "control", 1.0),
                        tuple(3L, "offers", 9.0));
        assertThat(arms.get(0).getEntered() + arms.get(1).getEntered()).isEqualTo(20);
        assertThat(arms.get(2).getEntered() + arms.get(3).getEntered())
                .as("who is in is not counted again")
                .isEqualTo(10);
    }

    @Test
    void shouldReportWhatTheStatisticsSayOfTheSameObservations() throws JsonProcessingException {
        UpliftAccount byHand = new UpliftAccount();
        byHand.open(2, engine.models.strategy().plan().arms());
        for (int i = 0; i < 640; i++) {
            String user = "shopper-" + i;
            Arm arm = engine.models.strategy().plan().assign(user);
            long draw = StableHash.of(user);
            int prior = (int) Math.floorMod(draw, 900L);
            int paid =
                    prior + (int) Math.floorMod(draw >> 20, 600L) + (arm.name().equals("offers") ? 700 : 0);
            if (i % 100 == 0) {
                paid += 5_000;
            }
            buy("before-" + i, user, prior, Duration.ofMinutes(1));
            enter(user);
            if (i % 3 != 0) {
                buy("buy-" + i, user, paid, ENTRY.plusHours(1));
            }
            byHand.enter(2, arm.name());
            byHand.add(new UserObservation(arm.name(), 2, i % 3 == 0 ? 0 : Math.min(CAP, paid), prior));
        }
        engine.advance(Duration.ofDays(2));
        engine.advance(Duration.ofSeconds(2));

        ExperimentUplift replayed = new ExperimentUplift();
        for (OfferOutcome outcome : engine.outcomes()) {
            Objects.requireNonNull(OutcomeMapper.toDomain(outcome)).addTo(replayed, CAP);
        }
        UpliftAccount account = replayed.accounts().get(new ExperimentUplift.Key(Measure.REVENUE_1D, "GBP"));
        for (StratumArm arm : byHand.strata().iterator().next().arms()) {
            ArmMoments moments =
                    account.strata().iterator().next().arm(arm.name()).moments();
            assertThat(moments.responseMean()).isCloseTo(arm.moments().responseMean(), within(1e-9));
            assertThat(moments.responseSquares()).isCloseTo(arm.moments().responseSquares(), withinPercentage(1e-9));
        }
        UpliftReport expected = replayed.report(Measure.REVENUE_1D, account);
        Comparison byStatistics = expected.comparison("offers", "control");
        ConversionReport total = total(reports());
        ArmComparison reported = total.getComparisons().stream()
                .filter(comparison -> comparison.getMeasure().equals("revenue1d"))
                .findFirst()
                .orElseThrow();
        Role role = Role.valueOf(reported.getRole().name());
        assertThat(UpliftReport.of(
                        account(asJson(total), "revenue1d"), UpliftSettings.standard(), role, Long.MAX_VALUE))
                .as("computed from the JSON of the report alone")
                .isEqualTo(expected);
        assertThat(reported.getError()).isEqualTo(byStatistics.part().error());
        assertThat(reported.getCurrency()).isEqualTo("GBP");
        assertThat(reported.getArm()).isEqualTo("offers");
        assertThat(reported.getReference()).isEqualTo("control");
        assertThat(reported.getVerdict()).isEqualTo(UpliftVerdict.WINNING);
        assertThat(byStatistics.verdict().name()).isEqualTo("WINNING");
        assertThat(reported.getUsers()).isEqualTo(byStatistics.estimate().armUsers());
        assertThat(reported.getUsers() + reported.getReferenceUsers()).isEqualTo(640);
        assertThat(reported.getMean()).isEqualTo(byStatistics.estimate().armMean());
        assertThat(reported.getDifference()).isEqualTo(byStatistics.estimate().difference());
        assertThat(reported.getDifferenceLow())
                .isEqualTo(byStatistics.difference().low());
        assertThat(reported.getDifferenceHigh())
                .isEqualTo(byStatistics.difference().high());
        assertThat(reported.getRelative()).isEqualTo(byStatistics.estimate().relative());
        assertThat(reported.getRelativeLow()).isEqualTo(byStatistics.relative().low());
        assertThat(total.getSampleRatio().getFits()).isTrue();
        assertThat(total.getSampleRatio().getPValue())
                .isCloseTo(expected.sampleRatio().pValue(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 29})
    void shouldCompareTheSameShoppersHoweverLateTheyAreObserved(int steps) {
        for (int i = 0; i < 1_200; i++) {
            String user = "shopper-" + i;
            boolean offered =
                    engine.models.strategy().plan().assign(user).name().equals("offers");
            enter(user);
            long draw = Math.floorMod(StableHash.of(user), 4L);
            if (draw < (offered ? 2 : 1)) {
                buy("buy-" + i, user, 1_000 + i % 50, draw == 0 ? ENTRY.plusHours(3) : ENTRY.plusDays(20));
            }
            if (i == 600) {
                engine.advance(Duration.ofSeconds(2));
            }
        }
        // At once, as after an outage, who has bought is told of after all others.
        for (int step = 0; step < steps; step++) {
            engine.advance(Duration.ofDays(29 / steps));
        }
        for (int minute = 0; minute < 10; minute++) {
            engine.advance(Duration.ofMinutes(1));
        }
        engine.advance(Duration.ofSeconds(2));

        ConversionReport total = total(reports());
        assertThat(total.getComparisons())
                .filteredOn(comparison -> comparison.getMeasure().equals("revenue28d"))
                .singleElement()
                .satisfies(comparison -> {
                    assertThat(comparison.getUsers() + comparison.getReferenceUsers())
                            .isEqualTo(1_200);
                    assertThat(comparison.getDifference())
                            .as("that of the means: nothing was known of them")
                            .isCloseTo(297.33, within(0.01));
                });
        assertThat(total.getComparisons())
                .filteredOn(comparison -> comparison.getMeasure().equals("conversion28d"))
                .singleElement()
                .satisfies(comparison -> {
                    assertThat(comparison.getMean()).isCloseTo(0.5, within(0.05));
                    assertThat(comparison.getReferenceMean()).isCloseTo(0.25, within(0.05));
                });
        assertThat(total.getPlan()).extracting(PlannedEffect::getEffect).startsWith(0.02, 0.05);
    }

    /** What a reader of the report's JSON knows. */
    private static ConversionReport asJson(ConversionReport total) throws JsonProcessingException {
        String text = AvroJson.write(total).toString();
        AvroJson.Read<ConversionReport> read = AvroJson.read(new ObjectMapper().readTree(text), ConversionReport.class);
        assertThat(read.faults()).isEmpty();
        return read.record();
    }

    /** The account that the moments of a report describe. */
    private static UpliftAccount account(ConversionReport total, String measure) {
        UpliftAccount account = new UpliftAccount();
        List<ObservedStratum> strata = total.getObservations().stream()
                .filter(observed -> observed.getMeasure().equals(measure))
                .map(ObservedMeasure::getStrata)
                .findFirst()
                .orElseThrow();
        for (ObservedStratum stored : strata) {
            StratumAccount stratum = new StratumAccount(stored.getStrategyVersion());
            for (ObservedArm arm : stored.getArms()) {
                stratum.restore(new StratumArm(
                        arm.getName(),
                        Arm.Kind.valueOf(arm.getKind()),
                        arm.getShare(),
                        arm.getEntered(),
                        new ArmMoments(
                                arm.getObserved(),
                                arm.getResponseMean(),
                                arm.getCovariateMean(),
                                arm.getResponseSquares(),
                                arm.getCovariateSquares(),
                                arm.getProducts())));
            }
            account.restore(stratum);
        }
        return account;
    }

    @Test
    void shouldKeepHowTheArmsComparedAtTheLastLookOfEachDay() {
        String user = engine.userOf("offers");
        enter(user);
        buy("buy", user, 1500, ENTRY.plusHours(1));
        engine.advance(Duration.ofSeconds(2));
        List<ConversionReport> reports = reports();
        assertThat(measures(day(reports, 0))).containsExactly("repeatPurchase30d");

        engine.advance(Duration.ofDays(2));
        engine.advance(Duration.ofSeconds(2));
        reports = reports();
        ConversionReport first = day(reports, 0);
        assertThat(measures(first))
                .as("told again without an event of the day, when something matured")
                .containsExactly("revenue1d", "repeatPurchase30d");
        assertThat(first.getComparisons()).isEqualTo(total(reports).getComparisons());
        assertThat(first.getArms()).isNotEmpty();

        enter(engine.userOf("control"), ENTRY.plusDays(3));
        buy("more", user, 100, ENTRY.plusDays(10));
        engine.advance(Duration.ofSeconds(2));
        reports = reports();
        assertThat(day(reports, 10).getComparisons())
                .isEqualTo(total(reports).getComparisons())
                .isNotEqualTo(first.getComparisons());
        assertThat(reports).extracting(ConversionReport::getWindowStart).doesNotContain(first.getWindowStart());

        Map<String, Map<Object, Object>> stored = engine.stored();
        open();
        engine.restore(stored);
        enter(engine.userOf("offers", 1), ENTRY.plusHours(2));
        engine.advance(Duration.ofSeconds(2));
        reports = reports();
        assertThat(day(reports, 0).getComparisons())
                .as("a late event belongs to the day, today's look does not")
                .isEqualTo(first.getComparisons());
        assertThat(day(reports, 0).getArms()).isNotEqualTo(first.getArms());
    }

    private static List<String> measures(ConversionReport report) {
        return report.getComparisons().stream().map(ArmComparison::getMeasure).toList();
    }
}
