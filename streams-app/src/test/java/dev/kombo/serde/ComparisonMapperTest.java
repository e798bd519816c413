package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.client.TrustedRecords;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonMapperTest {
    private static final long DAY = 86_400_000L;
    private static final int PLANNED = 600;
    private static final StrategyPlan PLAN = new StrategyPlan(
            1,
            "s",
            List.of(new Arm("holdout", Arm.Kind.HOLDOUT, 0.5), new Arm("treatment", Arm.Kind.TREATMENT, 0.5)),
            0,
            1);

    @Test
    void shouldDivideRevenueByConversionOnlyWhileBothAreOfTheSameUsers() {
        ExperimentUplift uplift = new ExperimentUplift();
        observe(uplift, 0, PLANNED);
        assertThat(report(uplift).getParts()).singleElement().satisfies(parts -> {
            assertThat(parts.getConversion()).isCloseTo(0.5, within(1e-9));
            assertThat(parts.getPaidMinor()).isCloseTo(1_000, within(1e-6));
        });

        observe(uplift, PLANNED, PLANNED + 2);

        assertThat(report(uplift).getParts())
                .as("conversion goes on after the planned end of revenue")
                .isEmpty();
    }

    @Test
    void shouldExplainNothingWhenUsersWereNotAssignedInThePlannedShares() {
        ExperimentUplift uplift = new ExperimentUplift();
        observe(uplift, 0, PLANNED);
        assertThat(report(uplift).getExplored()).isNotEmpty();
        for (int i = 0; i < PLANNED; i++) {
            uplift.enter(1, "holdout", PLAN.arms(), uplift.rule());
        }

        ConversionReport broken = report(uplift);

        assertThat(broken.getSampleRatio().getFits()).isFalse();
        assertThat(broken.getExplored()).isEmpty();
        assertThat(broken.getParts()).isEmpty();
    }

    /**
     * Pairs of users, of whom every second pair orders for 1,000; those beyond the planned end are observed a day
     * later.
     */
    private static void observe(ExperimentUplift uplift, int from, int to) {
        for (int i = from; i < to; i++) {
            String arm = PLAN.arms().get(i % 2).name();
            boolean ordered = i % 4 < 2;
            uplift.enter(1, arm, PLAN.arms(), new DecisionRule("revenue28d", PLANNED));
            List<MaturedMeasure.Value> paid = List.of(new MaturedMeasure.Value("EUR", ordered ? 1_000 : 0, 0));
            List<MaturedMeasure.Value> orders = List.of(new MaturedMeasure.Value(null, ordered ? 1 : 0, 0));
            uplift.mature(
                    1,
                    arm,
                    new MaturedMeasure(
                            "revenue28d", paid, null, List.of(new MaturedMeasure.Other("conversion28d", orders))),
                    Measure.REVENUE_28D.millis() + (i < PLANNED ? 0 : DAY),
                    100_000);
        }
    }

    private static ConversionReport report(ExperimentUplift uplift) {
        TrustedRecords.install();
        ConversionReport total = ConversionReport.newBuilder()
                .setExperiment("s")
                .setWindow(ReportWindow.TOTAL)
                .setWindowStart(0)
                .setLastEventTime(0)
                .setArms(List.of())
                .build();
        return ComparisonMapper.complete(total, UpliftMapper.toAvro(uplift), PLAN, 0);
    }
}
