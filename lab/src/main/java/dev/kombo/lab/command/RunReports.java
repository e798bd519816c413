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
 * What the service reports of one run: its totals less what they were when the run began. Reads the outcomes, too, and so
 * knows when the reports hold all of them. For one thread.
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

    /** Takes in what the service has written. */
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

    /** Whether the reports hold all outcomes that were read. */
    boolean complete() {
        Map<String, ArmFigures> reported = arms();
        Map<String, ArmFigures> expected = ServiceReport.arms(
                since.values().stream().map(AccountMapper::toAvro).toList());
        return expected.entrySet().stream().allMatch(arm -> arm.getValue().equals(reported.get(arm.getKey())));
    }

    /** Time of the latest outcome reported, epoch milliseconds; 0 where there is none. */
    long time() {
        return totals.stream()
                .mapToLong(ConversionReport::getLastEventTime)
                .max()
                .orElse(0);
    }

    /** Figures of earlier runs, all arms together. */
    ArmFigures earlier() {
        return DemoSummary.sum(earlier);
    }

    /** Figures of this run by arm, as far as the reports hold them. */
    Map<String, ArmFigures> arms() {
        Map<String, ArmFigures> arms = ServiceReport.arms(totals);
        arms.replaceAll((arm, figures) -> figures.minus(earlier.getOrDefault(arm, ArmFigures.NONE)));
        return arms;
    }

    /** The reports themselves, which earlier runs are part of. */
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
