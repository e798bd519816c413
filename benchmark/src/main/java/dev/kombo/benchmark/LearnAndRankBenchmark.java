package dev.kombo.benchmark;

import dev.kombo.catalog.StableHash;
import dev.kombo.engine.entity.EntityUpdates;
import dev.kombo.engine.shopper.InteractionLearner;
import dev.kombo.learning.factors.CooccurrenceSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.slate.RankingSettings;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.settings.SettingValues;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What one event costs in the pure packages, without stores, topics or serialization, with default settings: a
 * catalogue of 2,000 bundles of 2 to 4 members over 5,000 items, 64 factors, shoppers with 50 interactions. Beside the
 * time that passed, {@link ProcessorTimeProfiler} reports the processor's, which is what the entity speaks of.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LearnAndRankBenchmark {
    private static final int BUNDLES = 2_000;
    private static final int MANY_BUNDLES = 10_000;
    private static final int SHOPPERS = 500;
    private static final int EVENTS = 4_096;
    private static final int SLATE = 5;

    /** A shop with its shoppers and their next events. Each call of an event's benchmark takes the next one. */
    private static final class Shop {
        final SyntheticShop shop;
        final SlateRanker ranker;
        final InteractionLearner learner;
        final Ranker linear = Ranker.prior(NetworkShape.Architecture.LINEAR, 1);
        final Ranker dense = Ranker.prior(NetworkShape.Architecture.DENSE, 1);
        final Behavior[] shoppers = new Behavior[SHOPPERS];
        final ShopperEvent[] events = new ShopperEvent[EVENTS];
        final long[] hashes = new long[EVENTS];
        int next;

        Shop(int bundles) {
            shop = new SyntheticShop(bundles, 7);
            SettingValues values = SettingValues.defaults();
            ranker = new SlateRanker(shop.index(), RankingSettings.of(values));
            learner = new InteractionLearner(shop.index(), values.get(CooccurrenceSettings.CONTEXT_SIZE));
            for (int s = 0; s < SHOPPERS; s++) {
                shoppers[s] = shop.shopper(s);
            }
            for (int e = 0; e < EVENTS; e++) {
                events[e] = shop.event(e % SHOPPERS, SyntheticShop.HISTORY + e, SyntheticShop.NOW + e);
                hashes[e] = StableHash.of(events[e].eventId());
            }
        }

        int next() {
            next = (next + 1) % EVENTS;
            return next;
        }

        void learn(int event, EntityUpdates updates) {
            learner.learn(shoppers[event % SHOPPERS], events[event], updates);
        }

        RankingRequest request(int event, Ranker wanted) {
            return request(event, wanted, SlateGoal.relevance());
        }

        RankingRequest request(int event, Ranker wanted, SlateGoal goal) {
            return new RankingRequest(
                    shoppers[event % SHOPPERS],
                    SyntheticShop.entity(events[event]),
                    Set.of(),
                    Set.of(),
                    "product",
                    events[event].time(),
                    hashes[event],
                    SLATE,
                    wanted,
                    goal);
        }
    }

    private static final SlateGoal REVENUE =
            new SlateGoal(SlateGoal.Criterion.REVENUE, ConversionModel.prior(), 0, 0, Double.NaN, 0, new int[0]);

    /** The catalogue of the entity. */
    @State(Scope.Thread)
    public static class Usual {
        private Shop shop;

        /** Builds it. */
        @Setup
        public void open() {
            shop = new Shop(BUNDLES);
        }
    }

    /** One of 10,000 bundles. */
    @State(Scope.Thread)
    public static class Large {
        private Shop shop;

        /** Builds it. */
        @Setup
        public void open() {
            shop = new Shop(MANY_BUNDLES);
        }
    }

    /** An event as the topology handles it: learned from, then answered by the dense ranker. */
    @Benchmark
    public Slate learnAndRank(Usual usual, Blackhole hole) {
        Shop shop = usual.shop;
        int event = shop.next();
        shop.learn(event, (entity, update) -> hole.consume(update));
        return shop.ranker.rank(shop.request(event, shop.dense));
    }

    /** The same, the slate being of those that are expected to add most revenue. */
    @Benchmark
    public Slate learnAndRankRevenue(Usual usual, Blackhole hole) {
        Shop shop = usual.shop;
        int event = shop.next();
        shop.learn(event, (entity, update) -> hole.consume(update));
        return shop.ranker.rank(shop.request(event, shop.dense, REVENUE));
    }

    /** The same, answered by the linear ranker. */
    @Benchmark
    public Slate learnAndRankLinear(Usual usual, Blackhole hole) {
        Shop shop = usual.shop;
        int event = shop.next();
        shop.learn(event, (entity, update) -> hole.consume(update));
        return shop.ranker.rank(shop.request(event, shop.linear));
    }

    /** What is sent to the owner of the entity. */
    @Benchmark
    public void learn(Usual usual, Blackhole hole) {
        usual.shop.learn(usual.shop.next(), (entity, update) -> hole.consume(update));
    }

    /** A slate by the linear ranker. */
    @Benchmark
    public Slate rankLinear(Usual usual) {
        Shop shop = usual.shop;
        return shop.ranker.rank(shop.request(shop.next(), shop.linear));
    }

    /** A slate by the dense ranker. */
    @Benchmark
    public Slate rankDense(Usual usual) {
        Shop shop = usual.shop;
        return shop.ranker.rank(shop.request(shop.next(), shop.dense));
    }

    /** Signals and linear scores of 10,000 bundles. */
    @Benchmark
    public ScoredCandidates scoreTenThousand(Large large) {
        Shop shop = large.shop;
        return shop.ranker.scoreAll(shop.request(shop.next(), shop.linear));
    }
}
