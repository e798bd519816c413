package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.config.Topic;
import dev.kombo.engine.report.DayComparisons;
import dev.kombo.engine.report.ReportKeys;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmRatio;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.EventType;
import dev.kombo.schema.MeasuredValue;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.PlannedArm;
import dev.kombo.schema.Strategy;
import dev.kombo.topology.task.StoreNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** Users that enter an experiment, what they pay afterwards, and what the report says of the arms. */
class ExperimentFlowTest extends ExperimentFlow {
    @Test
    void shouldTellOfEachWindowOnceWhenTimeHasPassedWithoutAnEvent() {
        String user = engine.userOf("control");
        buy("before", user, 400, Duration.ofMinutes(1));
        enter(user);
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .singleElement()
                .satisfies(entered -> assertThat(entered.getPlannedArms())
                        .containsExactly(
                                new PlannedArm("control", "HOLDOUT", 0.5), new PlannedArm("offers", "TREATMENT", 0.5)));
        buy("buy", user, 1500, ENTRY.plusHours(2));
        giveBack("back", user, 500, ENTRY.plusDays(3));

        assertThat(histories()).isNotEmpty();
        engine.advance(Duration.ofDays(5));
        assertThat(histories()).as("that a window ended is in the profile").isEmpty();
        List<OfferOutcome> matured = engine.outcomes(OutcomeKind.MATURED);
        assertThat(matured)
                .extracting(OfferOutcome::getMeasure)
                .as("the day on the next event, the week by a timer")
                .containsExactly("revenue1d", "revenue7d");
        assertThat(matured.get(0).getMeasured()).containsExactly(new MeasuredValue("GBP", 1500.0, 400.0));
        assertThat(matured.get(1).getMeasured()).containsExactly(new MeasuredValue("GBP", 1000.0, 400.0));
        assertThat(matured.get(1).getEventTime()).isEqualTo(timeOf(ENTRY.plusDays(7)));
        assertThat(matured.get(1).getExperiment()).isEqualTo("test");
        assertThat(matured.get(1).getArm())
                .as("the holdout is observed like everyone")
                .isEqualTo("control");
        assertThat(matured.get(1).getStrategyVersion()).isEqualTo(2);

        engine.advance(Duration.ofDays(60));
        engine.advance(Duration.ofDays(1));
        assertThat(engine.outcomes(OutcomeKind.MATURED))
                .extracting(OfferOutcome::getMeasure)
                .containsExactly("revenue28d", "repeatPurchase30d");
        assertThat(engine.shopper("u:" + user).observations().entries()).isEmpty();
    }

    private List<?> histories() {
        return engine.driver
                .createOutputTopic(
                        "kombo-test-user-history-changelog", new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Test
    void shouldCountADuplicateOnceAndALateReturnNotAtAll() {
        String user = engine.userOf("offers");
        enter(user);
        buy("buy", user, 1500, ENTRY.plusHours(2));
        buy("buy", user, 1500, ENTRY.plusHours(2));
        // After the day, and for the week only.
        giveBack("back", user, 300, ENTRY.plusHours(25));
        giveBack("back", user, 300, ENTRY.plusHours(25));
        view("late", user, ENTRY.plusDays(8));
        giveBack("too-late", user, 700, ENTRY.plusDays(6));
        assertThat(engine.outcomes(OutcomeKind.MATURED))
                .extracting(
                        OfferOutcome::getMeasure,
                        outcome -> outcome.getMeasured().get(0).getResponse())
                .containsExactly(tuple("revenue1d", 1500.0), tuple("revenue7d", 1200.0));
    }

    @Test
    void shouldGoOnWithWhatIsStoredWhenRestarted() {
        String user = engine.userOf("offers");
        enter(user);
        // Tells of the day, which it is too late for.
        buy("buy", user, 1500, ENTRY.plusHours(25));
        assertThat(engine.outcomes(OutcomeKind.MATURED)).hasSize(1);
        Map<String, Map<Object, Object>> stored = engine.stored();
        open();
        engine.restore(stored);
        buy("buy", user, 1500, ENTRY.plusHours(25));
        buy("more", user, 100, ENTRY.plusDays(3));
        engine.advance(Duration.ofDays(80));
        engine.advance(Duration.ofSeconds(1));
        assertThat(engine.outcomes(OutcomeKind.MATURED))
                .extracting(
                        OfferOutcome::getMeasure,
                        outcome -> outcome.getMeasured().get(0).getResponse())
                .as("the day is not told again, the others hold what was bought before and after")
                .containsExactly(
                        tuple("revenue7d", 1600.0), tuple("revenue28d", 1600.0), tuple("repeatPurchase30d", 1.0));
        engine.advance(Duration.ofSeconds(2));
        ConversionReport total = total(reports());
        assertThat(total.getComparisons())
                .extracting(ArmComparison::getMeasure, ArmComparison::getUsers)
                .as("nobody paid anything on the first day, in any currency")
                .containsExactly(
                        tuple("revenue7d", 1L),
                        tuple("revenue28d", 1L),
                        tuple("repeatPurchase30d", 1L),
                        tuple("returnRate28d", 1L),
                        tuple("dismissalRate28d", 1L),
                        tuple("conversion28d", 1L));
        assertThat(total.getSampleRatio().getArms())
                .extracting(ArmRatio::getArm, ArmRatio::getEntered)
                .containsExactly(tuple("control", 0L), tuple("offers", 1L));
    }

    @Test
    void shouldNotObserveVisitors() {
        engine.send(EngineDriver.visit("v1", "visit", EventType.VIEW, ENTRY).setItemId("a"));
        assertThat(engine.outcomes(OutcomeKind.ENTERED)).singleElement().satisfies(entered -> {
            assertThat(entered.getExperiment()).isEqualTo("test/visitors");
            assertThat(entered.getPlannedArms()).isNull();
        });
        assertThat(engine.shopper("s:visit").observations().entries()).isEmpty();
        engine.advance(Duration.ofSeconds(2));
        assertThat(reports()).allSatisfy(report -> {
            assertThat(report.getComparisons()).isEmpty();
            assertThat(report.getSampleRatio()).isNull();
        });
    }

    @Test
    void shouldForgetALookWithItsDay() {
        enter(engine.userOf("offers"));
        engine.advance(Duration.ofSeconds(2));
        assertThat(engine.contents(StoreNames.COMPARISON_HISTORY)).hasSize(1);

        enter(engine.userOf("control"), ENTRY.plusDays(450));
        engine.advance(Duration.ofMinutes(2));

        assertThat(engine.<DayComparisons>contents(StoreNames.COMPARISON_HISTORY)
                        .values())
                .extracting(DayComparisons::dayStart)
                .containsExactly(WindowKind.DAY.startOf(timeOf(ENTRY.plusDays(450))));
    }

    @Test
    void shouldForgetAnExperimentThatIsOver() {
        enter(engine.userOf("offers"));
        engine.advance(Duration.ofSeconds(2));
        engine.publish(Strategy.newBuilder()
                .setVersion(3)
                .setSalt("next")
                .setArms(HALVES)
                .build());
        enter(engine.userOf("offers"), ENTRY.plusDays(300));
        engine.advance(Duration.ofMinutes(2));
        assertThat(experiments()).containsExactlyInAnyOrder("test", "next");
        assertThat(engine.contents(StoreNames.BUNDLE_ACCOUNT)).hasSize(2);

        enter(engine.userOf("offers", 1), ENTRY.plusDays(402));
        engine.advance(Duration.ofMinutes(2));
        assertThat(experiments()).containsExactly("next");
        assertThat(engine.contents(StoreNames.BUNDLE_ACCOUNT)).hasSize(1);
        assertThat(engine.contents(StoreNames.UPLIFT_ACCOUNT)).containsOnlyKeys("next");
        assertThat(engine.output(engine.topics.name(Topic.CONVERSION_REPORT), ConversionReport.class))
                .filteredOn(report -> report.value == null)
                .extracting(report -> report.key)
                .contains(ReportKeys.window("test", WindowKind.TOTAL, 0))
                .doesNotContain(ReportKeys.window("next", WindowKind.TOTAL, 0));
    }

    @Test
    void shouldKeepAQuietExperimentUntilAllIsToldAndThenNothingOfIt() {
        open("7");
        enter(engine.userOf("offers"));
        engine.advance(Duration.ofSeconds(2));
        engine.publish(Strategy.newBuilder()
                .setVersion(3)
                .setSalt("next")
                .setArms(HALVES)
                .build());
        view("next", engine.userOf("control"), ENTRY.plusDays(67));
        engine.advance(Duration.ofMinutes(2));
        assertThat(experiments()).containsExactlyInAnyOrder("test", "next");
        Object observed = engine.store(StoreNames.UPLIFT_ACCOUNT).get("test");
        assertThat(observed).isNotNull();

        view("later", engine.userOf("control", 1), ENTRY.plusDays(70));
        engine.advance(Duration.ofMinutes(2));
        assertThat(experiments()).containsExactly("next");
        // As what is told late leaves it.
        engine.store(StoreNames.UPLIFT_ACCOUNT).put("test", observed);
        view("last", engine.userOf("control", 2), ENTRY.plusDays(70));
        engine.advance(Duration.ofMinutes(2));
        assertThat(engine.contents(StoreNames.UPLIFT_ACCOUNT)).containsOnlyKeys("next");
    }

    private Set<String> experiments() {
        return engine.<ExperimentAccount>contents(StoreNames.EXPERIMENT_ACCOUNT).values().stream()
                .map(ExperimentAccount::experiment)
                .collect(Collectors.toSet());
    }

    private void giveBack(String eventId, String user, long minor, Duration at) {
        engine.send(EngineDriver.event(eventId, user, EventType.RETURN, at)
                .setItemId("b")
                .setUnitPriceMinor(minor)
                .setCurrency("GBP"));
    }
}
