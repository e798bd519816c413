package dev.kombo.lab.simulation;

import dev.kombo.lab.quality.live.Waiting;
import dev.kombo.lab.shop.ReportReader;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.tracking.StrategyPlan;
import dev.kombo.tracking.uplift.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real service, reached as any shop reaches it. A step's events are answered when the service has committed them; the
 * last report is taken when it counts all that the outcomes tell. For one thread.
 */
final class ServiceOnKafka implements ServiceUnderTest, AutoCloseable {
    private static final Duration STALL = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Connection connection;
    private final SimulatedCatalog shop;
    private final String experiment;
    private final InProcessReports expected;
    private final Waiting waiting;
    private final EventPublisher publisher;
    private final TopicTail<BundleOffer> offers;
    private final TopicTail<OfferOutcome> outcomes;
    private final ReportReader reports;

    /**
     * A connection to a service that runs.
     *
     * @param experiment salt of the experiment that is looked at
     * @param capMinor most that a user counts for when arms are compared, in minor units
     */
    ServiceOnKafka(Connection connection, SimulatedCatalog shop, String experiment, long capMinor) {
        this.connection = connection;
        this.shop = shop;
        this.experiment = experiment;
        this.expected = new InProcessReports(experiment, capMinor);
        this.waiting = new Waiting(STALL, connection.alive());
        this.publisher = new EventPublisher(connection.producer().get(), connection.committedOffsets(), waiting);
        this.offers = new TopicTail<>(
                connection.offers().get(),
                connection.uncommitted().get(),
                connection.topics().bundleOffer());
        this.outcomes = new TopicTail<>(
                connection.outcomes().get(),
                connection.uncommitted().get(),
                connection.topics().offerOutcome());
        this.reports =
                new ReportReader(connection.reports().get(), connection.topics().conversionReport());
    }

    /** Waits until the service goes by a strategy that was published. */
    void awaitStrategy(StrategyPlan plan) throws InterruptedException {
        waiting.until(
                "the strategy is active", () -> connection.strategy().get().equals(plan), connection.strategy());
    }

    @Override
    public List<Slate> process(List<BehaviorEvent> events) throws InterruptedException {
        if (events.isEmpty()) {
            return List.of();
        }
        publisher.publish(connection.topics().behaviorEvent(), events);
        return offers.readToEnd().stream().map(this::slate).toList();
    }

    private Slate slate(BundleOffer offer) {
        List<Slate.Position> positions = new ArrayList<>(offer.getBundles().size());
        for (OfferedBundle bundle : offer.getBundles()) {
            positions.add(new Slate.Position(shop.bundleIndex(bundle.getBundleId()), bundle.getPriceMinor()));
        }
        return new Slate(offer.getOfferId(), offer.getUserId(), positions);
    }

    @Override
    public ServiceReport report() throws InterruptedException {
        waiting.until("all windows that have ended are told", this::allMatured, expected::matured);
        waiting.until(
                "the report counts all outcomes",
                () -> reported() != null,
                () -> List.of(takeOutcomes(), reports.totals().hashCode()));
        return reported();
    }

    private int takeOutcomes() {
        List<OfferOutcome> read = outcomes.readToEnd();
        read.forEach(outcome -> expected.apply(OutcomeMapper.toDomain(outcome)));
        return read.size();
    }

    private boolean allMatured() {
        takeOutcomes();
        return expected.matured() >= expected.dueBy(publisher.timeReached());
    }

    /** The latest report, or null where it lags behind the outcomes. */
    private ServiceReport reported() {
        takeOutcomes();
        reports.poll(POLL);
        ServiceReport told = expected.report();
        for (ConversionReport total : reports.totals()) {
            if (total.getExperiment().equals(experiment)) {
                ServiceReport report = new ServiceReport(told.entries(), arms(total), comparisons(total));
                return report.sameFigures(told) ? report : null;
            }
        }
        return null;
    }

    private static Map<String, ServiceReport.ArmFigures> arms(ConversionReport total) {
        Map<String, ServiceReport.ArmFigures> arms = new HashMap<>();
        for (ArmReport arm : total.getArms()) {
            arms.put(
                    arm.getArm(),
                    new ServiceReport.ArmFigures(
                            arm.getUsers(),
                            arm.getOffers(),
                            arm.getImpressions(),
                            arm.getClicks(),
                            arm.getConversions(),
                            arm.getPurchases(),
                            arm.getAmounts().stream()
                                    .mapToLong(CurrencyAmount::getRevenueMinor)
                                    .sum()));
        }
        return arms;
    }

    private static List<ServiceReport.Compared> comparisons(ConversionReport total) {
        List<ServiceReport.Compared> compared = new ArrayList<>();
        for (ArmComparison comparison : total.getComparisons()) {
            if (comparison.getMeasure().equals(Measure.REVENUE_28D.label())
                    && SimulatedCatalog.CURRENCY.equals(comparison.getCurrency())) {
                compared.add(new ServiceReport.Compared(
                        comparison.getArm(),
                        comparison.getReference(),
                        orNaN(comparison.getRelative()),
                        orNaN(comparison.getRelativeLow()),
                        orNaN(comparison.getRelativeHigh()),
                        comparison.getVerdict().name()));
            }
        }
        return compared;
    }

    private static double orNaN(Double value) {
        return value == null ? Double.NaN : value;
    }

    @Override
    public void close() {
        try (publisher;
                offers;
                outcomes) {
            reports.close();
        }
    }
}
