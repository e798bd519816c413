package dev.kombo.topology;

import dev.kombo.engine.model.ActiveStrategy;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.ranking.contest.Rankers;
import java.util.Arrays;
import java.util.Collections;

/** Models as the global thread would write them, for tests of what reads them. */
public final class WrittenModels {
    private static final int CHOICES = 100;

    private WrittenModels() {}

    /** Puts a strategy in force. */
    public static void strategy(LiveModels models, StrategyPlan plan) {
        models.strategy(ActiveStrategy.standard(StrategyPlan.standard()).followedBy(plan));
    }

    /** Puts a ranker in force on every occasion. */
    public static void ranker(LiveModels models, Ranker ranker) {
        models.rankers(new Rankers(
                ranker,
                Collections.nCopies(Occasion.count(), Signal.priorWeights()),
                Collections.nCopies(Occasion.count(), ranker),
                Collections.nCopies(Occasion.count(), ranker)));
    }

    /** A contest in which a contestant ranks on every occasion. */
    public static Contest wonBy(Contestant winner) {
        Contest contest = new Contest();
        byte[] ranks = new byte[Contestant.count()];
        Arrays.fill(ranks, (byte) Contest.DEPTH);
        ranks[winner.ordinal()] = 1;
        for (Occasion occasion : Occasion.values()) {
            for (int i = 0; i < CHOICES; i++) {
                contest.observe(occasion, ranks);
            }
        }
        return contest;
    }

    /** An event was accepted. */
    public static void accepted(LiveModels models, long eventTime, long systemTime) {
        models.time().accepted(eventTime, systemTime);
    }
}
