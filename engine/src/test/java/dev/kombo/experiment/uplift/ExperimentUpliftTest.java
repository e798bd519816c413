package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentUpliftTest {
    private static final Shopper USER = new Shopper("user", null);
    private static final Enrollment TREATED = new Enrollment("e", Accounts.TREATMENT, 1, 0);

    private final ExperimentUplift uplift = new ExperimentUplift();

    @Test
    void shouldBeTooEarlyFromTheFirstEntryOn() {
        Outcome.entered(USER, TREATED, Accounts.halves(), DecisionRule.STANDARD, "e1")
                .addTo(uplift, 100);
        assertThat(uplift.reports()).singleElement().satisfies(measureReport -> {
            assertThat(measureReport.key()).isEqualTo(new ExperimentUplift.Key(Measure.REPEAT_PURCHASE_30D, null));
            assertThat(measureReport.report().comparisons())
                    .extracting(Comparison::verdict)
                    .containsExactly(Verdict.TOO_EARLY);
            assertThat(measureReport.report().sampleRatio().strata()).hasSize(1);
        });
    }

    @Test
    void shouldReportMoneyByCurrencyOnly() {
        Outcome.entered(USER, TREATED, Accounts.halves(), DecisionRule.STANDARD, "e1")
                .addTo(uplift, 100);
        MaturedMeasure.Value pounds = new MaturedMeasure.Value("GBP", 400, 30);
        Outcome.matured(USER, TREATED, new MaturedMeasure("revenue1d", List.of(pounds), null, List.of()), 1)
                .addTo(uplift, 100);
        assertThat(uplift.reports())
                .extracting(ExperimentUplift.MeasureReport::key)
                .containsExactly(
                        new ExperimentUplift.Key(Measure.REVENUE_1D, "GBP"),
                        new ExperimentUplift.Key(Measure.REPEAT_PURCHASE_30D, null));
        ArmMoments moments =
                uplift.reports().get(0).latest().arm(Accounts.TREATMENT).moments();
        assertThat(moments.responseMean()).as("capped").isEqualTo(100);
        assertThat(moments.covariateMean()).isEqualTo(30);
    }

    @Test
    void shouldCompareTheFirstSixteenCurrenciesOnly() {
        Outcome.entered(USER, TREATED, Accounts.halves(), DecisionRule.STANDARD, "e1")
                .addTo(uplift, 100);
        for (char last = 'A'; last <= 'Z'; last++) {
            MaturedMeasure.Value paid = new MaturedMeasure.Value("AA" + last, 40, 0);
            Outcome.matured(USER, TREATED, new MaturedMeasure("revenue1d", List.of(paid), null, List.of()), 1)
                    .addTo(uplift, 100);
        }
        assertThat(uplift.reports())
                .filteredOn(measureReport -> measureReport.key().measure() == Measure.REVENUE_1D)
                .hasSize(16)
                .allSatisfy(measureReport -> assertThat(measureReport
                                .latest()
                                .arm(Accounts.TREATMENT)
                                .moments()
                                .count())
                        .isEqualTo(26));
    }

    @Test
    void shouldTakeNothingOfVisitorsOtherOutcomesAndUnknownMeasures() {
        assertThat(Outcome.entered(USER, TREATED, List.of(), DecisionRule.STANDARD, "e1")
                        .addTo(uplift, 100))
                .isFalse();
        assertThat(Outcome.active(USER, TREATED, "e1", 5).addTo(uplift, 100)).isFalse();
        assertThat(Outcome.matured(USER, TREATED, new MaturedMeasure("tomorrow", List.of(), null, List.of()), 1)
                        .addTo(uplift, 100))
                .isFalse();
        assertThat(uplift.accounts()).isEmpty();
    }

    @Test
    void shouldKeepTheRuleOfTheFirstShopper() {
        DecisionRule first = new DecisionRule(Measure.REPEAT_PURCHASE_30D.label(), 0);
        Outcome.entered(USER, TREATED, Accounts.halves(), first, "e1").addTo(uplift, 100);
        Outcome.entered(USER, TREATED, Accounts.halves(), DecisionRule.STANDARD, "e2")
                .addTo(uplift, 100);
        assertThat(uplift.rule()).isEqualTo(first);
        assertThat(uplift.reports())
                .flatExtracting(measureReport -> measureReport.report().comparisons())
                .extracting(Comparison::part)
                .containsExactly(new Comparison.Part(Role.PRIMARY, 0.05, Spending.ALWAYS));
    }

    @Test
    void shouldShareTheErrorOfAllMeasuresWhenTheFirstShopperCameBeforeThereWereRules() {
        Outcome.entered(USER, TREATED, Accounts.halves(), null, "e1").addTo(uplift, 100);
        Outcome.entered(USER, TREATED, Accounts.halves(), DecisionRule.STANDARD, "e2")
                .addTo(uplift, 100);
        assertThat(uplift.rule()).isNull();
        assertThat(uplift.reports())
                .flatExtracting(measureReport -> measureReport.report().comparisons())
                .extracting(Comparison::part)
                .containsExactly(new Comparison.Part(Role.SHARED, 0.0125, Spending.ALWAYS));
    }
}
