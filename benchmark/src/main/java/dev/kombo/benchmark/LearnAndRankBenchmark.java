package dev.kombo.benchmark;

import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.client.TrustedRecords;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.shopper.InteractionLearner;
import dev.kombo.lab.bench.BenchShop;
import dev.kombo.lab.engine.InProcessEngine;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
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
 * Measures how long the engine takes to learn from one event and to rank bundles for it, without stores, topics or
 * serialization, with default settings: the shop of the bench with 2,000 bundles of 2 to 4 members over 5,000 items, 64
 * factors, and shoppers who had 50 events on average, from which all was learned. Beside the time that passed, {@link
 * ProcessorTimeProfiler} reports the processor's, which is what the target speaks of.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LearnAndRankBenchmark {
    private static final int SHOPPERS = 2_000;

    private static final int EVENTS = 4_096;

    /** A shop whose past events are learned, and its next ones. Each call of a benchmark takes the next one. */
    @State(Scope.Thread)
    public static class Shop {
        private final Ranker ranker = Ranker.prior(NetworkShape.Architecture.DENSE, 1);
        private SlateRanker slates;
        private InteractionLearner learner;
        private InProcessEngine engine;
        private List<ShopperEvent> events;
        private int taken;

        /** Learns the past events. */
        @Setup
        public void open() {
            TrustedRecords.install();
            EngineSettings settings = new EngineSettings(SettingValues.defaults());
            WritableCatalogIndex index = new WritableCatalogIndex(settings.index());
            BenchShop shop = new BenchShop(SHOPPERS, 5_000, 2_000, 0, 7);
            shop.items().forEach(item -> index.putItem(CatalogMapper.ITEMS.toDomain(item)));
            shop.bundles().forEach(bundle -> index.putBundle(CatalogMapper.BUNDLES.toDomain(bundle)));
            engine = new InProcessEngine(settings, 600, List.of(index));
            events(shop, 50 * SHOPPERS).forEach(engine::learn);
            engine.entities().publish();
            events = events(shop, EVENTS);
            slates = new SlateRanker(index, settings.ranking());
            learner = new InteractionLearner(index, settings.cooccurrences().contextSize());
        }

        private static List<ShopperEvent> events(BenchShop shop, int count) {
            return shop.batch(count, List.of()).stream()
                    .map(EventMapper::toDomain)
                    .toList();
        }

        private ShopperEvent next() {
            taken = (taken + 1) % EVENTS;
            return events.get(taken);
        }

        private Behavior shopper(ShopperEvent event) {
            return engine.shopper(event.shopperKey()).behavior();
        }

        private void learn(ShopperEvent event, Blackhole hole) {
            learner.learn(shopper(event), event, List.of(), (entity, update) -> hole.consume(update));
        }

        private Slate rank(ShopperEvent event) {
            return slates.rank(new RankingRequest(
                    shopper(event),
                    event.entity(),
                    Set.of(),
                    "product",
                    event.time(),
                    StableHash.of(event.eventId()),
                    5,
                    ranker,
                    SlateGoal.relevance()));
        }
    }

    /** An event as the topology handles it: learned from, then answered by the dense ranker. */
    @Benchmark
    public Slate learnAndRank(Shop shop, Blackhole hole) {
        ShopperEvent event = shop.next();
        shop.learn(event, hole);
        return shop.rank(event);
    }

    /** What is sent to the owner of the entity. */
    @Benchmark
    public void learn(Shop shop, Blackhole hole) {
        shop.learn(shop.next(), hole);
    }

    /** A slate by the dense ranker. */
    @Benchmark
    public Slate rank(Shop shop) {
        return shop.rank(shop.next());
    }
}
