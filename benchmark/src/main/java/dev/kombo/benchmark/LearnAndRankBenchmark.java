package dev.kombo.benchmark;

import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityUpdates;
import dev.kombo.engine.shopper.InteractionLearner;
import dev.kombo.lab.bench.BenchShop;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.EventMapper;
import dev.kombo.settings.SettingValues;
import java.util.List;
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
 * What one event costs in the pure packages, without stores, topics or serialization, with default settings: the shop of
 * the bench with 2,000 bundles of 2 to 4 members over 5,000 items, 64 factors, and shoppers who had 50 events on average,
 * from which all was learned. Beside the time that passed, {@link ProcessorTimeProfiler} reports the processor's, which
 * is what the target speaks of.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LearnAndRankBenchmark {
    private static final int BUNDLES = 2_000;
    private static final int MANY_BUNDLES = 10_000;
    private static final int ITEMS = 5_000;
    private static final int SHOPPERS = 2_000;
    /** Events before the first one that is measured. */
    private static final int HISTORY = 50 * SHOPPERS;

    private static final int EVENTS_PER_PUBLICATION = 600;
    private static final int EVENTS = 4_096;
    private static final int SLATE = 5;

    /** A shop whose past events are learned, and its next ones. Each call of a benchmark takes the next one. */
    private static final class Shop {
        final SlateRanker ranker;
        final InteractionLearner learner;
        final InProcessEngine engine;
        final Ranker linear = Ranker.prior(NetworkShape.Architecture.LINEAR, 1);
        final Ranker dense = Ranker.prior(NetworkShape.Architecture.DENSE, 1);
        final List<ShopperEvent> events;
        int next;

        Shop(int bundles) {
            EngineSettings settings = new EngineSettings(SettingValues.defaults());
            WritableCatalogIndex index = new WritableCatalogIndex(settings.index());
            BenchShop shop = new BenchShop(SHOPPERS, ITEMS, bundles, 7);
            shop.items().forEach(item -> index.putItem(CatalogMapper.toDomain(item)));
            shop.bundles().forEach(bundle -> index.putBundle(CatalogMapper.toDomain(bundle)));
            engine = new InProcessEngine(settings, EVENTS_PER_PUBLICATION, List.of(index));
            events(shop, HISTORY).forEach(engine::learn);
            engine.publish();
            events = events(shop, EVENTS);
            ranker = new SlateRanker(index, settings.ranking());
            learner = new InteractionLearner(index, settings.cooccurrences().contextSize());
        }

        private static List<ShopperEvent> events(BenchShop shop, int count) {
            return shop.batch(count, List.of()).stream()
                    .map(EventMapper::toDomain)
                    .toList();
        }

        int next() {
            next = (next + 1) % EVENTS;
            return next;
        }

        private Behavior shopper(int event) {
            return engine.shopper(events.get(event).shopperKey()).behavior();
        }

        void learn(int event, EntityUpdates updates) {
            learner.learn(shopper(event), events.get(event), updates);
        }

        RankingRequest request(int event, Ranker wanted) {
            return request(event, wanted, SlateGoal.relevance());
        }

        RankingRequest request(int event, Ranker wanted, SlateGoal goal) {
            return new RankingRequest(
                    shopper(event),
                    events.get(event).entity(),
                    Set.of(),
                    Set.of(),
                    "product",
                    events.get(event).time(),
                    StableHash.of(events.get(event).eventId()),
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
