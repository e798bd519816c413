package dev.kombo.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.ActiveStrategy;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.report.ReportOutput.BudgetsEnded;
import dev.kombo.engine.report.ReportOutput.BudgetsSpent;
import dev.kombo.engine.report.ReportOutput.Expired;
import dev.kombo.engine.report.ReportOutput.MoveRequested;
import dev.kombo.engine.report.ReportOutput.Published;
import dev.kombo.engine.task.FailingTable;
import dev.kombo.engine.task.HalfWrittenException;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.ShareMove.MoveKind;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.settings.Millis;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the report task does, over whichever tables: a subclass says where they are. */
public abstract class ReportContract {
    private static final long NOW = ToldOutcomes.START;

    /** More than one block of pending outcomes, several of which come before each publication. */
    private static final int SHOPPERS = 50;

    private final EngineSettings settings = new EngineSettings(SettingValues.defaults());
    private final LiveModels models = new LiveModels(settings, 1);
    private final Counters counters = new Counters();
    private final List<ReportOutput> outputs = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private Predicate<ReportOutput> refused = output -> false;
    private ReportTables tables;
    private ReportTask task;

    /** Empty tables. */
    protected abstract ReportTables tables();

    @BeforeEach
    void open() {
        models.strategy(ActiveStrategy.standard(ToldOutcomes.PLAN));
        startAgain(tables());
    }

    private void startAgain(ReportTables over) {
        tables = over;
        task = new ReportTask(tables, this::emit, settings, models, this::attempt, counters);
    }

    private void emit(ReportOutput output) {
        if (refused.test(output)) {
            throw new IllegalStateException("refused");
        }
        outputs.add(output);
    }

    private boolean attempt(String key, long systemTime, Runnable work) {
        int before = outputs.size();
        try {
            work.run();
            return true;
        } catch (IllegalStateException | IllegalArgumentException e) {
            outputs.subList(before, outputs.size()).clear();
            failures.add(key);
            return false;
        }
    }

    private void tell(Outcome... outcomes) {
        long time = outcomes[outcomes.length - 1].eventTime();
        for (Outcome outcome : outcomes) {
            task.accept(new ReportInput(outcome, time), time);
        }
        task.beforeCommit(time);
    }

    @Test
    void shouldPublishEachWindowThatChangedOnce() {
        assertThat(task.tick(NOW)).isFalse();
        tell(ToldOutcomes.entered("ann", "treatment", NOW), ToldOutcomes.offered("ann", "ab", NOW));
        tell(ToldOutcomes.bought("ann", 2_700, 300, NOW + Millis.HOUR));
        assertThat(outputs).isEmpty();

        assertThat(task.tick(NOW)).isTrue();
        assertThat(outputs)
                .extracting(ReportOutput::key)
                .containsExactlyInAnyOrder(
                        ReportKeys.total("s"),
                        ReportKeys.day("s", NOW),
                        ReportKeys.window("s", WindowKind.HOUR, WindowKind.HOUR.startOf(NOW)),
                        ReportKeys.window("s", WindowKind.HOUR, WindowKind.HOUR.startOf(NOW + Millis.HOUR)));
        assertThat(total("s")).satisfies(total -> {
            assertThat(total.account().arm("treatment").count(OutcomeKind.ENTERED))
                    .isEqualTo(1);
            assertThat(total.account().arm("treatment").count(OutcomeKind.CONVERSION))
                    .isEqualTo(1);
            assertThat(total.modelStages()).containsEntry("treatment", "relevance");
            assertThat(total.bundles().get("treatment"))
                    .containsExactly(new BundleAccount("ab", 1, 0, 1, 2_700, "GBP"));
            assertThat(total.comparisons()).isNotEmpty();
        });
        assertThat(published(ReportKeys.day("s", NOW)).comparisons())
                .as("how the arms compare is told with the day as well")
                .isEqualTo(total("s").comparisons());
        assertThat(rows(tables.pending())).isEmpty();
        outputs.clear();
        assertThat(task.tick(NOW + 1)).isFalse();
        assertThat(outputs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, SHOPPERS})
    void shouldReportTheSameHoweverOftenItIsStartedAgain(int inputsOfALife) {
        List<ReportOutput> undisturbed = shop(Integer.MAX_VALUE);
        Map<String, Object> stored = rows(tables.uplifts());
        outputs.clear();
        startAgain(tables());
        // Two NaN are the same here: what is not known yet.
        assertThat(shop(inputsOfALife))
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(undisturbed);
        assertThat(rows(tables.uplifts()))
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(stored);
        assertThat(rows(tables.windows())).hasSize(4);
    }

    private List<ReportOutput> shop(int inputsOfALife) {
        for (int i = 0; i < SHOPPERS; i++) {
            String arm = i % 2 == 0 ? "treatment" : "control";
            tell(ToldOutcomes.entered("u" + i, arm, NOW + i), ToldOutcomes.offered("u" + i, "b" + i % 3, NOW + i));
            tell(ToldOutcomes.bought("u" + i, 2_000, 100, NOW + Millis.HOUR + i));
            tell(ToldOutcomes.matured("u" + i, arm, 2_000 + i, NOW + Millis.HOUR + i));
            if (i == SHOPPERS / 3) {
                task.tick(NOW);
            }
            if ((i + 1) % inputsOfALife == 0) {
                startAgain(tables);
            }
        }
        task.tick(NOW + 1);
        return List.copyOf(outputs);
    }

    @Test
    void shouldCountNothingOfAnInputWhoseOutputIsRefused() {
        models.strategy(ActiveStrategy.standard(ToldOutcomes.limited(500)));
        tell(ToldOutcomes.entered("ann", "treatment", NOW));
        Map<String, Object> pending = rows(tables.pending());
        refused = output -> output instanceof BudgetsSpent;
        Outcome spends = ToldOutcomes.bought("ann", 2_000, 600, NOW + 1);
        assertThatIllegalStateException().isThrownBy(() -> tell(spends));
        assertThat(rows(tables.pending())).usingRecursiveComparison().isEqualTo(pending);

        refused = output -> false;
        task.tick(NOW);
        assertThat(total("s").account().arm("treatment").count(OutcomeKind.CONVERSION))
                .isZero();
        assertThat(spent()).allSatisfy(one -> assertThat(one).isZero());
        tell(spends);
        assertThat(spent()).last().as("at once").isEqualTo(600L);
        task.tick(NOW + 1);
        assertThat(total("s").account().arm("treatment").count(OutcomeKind.CONVERSION))
                .isEqualTo(1);
    }

    @Test
    void shouldPublishNothingOfWhatARefusedInputSpent() {
        models.strategy(ActiveStrategy.standard(ToldOutcomes.limited(500)));
        refused = output -> output instanceof BudgetsSpent;
        assertThatIllegalStateException().isThrownBy(() -> tell(ToldOutcomes.bought("ann", 2_000, 600, NOW)));
        refused = output -> false;
        task.tick(NOW);
        assertThat(outputs).isEmpty();
    }

    @Test
    void shouldPublishADayAgainWhereOnlyItsComparisonsChanged() {
        tell(ToldOutcomes.entered("ann", "treatment", NOW));
        task.tick(NOW);
        outputs.clear();
        Outcome matured = ToldOutcomes.matured("ann", "treatment", 900, NOW + Millis.DAY);
        tell(matured);
        task.tick(NOW + 1);
        assertThat(outputs)
                .extracting(ReportOutput::key)
                .containsExactly(ReportKeys.total("s"), ReportKeys.day("s", NOW));
        assertThat(published(ReportKeys.day("s", NOW)).comparisons())
                .isEqualTo(total("s").comparisons());
    }

    @Test
    void shouldKnowWhatIsSpentWhenItStartsAgain() {
        models.strategy(ActiveStrategy.standard(ToldOutcomes.limited(500)));
        tell(ToldOutcomes.entered("ann", "treatment", NOW), ToldOutcomes.bought("ann", 2_000, 600, NOW + 1));
        assertThat(spent()).containsExactly(600L);
        outputs.clear();
        startAgain(tables);
        task.tick(NOW);

        assertThat(outputs)
                .filteredOn(output -> output instanceof BudgetsSpent)
                .singleElement()
                .satisfies(output -> assertThat(output.time()).isEqualTo(NOW + 1));
        assertThat(spent()).containsExactly(600L);
        assertThat(counters.get(KomboMetric.BUDGETS_SPENT, "arm treatment"))
                .as("is told once")
                .isEqualTo(1);
    }

    @Test
    void shouldPublishTheOthersWhereOneCannotBePublished() {
        tell(ToldOutcomes.entered("ann", "treatment", NOW));
        tell(ToldOutcomes.of("other", ToldOutcomes.entered("bob", "treatment", NOW)));
        refused = output -> output.key().equals(ReportKeys.total("s"));
        task.tick(NOW);

        assertThat(failures).containsExactly("s");
        assertThat(total("other").account().arms()).hasSize(1);
        assertThat(rows(tables.comparisons())).containsOnlyKeys(ReportKeys.day("other", NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows", "bundles", "uplifts", "budgets"})
    void shouldCountTheOthersWhereARowOfOneCannotBeReadAndThatOneLater(String table) {
        models.strategy(ActiveStrategy.standard(ToldOutcomes.limited(500)));
        tell(
                ToldOutcomes.entered("ann", "treatment", NOW),
                ToldOutcomes.offered("ann", "ab", NOW),
                ToldOutcomes.bought("ann", 2_000, 600, NOW));
        ReportTables stored = tables;
        FailingTable<ExperimentAccount> windows = new FailingTable<>(stored.windows());
        FailingTable<BundleAccount> bundles = new FailingTable<>(stored.bundles());
        FailingTable<ExperimentUplift> uplifts = new FailingTable<>(stored.uplifts());
        FailingTable<byte[]> budgets = new FailingTable<>(stored.budgets());
        switch (table) {
            case "windows" -> windows.damage(List.of(ReportKeys.total("s")));
            case "bundles" -> bundles.damage(List.of(ReportKeys.bundle("s", "treatment", "ab")));
            case "uplifts" -> uplifts.damage(List.of("s"));
            default -> budgets.damage(List.of("s"));
        }
        startAgain(new ReportTables(windows, bundles, uplifts, stored.comparisons(), budgets, stored.pending()));
        for (int i = 0; i < 3; i++) {
            tell(ToldOutcomes.of("other", ToldOutcomes.entered("bob" + i, "treatment", NOW)));
            task.tick(NOW + i);
        }
        assertThat(failures).isNotEmpty().containsOnly("s");
        assertThat(entered("other")).isEqualTo(3);
        assertThat(rows(stored.pending())).as("what cannot be counted yet").containsOnlyKeys("0");

        startAgain(stored);
        task.tick(NOW + 3);
        assertThat(rows(stored.pending())).isEmpty();
        assertThat(total("s")).satisfies(total -> {
            assertThat(total.account().arm("treatment").count(OutcomeKind.CONVERSION))
                    .isEqualTo(1);
            assertThat(total.bundles().get("treatment"))
                    .containsExactly(new BundleAccount("ab", 1, 0, 1, 2_000, "GBP"));
            assertThat(total.observations().get(0).strata().get(0).arms())
                    .filteredOn(arm -> arm.name().equals("treatment"))
                    .singleElement()
                    .satisfies(arm -> assertThat(arm.entered()).isEqualTo(1));
        });
        assertThat(entered("s")).isEqualTo(1);
        assertThat(entered("other")).isEqualTo(3);
        assertThat(spent()).last().isEqualTo(600L);
    }

    @Test
    void shouldCountWhatCameAfterABlockThatCannotBeRead() {
        byte[] damaged = {-1, 1, 2};
        tables.pending().put("0", damaged);
        for (int i = 0; i < 2; i++) {
            tell(ToldOutcomes.entered("ann" + i, "treatment", NOW));
            task.tick(NOW + i);
        }
        assertThat(failures).containsExactly("pending outcomes, row 0");
        assertThat(entered("s")).isEqualTo(2);
        assertThat(rows(tables.pending())).as("it stays").hasSize(1).containsEntry("0", damaged);
    }

    @Test
    void shouldPublishAndDeleteTheOthersWhereTheAccountOfOneCannotBeRead() {
        ReportTables stored = tables;
        FailingTable<ExperimentAccount> windows = new FailingTable<>(stored.windows());
        startAgain(new ReportTables(
                windows, stored.bundles(), stored.uplifts(), stored.comparisons(), stored.budgets(), stored.pending()));
        tell(ToldOutcomes.entered("ann", "treatment", NOW));
        tell(ToldOutcomes.of("other", ToldOutcomes.entered("bob", "treatment", NOW)));
        task.tick(NOW);
        windows.damage(List.of(ReportKeys.total("s")));
        long later = NOW + 402 * Millis.DAY;
        tell(ToldOutcomes.of("next", ToldOutcomes.entered("eve", "treatment", later)));
        tell(ToldOutcomes.matured("ann", "treatment", 900, NOW + Millis.DAY));
        task.tick(NOW + Millis.MINUTE);
        assertThat(entered("next")).isEqualTo(1);
        assertThat(failures).as("published, listed, and looked up").containsExactly("s", "s", "s");
        assertThat(rows(stored.windows()).keySet())
                .allMatch(key -> key.startsWith("next") || key.equals(ReportKeys.total("s")));
        assertThat(rows(stored.uplifts())).containsOnlyKeys("next", "s");

        failures.clear();
        tell(ToldOutcomes.of("next", ToldOutcomes.entered("joe", "treatment", later)));
        task.tick(NOW + Millis.MINUTE + 1);
        assertThat(failures).as("once a minute").isEmpty();
    }

    @Test
    void shouldSayThatAccountsAreWrittenInPart() {
        ReportTables stored = tables();
        FailingTable<ExperimentUplift> failing = new FailingTable<>(stored.uplifts());
        startAgain(new ReportTables(
                stored.windows(), stored.bundles(), failing, stored.comparisons(), stored.budgets(), stored.pending()));
        tell(ToldOutcomes.entered("ann", "treatment", NOW));
        failing.fail(true);
        assertThatExceptionOfType(HalfWrittenException.class)
                .isThrownBy(() -> task.tick(NOW))
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(outputs).isEmpty();
    }

    @Test
    void shouldCountNothingOfACommitThatCannotBeStored() {
        ReportTables stored = tables();
        FailingTable<byte[]> failing = new FailingTable<>(stored.pending());
        startAgain(new ReportTables(
                stored.windows(), stored.bundles(), stored.uplifts(), stored.comparisons(), stored.budgets(), failing));
        tell(ToldOutcomes.entered("ann", "treatment", NOW));
        failing.fail(true);
        assertThatIllegalStateException().isThrownBy(() -> tell(ToldOutcomes.entered("bob", "treatment", NOW)));
        failing.fail(false);
        // A commit that fails ends the task.
        startAgain(stored);
        tell(ToldOutcomes.entered("eve", "treatment", NOW));
        task.tick(NOW);
        assertThat(total("s").account().arm("treatment").count(OutcomeKind.ENTERED))
                .isEqualTo(2);
        assertThat(total("s").observations().get(0).strata().get(0).arms())
                .filteredOn(arm -> arm.name().equals("treatment"))
                .singleElement()
                .satisfies(arm -> assertThat(arm.entered()).isEqualTo(2));
    }

    @Test
    void shouldRequestOnceWhatAGuardrailAsksFor() {
        lose(0);
        task.tick(NOW);
        assertThat(outputs)
                .filteredOn(output -> output instanceof MoveRequested)
                .singleElement()
                .satisfies(output -> {
                    assertThat(output.key()).isEqualTo("s");
                    assertThat(((MoveRequested) output).move().kind()).isEqualTo(MoveKind.STOP);
                });
        assertThat(total("s")).satisfies(total -> {
            assertThat(total.lastMove().kind()).isEqualTo(MoveKind.STOP);
            assertThat(total.crossings()).hasSize(1);
            assertThat(total.guardrails()).isNotEmpty();
            assertThat(total.advice()).isNotNull();
            assertThat(total.sampleRatio().mismatched()).isFalse();
        });
        assertThat(counters.get(KomboMetric.GUARDRAILS_CROSSED, "stop")).isEqualTo(1);
        outputs.clear();
        startAgain(tables);
        tell(ToldOutcomes.entered("late", "treatment", NOW + Millis.MINUTE));
        task.tick(NOW + 1);
        assertThat(total("s").lastMove()).as("is on its way").isNotNull();
        assertThat(outputs).noneMatch(output -> output instanceof MoveRequested);
        assertThat(counters.get(KomboMetric.GUARDRAILS_CROSSED, "stop")).isEqualTo(1);
    }

    @Test
    void shouldRequestNothingWhereTheReportIsRefused() {
        lose(0);
        refused = output -> output.key().equals(ReportKeys.total("s"));
        task.tick(NOW);
        assertThat(outputs).noneMatch(output -> output instanceof MoveRequested);
        assertThat(tables.uplifts().get("s").lastMove()).isNull();
        assertThat(counters.get(KomboMetric.GUARDRAILS_CROSSED, "stop")).isZero();

        refused = output -> false;
        tell(ToldOutcomes.entered("late", "treatment", NOW + Millis.DAY));
        task.tick(NOW + 1);
        assertThat(outputs)
                .filteredOn(output -> output instanceof MoveRequested)
                .hasSize(1);
        assertThat(tables.uplifts().get("s").lastMove()).isNotNull();
    }

    /** Shoppers of the treatment pay half as much as those of the control, which the guardrail forbids. */
    private void lose(int first) {
        for (int i = first; i < first + 700; i++) {
            String arm = i % 2 == 0 ? "treatment" : "control";
            tell(ToldOutcomes.entered("u" + i, arm, NOW + i));
            double paid = 1_000 + 10 * (i % 50) - (i % 2 == 0 ? 500 : 0);
            tell(ToldOutcomes.matured("u" + i, arm, paid, NOW + Millis.DAY));
        }
    }

    @Test
    void shouldListTheHundredBundlesThatWereOfferedMost() {
        for (int i = 0; i < 120; i++) {
            tell(ToldOutcomes.offered("u" + i, "b" + i, NOW));
        }
        task.tick(NOW);
        assertThat(total("s").bundles().get("treatment")).hasSize(100);
        for (int i = 0; i < 2; i++) {
            tell(ToldOutcomes.offered("again" + i, "b119", NOW));
        }
        task.tick(NOW + 1);
        assertThat(total("s").bundles().get("treatment"))
                .hasSize(100)
                .first()
                .isEqualTo(new BundleAccount("b119", 3, 0, 0, 0, null));
        startAgain(tables);
        tell(ToldOutcomes.offered("last", "b118", NOW));
        task.tick(NOW + 2);
        assertThat(total("s").bundles().get("treatment"))
                .extracting(BundleAccount::bundleId)
                .hasSize(100)
                .startsWith("b119", "b118");
    }

    @Test
    void shouldDeleteWhatIsPastItsRetention() {
        models.strategy(ActiveStrategy.standard(ToldOutcomes.limited(500)));
        tell(
                ToldOutcomes.entered("ann", "treatment", NOW),
                ToldOutcomes.offered("ann", "ab", NOW),
                ToldOutcomes.bought("ann", 2_000, 600, NOW));
        task.tick(NOW);
        assertThat(rows(tables.budgets())).hasSize(1);
        outputs.clear();
        long later = NOW + 402 * Millis.DAY;
        tell(ToldOutcomes.of("next", ToldOutcomes.entered("bob", "treatment", later)));
        task.tick(NOW + 1_000);
        assertThat(rows(tables.windows())).as("once a minute").hasSize(6);
        // As what is told late leaves it.
        tables.uplifts().put("gone", tables.uplifts().get("s"));
        tell(ToldOutcomes.of("next", ToldOutcomes.entered("eve", "treatment", later)));
        task.tick(NOW + Millis.MINUTE);

        assertThat(outputs)
                .filteredOn(output -> output instanceof Expired)
                .extracting(ReportOutput::key)
                .containsExactlyInAnyOrder(
                        ReportKeys.total("s"),
                        ReportKeys.day("s", NOW),
                        ReportKeys.window("s", WindowKind.HOUR, WindowKind.HOUR.startOf(NOW)));
        assertThat(outputs).contains(new BudgetsEnded("s", later));
        assertThat(rows(tables.windows()).keySet()).hasSize(3).allMatch(key -> key.startsWith("next"));
        assertThat(rows(tables.bundles())).isEmpty();
        assertThat(rows(tables.uplifts())).containsOnlyKeys("next");
        assertThat(rows(tables.budgets())).isEmpty();
        assertThat(rows(tables.comparisons())).containsOnlyKeys(ReportKeys.day("next", later));
    }

    /** The latest report of an experiment's total. */
    private Report total(String experiment) {
        return published(ReportKeys.total(experiment));
    }

    /** How many entered the treatment, by the latest report. */
    private long entered(String experiment) {
        return total(experiment).account().arm("treatment").count(OutcomeKind.ENTERED);
    }

    private Report published(String key) {
        return outputs.stream()
                .filter(output -> output instanceof Published && output.key().equals(key))
                .map(output -> ((Published) output).report())
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** What the budget has spent, at each publication. */
    private List<Long> spent() {
        return outputs.stream()
                .filter(output -> output instanceof BudgetsSpent)
                .map(output -> ((BudgetsSpent) output).spending().get(0).spentMinor())
                .toList();
    }

    private static <V> Map<String, Object> rows(Table<String, V> table) {
        Map<String, Object> rows = new TreeMap<>();
        table.range(null, null, Integer.MAX_VALUE, (key, value) -> rows.put(key, value.get()));
        return rows;
    }
}
