package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;
import dev.kombo.config.KomboConfig;
import dev.kombo.lab.quality.data.BundleRecData;
import dev.kombo.lab.quality.engine.EnginePace;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.lab.quality.metrics.RankingMetrics;
import dev.kombo.lab.quality.metrics.TopK;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.SeededSettings;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.SlateRanker;
import dev.kombo.topology.EngineSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** One pass over the sessions with one seed; see {@link BundleRecProtocol}. Not thread-safe. */
final class BundleRecRun implements Protocol.Run {
    private static final int K = 10;
    private static final int NEGATIVES = 4;
    private static final int TRIES = 16;
    private static final EnginePace PACE = new EnginePace(20, 20);

    private static final Ranker PRIOR = Ranker.linear(Signal.priorWeights());

    private final BundleRecData data;
    private final List<String> methods;
    private final Map<String, String> settings;
    private final double measuredFrom;

    /**
     * A run over sessions.
     *
     * @param measuredFrom share of the sessions, in [0, 1), that only teach
     */
    BundleRecRun(BundleRecData data, List<String> methods, Map<String, String> settings, double measuredFrom) {
        this.data = data;
        this.methods = List.copyOf(methods);
        this.settings = Map.copyOf(settings);
        this.measuredFrom = measuredFrom;
    }

    @Override
    public SeedResult run(long seed, Progress progress) throws InterruptedException {
        return new Pass(seed).run(progress);
    }

    /** The state of one pass. */
    private final class Pass {
        private final long seed;
        private final CatalogIndex index;
        private final InProcessEngine engine;
        private final SlateRanker ranker;
        private final Fusions fusions;
        private final TopK best;
        private final Means means = new Means();
        private final SignalTable table = new SignalTable();
        private int measured;

        Pass(long seed) {
            this.seed = seed;
            EngineSettings configured = new EngineSettings(KomboConfig.of(SeededSettings.of(settings, seed)));
            index = new CatalogIndex(configured.index());
            engine = new InProcessEngine(configured, PACE, List.of(index));
            ranker = new SlateRanker(index, configured.ranking());
            fusions = new Fusions(methods, configured.rankerTraining(), seed);
            best = new TopK(K, seed);
            fillCatalogue();
        }

        private void fillCatalogue() {
            for (int item = 0; item < data.items().size(); item++) {
                String id = data.items().id(item);
                List<List<String>> categories = data.catalog().categories(id);
                String category = categories.isEmpty() || categories.get(0).isEmpty()
                        ? null
                        : String.join(" > ", categories.get(0));
                index.putItem(new Item(
                        id, data.catalog().title(id), category, Item.UNKNOWN, null, Item.UNKNOWN, Item.UNLIMITED));
            }
            for (int bundle = 0; bundle < data.bundleItems().length; bundle++) {
                List<BundleMember> members = Arrays.stream(data.bundleItems()[bundle])
                        .mapToObj(item -> new BundleMember(data.items().id(item), 1))
                        .toList();
                index.putBundle(new Bundle(
                        data.bundles().id(bundle),
                        "",
                        members,
                        Item.UNKNOWN,
                        Item.UNKNOWN,
                        null,
                        Item.UNKNOWN,
                        Item.UNLIMITED,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        Set.of(),
                        Bundle.Origin.CURATED,
                        0));
            }
        }

        SeedResult run(Progress progress) throws InterruptedException {
            int total = data.sessions().size();
            int from = (int) Math.ceil(measuredFrom * total);
            for (int s = 0; s < total; s++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                take(data.sessions().get(s), s >= from);
                progress.update(s + 1L, total);
            }
            SeedResult result = new SeedResult();
            methods.forEach(method -> means.addTo(result, method));
            return result.fact("sessions", Integer.toString(total))
                    .fact("sessions measured", Integer.toString(measured))
                    .fact("bundles ranked", Integer.toString(data.bundleItems().length));
        }

        /** Half of the items are bought, then the bundles are predicted, then the others are bought. */
        private void take(BundleRecData.Session session, boolean counts) {
            Draws draws = new Draws("session " + session.id(), seed);
            int[] items = draws.some(session.items().clone(), session.items().length);
            int half = (items.length + 1) / 2;
            for (int i = 0; i < half; i++) {
                buy(session, items[i]);
            }
            predict(session, Arrays.copyOf(items, half), draws, counts);
            for (int i = half; i < items.length; i++) {
                buy(session, items[i]);
            }
            engine.closeOrder(key(session));
        }

        private String key(BundleRecData.Session session) {
            return ShopperKey.ofUser(data.users().id(session.user()));
        }

        private void buy(BundleRecData.Session session, int item) {
            engine.learn(new ShopperEvent(
                    session.id() + ":" + item,
                    data.users().id(session.user()),
                    null,
                    EventType.PURCHASE,
                    data.items().id(item),
                    null,
                    null,
                    session.id(),
                    1,
                    ShopperEvent.NO_PRICE,
                    null,
                    Double.NaN,
                    null,
                    session.time(),
                    null,
                    0));
        }

        private void predict(BundleRecData.Session session, int[] bought, Draws draws, boolean counts) {
            Behavior behavior = engine.shopper(key(session)).behavior();
            RankingRequest request = new RankingRequest(
                    behavior,
                    null,
                    Set.of(),
                    Set.of(),
                    "evaluation",
                    session.time(),
                    0,
                    1,
                    PRIOR,
                    SlateGoal.relevance());
            table.load(ranker.scoreAll(request));
            boolean[] complete = complete(bought);
            int[] relevant = Arrays.stream(session.bundles())
                    .filter(bundle -> !complete[bundle])
                    .toArray();
            if (relevant.length == 0) {
                return;
            }
            float[] context = ShopperContext.of(request);
            if (counts) {
                measured++;
                measure(context, complete, relevant);
            }
            learn(context, session.bundles(), relevant, draws);
        }

        /** The catalogue is scanned in the order in which it was filled, so a candidate has the number of its bundle. */
        private boolean[] complete(int[] bought) {
            int[] sorted = bought.clone();
            Arrays.sort(sorted);
            boolean[] complete = new boolean[table.size()];
            for (int b = 0; b < complete.length; b++) {
                complete[b] =
                        Arrays.stream(data.bundleItems()[b]).allMatch(item -> Arrays.binarySearch(sorted, item) >= 0);
            }
            return complete;
        }

        private void measure(float[] context, boolean[] complete, int[] relevant) {
            for (String method : methods) {
                double[] scores = baseline(method);
                if (scores != null) {
                    Scores.mask(scores, complete);
                    add(method, scores, relevant);
                }
            }
            fusions.score(table, context, complete, (method, scores) -> add(method, scores, relevant));
        }

        private void add(String method, double[] scores, int[] relevant) {
            int[] ranked = best.select(scores);
            means.add(method, "recall@10", RankingMetrics.recall(ranked, relevant, K));
            means.add(method, "ndcg@10", RankingMetrics.ndcg(ranked, relevant, K));
            means.add(method, "hit-rate@10", RankingMetrics.hit(ranked, relevant, K));
        }

        private double[] baseline(String method) {
            return switch (method) {
                case Methods.POPULARITY_LONG -> table.values(Signal.POPULARITY_LONG);
                case Methods.NEIGHBORS -> table.values(Signal.BASKET_NEIGHBORS);
                case Methods.COOCCURRENCE -> table.values(Signal.HISTORY_MEMBERS);
                case Methods.OVERLAP -> table.values(Signal.BASKET_SHARE);
                case Methods.FACTORS -> table.values(Signal.COSINE);
                default -> null;
            };
        }

        private void learn(float[] context, int[] wanted, int[] relevant, Draws draws) {
            for (int positive : relevant) {
                List<float[]> choice = new ArrayList<>(NEGATIVES + 1);
                choice.add(table.column(positive));
                for (int i = 0; i < TRIES && choice.size() <= NEGATIVES; i++) {
                    int other = draws.below(table.size());
                    if (IntStream.of(wanted).noneMatch(bundle -> bundle == other)) {
                        choice.add(table.column(other));
                    }
                }
                fusions.learn(choice, context, 1f);
            }
        }
    }
}
