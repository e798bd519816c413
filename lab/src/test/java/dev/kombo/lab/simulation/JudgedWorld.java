package dev.kombo.lab.simulation;

import dev.kombo.attribution.Outcome;
import dev.kombo.catalog.StableHash;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.replay.OfferRewards;
import dev.kombo.engine.replay.Reward;
import dev.kombo.engine.replay.StrategyReplay;
import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.engine.shopper.OfferSettings;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.StrategyPlan.Eligibility;
import dev.kombo.ranking.slate.DecisionReplay;
import dev.kombo.ranking.slate.RankingSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A simulation whose only arm samples its slates and logs all decisions, with the truth about candidates beside the
 * log: in each situation in which a slate was shown, what the candidate's slates would be expected to sell by
 * themselves, by the hidden acceptance. A slate that came too late to be shown sells nothing, whoever chose it.
 */
final class JudgedWorld {
    /** Slates drawn of a candidate in a situation; the noise is a small part of that of the rewards. */
    private static final int DRAWS = 10;

    private final List<Arm> candidates;
    private final OfferRewards rewards = new OfferRewards(Reward.REVENUE, null);
    private final Map<String, LoggedDecision> decisions = new HashMap<>();
    private final List<LoggedDecision> log = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final double[] truths;
    private final double oddsMin;
    private final long end;

    /**
     * Runs the simulation.
     *
     * @param candidates arms to be judged
     */
    JudgedWorld(SimulationSettings settings, Arm logging, List<Arm> candidates) throws InterruptedException {
        this.candidates = candidates;
        this.truths = new double[candidates.size()];
        SimulatedWorld world = new SimulatedWorld(settings);
        // The truth is added up before it is known which outcome is the last: offers open on the last day are left out.
        end = settings.timetable().day(settings.days() - 1);
        StrategyPlan plan = new StrategyPlan(
                1,
                "judged",
                List.of(logging),
                settings.experimentStart(),
                Long.MAX_VALUE,
                new Eligibility(Set.of(), Set.of()),
                new StrategyPlan.Options(1, null, DecisionRule.STANDARD, null, null, null, List.of()));
        EngineSettings engine = new EngineSettings(KomboConfig.of(SimulationRun.serviceSettings(
                Map.of(OfferSettings.SIZE.name(), "2", RankingSettings.RERANK_CANDIDATES.name(), "10"))));
        oddsMin = engine.ranking().oddsMin();
        InProcessService service = new InProcessService(engine, plan, world) {
            @Override
            public void emit(String key, Record output) {
                super.emit(key, output);
                if (output instanceof LoggedDecision decision) {
                    decisions.put(decision.offerId(), decision);
                    log.add(decision);
                } else if (output instanceof Outcome outcome) {
                    rewards.add(outcome);
                    outcomes.add(outcome);
                }
            }
        };
        new Simulation(world, (session, slate, step, time) -> shown(world, session, slate, time))
                .run(service, (position, size) -> {}, Long.MIN_VALUE);
    }

    /** An arm that maximises revenue. */
    static Arm revenue(double temperature, double mmrLambda) {
        OfferPolicy plain = OfferPolicy.of(OfferPolicy.Objective.REVENUE);
        return new Arm(
                "treatment",
                Arm.Kind.TREATMENT,
                1,
                temperature,
                new OfferPolicy(plain.objective(), plain.ranker(), 0, List.of(), 0, mmrLambda, true));
    }

    private void shown(SimulatedWorld world, ShopperSession session, ShownSlate slate, long time) {
        LoggedDecision logged = decisions.get(slate.offerId());
        if (logged.closesAt() > end) {
            return;
        }
        for (int c = 0; c < truths.length; c++) {
            DecisionReplay replay = StrategyReplay.of(candidates.get(c), logged.decision(), oddsMin);
            for (int draw = 0; draw < DRAWS; draw++) {
                List<ShownSlate.Position> positions = new ArrayList<>();
                for (int number : replay.draw(StableHash.combine(StableHash.of(slate.offerId()), -1 - draw))) {
                    String bundle = logged.decision().considered().get(number).bundleId();
                    int index = world.catalog().bundleIndex(bundle);
                    positions.add(new ShownSlate.Position(
                            index, world.catalog().members(index), replay.candidatePrice(number)));
                }
                truths[c] += expectedMinor(world, session, positions, time) / DRAWS;
            }
        }
    }

    /** What a slate is expected to sell by itself if it were shown now: the truth that no service knows. */
    private static double expectedMinor(
            SimulatedWorld world, ShopperSession session, List<ShownSlate.Position> slate, long time) {
        double looks = ShopperSession.NOTICED;
        double expected = 0;
        for (ShownSlate.Position position : slate) {
            double probability = world.conversionModel()
                    .choice(session.shopper(), session.wishes(), position, session.basket(), session.mood(time))
                    .probability();
            expected += looks * probability * position.priceMinor();
            looks *= (1 - probability) * HiddenConversion.PATIENCE;
        }
        return expected;
    }

    /** What the log says of a candidate. */
    StrategyReplay judged(int candidate) {
        StrategyReplay replay = new StrategyReplay(candidates.get(candidate), null, rewards, oddsMin);
        decisions().forEach(replay::add);
        return replay;
    }

    /** Decisions whose offers were closed before the last day, in order. */
    List<LoggedDecision> decisions() {
        return log.stream().filter(logged -> logged.closesAt() <= end).toList();
    }

    /** All outcomes, in order. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    /** Revenue that the candidate's slates are truly expected to bring, in minor units: the sum over all decisions. */
    double truth(int candidate) {
        return truths[candidate];
    }
}
