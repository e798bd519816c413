package dev.kombo.lab.command;

import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.simulation.ReportReader;
import dev.kombo.lab.simulation.ServiceReport;
import dev.kombo.lab.simulation.ServiceReport.ArmFigures;
import dev.kombo.lab.simulation.TopicTail;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.serde.AccountMapper;
import dev.kombo.serde.OutcomeMapper;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The service's reports of one run: its totals less what they were before the run. It also reads the outcomes, and so
 * knows when the reports contain all of them. Not thread-safe.
 */
final class RunReports implements AutoCloseable {
    private final ReportReader reports;
    private final TopicTail<OfferOutcomes> outcomes;
    private final Map<String, ArmFigures> earlier;
    private final Map<String, ExperimentAccount> since = new TreeMap<>();
    private Collection<ConversionReport> totals;

    /** Begins a run. */
    RunReports(LabClients clients) {
        reports = new ReportReader(clients);
        totals = reports.totals();
        earlier = ServiceReport.arms(totals);
        outcomes = TopicTail.fromNowOn(
                clients, OfferOutcomes.class, clients.topics().offerOutcome());
    }

    /** Reads what the service has written since. */
    void read() {
        outcomes.readToEnd().stream()
                .flatMap(told -> told.getOutcomes().stream())
                .map(OutcomeMapper::toDomain)
                .forEach(outcome -> since.computeIfAbsent(
                                outcome.experiment(),
                                experiment -> new ExperimentAccount(experiment, WindowKind.TOTAL, 0))
                        .apply(outcome));
        totals = reports.totals();
    }

    /** Whether the reports contain all outcomes read so far. */
    boolean complete() {
        Map<String, ArmFigures> reported = arms();
        Map<String, ArmFigures> expected = ServiceReport.arms(
                since.values().stream().map(AccountMapper::toAvro).toList());
        return expected.entrySet().stream().allMatch(arm -> arm.getValue().equals(reported.get(arm.getKey())));
    }

    /** Time of the latest reported outcome, epoch milliseconds; 0 if there is none. */
    long time() {
        return totals.stream()
                .mapToLong(ConversionReport::getLastEventTime)
                .max()
                .orElse(0);
    }

    /** Figures of earlier runs, over all arms. */
    ArmFigures earlier() {
        return DemoSummary.sum(earlier);
    }

    /** Figures of this run by arm, as far as reported. */
    Map<String, ArmFigures> arms() {
        Map<String, ArmFigures> arms = ServiceReport.arms(totals);
        arms.replaceAll((arm, figures) -> figures.minus(earlier.getOrDefault(arm, ArmFigures.NONE)));
        return arms;
    }

    /** The reports as written, including earlier runs. */
    Collection<ConversionReport> totals() {
        return totals;
    }

    @Override
    public void close() {
        try (reports) {
            outcomes.close();
        }
    }
}
