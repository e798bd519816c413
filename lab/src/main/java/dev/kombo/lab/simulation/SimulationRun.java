package dev.kombo.lab.simulation;

import dev.kombo.config.KomboConfig;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.profile.EventType;
import dev.kombo.topology.EngineSettings;
import dev.kombo.tracking.Arm;
import dev.kombo.tracking.ArmKind;
import dev.kombo.tracking.StrategyPlan;
import dev.kombo.tracking.uplift.ObservationWindow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One simulation: the shoppers' world, the service, and the truth beside its report. */
public final class SimulationRun {
    private static final double SECOND_NANOS = 1e9;

    private final SimulationSettings settings;
    private final StrategyPlan plan;

    /**
     * A run of a strategy.
     *
     * @param plan the experiment; valid
     */
    public SimulationRun(SimulationSettings settings, StrategyPlan plan) {
        this.settings = settings;
        this.plan = plan;
    }

    /**
     * Settings of the service: offers are made on the home page and when something is put into the cart, and the catalogue
     * is the shop's. Settings that are given are stronger.
     */
    public static Map<String, String> serviceSettings(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>();
        settings.put(KomboConfig.OFFER_TRIGGERS, EventType.OFFER_REQUEST + "," + EventType.ADD_TO_CART);
        settings.put(KomboConfig.MINING_AUTO_APPROVE, "false");
        settings.putAll(given);
        return settings;
    }

    /** Runs the production classes in this process, without Kafka. */
    public SimulationResult inProcess(EngineSettings engine, Progress progress) throws InterruptedException {
        World world = new World(settings);
        return run(world, new InProcessService(engine, plan, world.catalog(), settings.seed()), progress);
    }

    SimulationResult run(World world, ServiceUnderTest service, Progress progress) throws InterruptedException {
        long startedAt = System.nanoTime();
        Simulation simulation = new Simulation(world);
        simulation.run(service, progress);
        ServiceReport report = service.report();
        String treatment = SimulationStrategy.first(plan, ArmKind.TREATMENT);
        String holdout = SimulationStrategy.first(plan, ArmKind.HOLDOUT);
        String baseline = SimulationStrategy.first(plan, ArmKind.BASELINE);
        GreedyOracle oracle = new GreedyOracle(world, simulation.shoppers(), simulation.lives());
        TruthAccount truth = simulation.truth();
        Map<String, SimulationResult.Arm> arms = arms(truth, report);
        return new SimulationResult(
                settings.seed(),
                uplift(truth, report, treatment, Long.MAX_VALUE),
                uplift(truth, report, treatment, ObservationWindow.FOUR_WEEKS.millis()),
                reported(report.comparison(treatment, holdout)),
                uplift(truth, report, baseline, Long.MAX_VALUE),
                known(oracle.money(report.entries(), treatment).uplift()),
                arms,
                counts(simulation.events(), arms),
                (System.nanoTime() - startedAt) / SECOND_NANOS);
    }

    private static Double uplift(TruthAccount truth, ServiceReport report, String arm, long millis) {
        return known(truth.money(report.entries(), entry -> entry.arm().equals(arm), millis)
                .uplift());
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static SimulationResult.Reported reported(ServiceReport.Compared compared) {
        return compared == null
                ? new SimulationResult.Reported(null, null, null, null)
                : new SimulationResult.Reported(
                        known(compared.estimate()), known(compared.low()), known(compared.high()), compared.verdict());
    }

    private Map<String, SimulationResult.Arm> arms(TruthAccount truth, ServiceReport report) {
        Map<String, SimulationResult.Arm> arms = new LinkedHashMap<>();
        for (Arm arm : plan.arms()) {
            TruthAccount.Money money =
                    truth.money(report.entries(), entry -> entry.arm().equals(arm.name()), Long.MAX_VALUE);
            arms.put(
                    arm.name(),
                    new SimulationResult.Arm(
                            money.users(),
                            money.revenueMinor(),
                            money.naturalMinor(),
                            known(money.uplift()),
                            truth.figures(report.entries(), arm.name()),
                            report.arms().getOrDefault(arm.name(), ServiceReport.ArmFigures.NONE)));
        }
        return arms;
    }

    private static Map<String, Long> counts(long events, Map<String, SimulationResult.Arm> arms) {
        ServiceReport.ArmFigures sum = ServiceReport.ArmFigures.NONE;
        for (SimulationResult.Arm arm : arms.values()) {
            sum = sum.plus(arm.counted());
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("events", events);
        counts.put("offers", sum.offers());
        counts.put("impressions", sum.impressions());
        counts.put("clicks", sum.clicks());
        counts.put("conversions", sum.conversions());
        return counts;
    }
}
