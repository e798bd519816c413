package dev.kombo.research.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.console.MarkdownTable;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.GuardrailReading;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.shop.simulation.HashedDraws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a guardrail with margin 0 on revenue in 28 days stops a treatment that costs revenue, and one that does
 * not: {@code mvn -Pstudy -pl research -am test -Dtest=GuardrailStudyTest}. Writes the table of topology-docs/uplift.md to
 * {@code research/target/guardrails.md}.
 */
class GuardrailStudyTest {
    private static final int RUNS = Integer.getInteger("study.runs", 2000);
    private static final long SEED = Long.getLong("study.seed", 1);
    private static final Effect LOSS_25 = new Effect(0.75, 1);
    private static final Effect LOSS_10 = new Effect(0.9, 1);

    /** An experiment of one version: the treatment's effect, the shares, and how many shoppers are observed. */
    private record Case(String name, Effect effect, double holdout, double popularity, int users) {
        List<Arm> arms() {
            List<Arm> arms = new ArrayList<>();
            arms.add(new Arm(Scenario.HOLDOUT, Arm.Kind.HOLDOUT, holdout));
            if (popularity > 0) {
                arms.add(new Arm(Scenario.POPULARITY, Arm.Kind.BASELINE, popularity));
            }
            arms.add(new Arm(Scenario.TREATMENT, Arm.Kind.TREATMENT, 1 - holdout - popularity));
            return arms;
        }
    }

    @Test
    void shouldStopALossSoonAndNothingElse() {
        assertThat(stoppedPart(stops(new Case("-25 %", LOSS_25, 0.5, 0, 12_000), 60)))
                .isGreaterThan(0.65);
        assertThat(stoppedPart(stops(new Case("A/A", Effect.NONE, 0.5, 0, 12_000), 60)))
                .isLessThan(0.12);
    }

    @Test
    @Tag("study")
    void shouldStopLossesWithinTheStatedNumbersOfShoppers() throws IOException {
        List<Case> cases = List.of(
                new Case("-25 %, equal shares", LOSS_25, 0.5, 0, 12_000),
                new Case("-10 %, equal shares", LOSS_10, 0.5, 0, 80_000),
                new Case("A/A, equal shares", Effect.NONE, 0.5, 0, 80_000),
                new Case("-25 %, standard strategy", LOSS_25, 0.1, 0.1, 80_000),
                new Case("A/A, standard strategy", Effect.NONE, 0.1, 0.1, 80_000));
        MarkdownTable table = new MarkdownTable("treatment", "shoppers", "stopped", "at (median)");
        for (Case each : cases) {
            int[] stops = stops(each, RUNS);
            int[] stopped = IntStream.of(stops).filter(at -> at > 0).sorted().toArray();
            double part = stoppedPart(stops);
            table.row(
                    each.name(),
                    String.format(Locale.ROOT, "%,d", each.users()),
                    String.format(Locale.ROOT, "%.2f ± %.2f %%", 100 * part, 100 * Math.sqrt(part * (1 - part) / RUNS)),
                    stopped.length == 0 ? "" : String.format(Locale.ROOT, "%,d", stopped[stopped.length / 2]));
            Files.writeString(Path.of("target", "guardrails.md"), table + "\n");
            if (each.effect().equals(Effect.NONE)) {
                assertThat(part).as(each.name()).isLessThanOrEqualTo(0.05);
            } else if (each.popularity() == 0) {
                assertThat(part).as(each.name()).isGreaterThanOrEqualTo(0.75);
            }
        }
    }

    private static double stoppedPart(int[] stops) {
        return (double) IntStream.of(stops).filter(at -> at > 0).count() / stops.length;
    }

    /** Observed shoppers at the stop of each run; 0 where it was not stopped. */
    private static int[] stops(Case each, int runs) {
        return IntStream.range(0, runs)
                .parallel()
                .map(number -> stoppedAt(each, number))
                .toArray();
    }

    private static int stoppedAt(Case each, int number) {
        StrategyPlan plan =
                new StrategyPlan(1, "guardrail-" + SEED + "-" + number, each.arms(), Long.MIN_VALUE, Long.MAX_VALUE);
        ExperimentUplift uplift = new ExperimentUplift();
        uplift.ruled(plan.options().rule());
        UpliftAccount account = new UpliftAccount();
        uplift.restore(new ExperimentUplift.Key(Measure.REVENUE_28D, "GBP"), account);
        account.open(plan.version(), plan.arms());
        for (int user = 0; user < each.users(); user++) {
            Enrollment enrollment = plan.enroll("u" + user, null, 0);
            Effect effect = enrollment.arm().equals(Scenario.TREATMENT) ? each.effect() : Effect.NONE;
            account.enter(plan.version(), enrollment.arm());
            account.add(SpendingModel.observe(
                    SpendingModel.shopper(new HashedDraws(SEED, number, user), enrollment, effect, 1)));
            if (GuardrailReading.all(plan, uplift).stream().anyMatch(GuardrailReading::crossed)) {
                return user + 1;
            }
        }
        return 0;
    }
}
