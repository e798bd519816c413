package dev.kombo.shop.simulation;

import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.TaskSettings;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.engine.report.ReportedComparison;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.profile.EventType;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.shop.Progress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;

/** Runs one simulation and compares the true uplift with the service's report. */
public final class SimulationRun {
    private static final double NANOS_PER_SECOND = 1e9;

    /** How long after the start an experiment is young. */
    private static final long EARLY = 20 * SimulationSettings.DAY;

    private final SimulatedWorld world;
    private final StrategyPlan plan;

    /**
     * A run of a strategy.
     *
     * @param strategy the experiment; must be valid
     */
    public SimulationRun(SimulationSettings settings, Strategy strategy) {
        this.world = new SimulatedWorld(settings);
        this.plan = StrategyMapper.PLANS.toDomain(strategy);
    }

    /**
     * Returns the service's settings: offers are made on the home page and when something is put into the cart, slates
     * of five are filled, and the catalogue is the shop's. Given settings take precedence.
     */
    public static Map<String, String> serviceSettings(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>();
        settings.put(OfferSettings.TRIGGERS.name(), EventType.OFFER_REQUEST + "," + EventType.ADD_TO_CART);
        settings.put(MiningSettings.AUTO_APPROVE.name(), "false");
        settings.put(OfferSettings.SIZE.name(), "5");
        settings.put(RankingSettings.ODDS_MIN.name(), "0");
        settings.putAll(given);
        return settings;
    }

    /**
     * Returns the settings of a service on Kafka whose days pass in seconds: work done by the clock runs as often per
     * simulated day as allowed. Given settings take precedence.
     */
    public static Map<String, String> liveSettings(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>();
        settings.put(ServiceSettings.TOPIC_PARTITIONS.name(), "2");
        settings.put(ServiceSettings.COMMIT_INTERVAL.name(), "50");
        settings.put(TaskSettings.ITEM_FLUSH_INTERVAL.name(), "200");
        settings.put(TrainingSettings.PUBLISH_INTERVAL.name(), "500");
        settings.putAll(serviceSettings(given));
        return settings;
    }

    /** Runs the production classes in this process, without Kafka. */
    public SimulationResult run(EngineSettings engine, Progress progress) throws InterruptedException {
        long startedAt = System.nanoTime();
        InProcessService service = new InProcessService(engine, plan, world);
        ExpectedGain gain = new ExpectedGain(world);
        GreedyOracle oracle = new GreedyOracle(world, gain);
        ExpectedAccount expected = new ExpectedAccount();
        Simulation simulation = new Simulation(
                world,
                (session, slate, step, time) -> expected.shown(
                        session.shopper().userId(),
                        time,
                        gain.of(session, slate, step, time),
                        gain.of(session, oracle.slate(session, step, time), step, time)));
        simulation.run(service, progress, Long.MIN_VALUE);
        ServiceReport report = service.report();
        String treatment = first(Arm.Kind.TREATMENT);
        String holdout = first(Arm.Kind.HOLDOUT);
        String baseline = first(Arm.Kind.BASELINE);
        TruthAccount truth = simulation.truth();
        Map<String, SimulationResult.ArmResult> arms = arms(truth, report);
        long start = world.settings().experimentStart();
        return new SimulationResult(
                world.settings().seed(),
                new SimulationResult.Uplifts(
                        uplift(truth, report, treatment, Long.MAX_VALUE),
                        uplift(truth, report, treatment, Measure.REVENUE_28D.millis()),
                        reported(report.comparison(treatment, holdout)),
                        uplift(truth, report, baseline, Long.MAX_VALUE),
                        known(oracle.money(simulation, report.entries(), treatment)
                                .uplift()),
                        known(expected.gain(report.entries(), treatment)
                                / truth.money(report.entries(), treatment, Long.MAX_VALUE)
                                        .withoutOffersMinor()),
                        known(expected.share(report.entries(), treatment, Long.MAX_VALUE)),
                        known(expected.share(report.entries(), treatment, start + EARLY)),
                        known(service.predictions().calibrationError())),
                service.predictions().deciles(),
                arms,
                counts(simulation.events(), arms, service.discounts(treatment)),
                (System.nanoTime() - startedAt) / NANOS_PER_SECOND);
    }

    /** Name of the first arm of a kind, or null. */
    private String first(Arm.Kind kind) {
        Arm arm = plan.first(kind);
        return arm == null ? null : arm.name();
    }

    private static Double uplift(TruthAccount truth, ServiceReport report, String arm, long millis) {
        return known(truth.money(report.entries(), arm, millis).uplift());
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static SimulationResult.Reported reported(ReportedComparison compared) {
        return compared == null
                ? new SimulationResult.Reported(null, null, null, null)
                : new SimulationResult.Reported(
                        compared.relative(),
                        compared.relativeLow(),
                        compared.relativeHigh(),
                        compared.verdict().name());
    }

    private Map<String, SimulationResult.ArmResult> arms(TruthAccount truth, ServiceReport report) {
        Map<String, SimulationResult.ArmResult> arms = new LinkedHashMap<>();
        for (Arm arm : plan.arms()) {
            TruthAccount.Payments money = truth.money(report.entries(), arm.name(), Long.MAX_VALUE);
            ServiceReport.ArmTotals counted = truth.figures(report.entries(), arm.name());
            arms.put(
                    arm.name(),
                    new SimulationResult.ArmResult(
                            counted.users(),
                            money,
                            known(money.uplift()),
                            counted,
                            report.arms().getOrDefault(arm.name(), ServiceReport.ArmTotals.NONE)));
        }
        return arms;
    }

    private static Map<String, Long> counts(
            long events, Map<String, SimulationResult.ArmResult> arms, Map<Long, Long> discounts) {
        ServiceReport.ArmTotals sum = arms.values().stream()
                .map(SimulationResult.ArmResult::counted)
                .reduce(ServiceReport.ArmTotals.NONE, ServiceReport.ArmTotals::plus);
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("events", events);
        counts.put("offers", sum.offers());
        counts.put("impressions", sum.impressions());
        counts.put("clicks", sum.clicks());
        counts.put("conversions", sum.conversions());
        LongSummaryStatistics days =
                discounts.values().stream().mapToLong(Long::longValue).summaryStatistics();
        counts.put("discountMinor", days.getSum());
        counts.put("discountMostMinor", days.getCount() == 0 ? 0 : days.getMax());
        return counts;
    }
}
