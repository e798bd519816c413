package dev.kombo.lab.simulation;

import dev.kombo.experiment.StrategyPlan;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.kafka.Waiting;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.serde.OutcomeMapper;
import java.time.Duration;
import java.util.List;

/**
 * The real service, reached through Kafka as by any shop. A step's events are answered when the service has committed
 * them; the last report is read when it counts all outcomes. Not thread-safe.
 */
final class ServiceOnKafka implements ServiceUnderTest, AutoCloseable {
    private static final Duration STALL = Duration.ofMinutes(2);

    private final LabClients clients;
    private final String experiment;
    private final InProcessReports expected;
    private final Waiting waiting;
    private final OfferExchange exchange;
    private final TopicTail<OfferOutcomes> outcomes;
    private final ReportReader reports;

    /**
     * Connects to a running service.
     *
     * @param experiment id of the experiment to observe
     * @param capMinor most revenue that counts per user when arms are compared, in minor units
     */
    ServiceOnKafka(LabClients clients, SimulatedCatalog shop, String experiment, long capMinor) {
        this.clients = clients;
        this.experiment = experiment;
        this.expected = new InProcessReports(experiment, capMinor);
        this.waiting = new Waiting(STALL, clients::requireAlive);
        this.exchange = new OfferExchange(clients, shop, waiting);
        this.outcomes = TopicTail.fromNowOn(
                clients, OfferOutcomes.class, clients.topics().offerOutcome());
        this.reports = new ReportReader(clients);
    }

    /** Waits until the service uses a published strategy. */
    void awaitStrategy(StrategyPlan plan) throws InterruptedException {
        waiting.until("the strategy is active", () -> clients.strategy().equals(plan), clients::strategy);
    }

    @Override
    public List<ShownSlate> process(List<BehaviorEvent> events) throws InterruptedException {
        return exchange.process(events);
    }

    @Override
    public ServiceReport report() throws InterruptedException {
        waiting.until("all finished windows are reported", this::allMatured, expected::matured);
        waiting.until(
                "the report counts all outcomes",
                () -> reported() != null,
                () -> List.of(takeOutcomes(), reports.totals().hashCode()));
        return reported();
    }

    private int takeOutcomes() {
        List<OfferOutcomes> read = outcomes.readToEnd();
        read.forEach(told -> told.getOutcomes().forEach(outcome -> expected.apply(OutcomeMapper.toDomain(outcome))));
        return read.size();
    }

    private boolean allMatured() {
        takeOutcomes();
        return expected.matured() >= expected.dueBy(exchange.timeReached());
    }

    /** Returns the latest report, or null if it lags behind the outcomes. */
    private ServiceReport reported() {
        takeOutcomes();
        ServiceReport told = expected.report();
        for (ConversionReport total : reports.totals()) {
            if (total.getExperiment().equals(experiment)) {
                ServiceReport report = ServiceReport.of(total, told.entries());
                return report.sameFigures(told) ? report : null;
            }
        }
        return null;
    }

    @Override
    public void close() {
        try (exchange;
                outcomes) {
            reports.close();
        }
    }
}
