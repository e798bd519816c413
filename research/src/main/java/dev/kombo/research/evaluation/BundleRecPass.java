package dev.kombo.research.evaluation;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.profile.ShopperKey;
import dev.kombo.research.data.BundleRecData;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.engine.InProcessEngine;
import dev.kombo.shop.Progress;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Evaluates on BundleRec in order of time. A random half of each session's items is bought, and the whole catalogue is
 * ranked for the bundles that people saw in the session and that the half does not complete. Hardly any bundle is taken
 * twice, so bundles are known only by their members. The bundles were made from the sessions: one that shares items
 * with the half is a likely answer, which is why overlap is a row of its own. The first fifth of the sessions is only
 * for training by default. The test part is a file as {@code user_session.csv}: of its sessions alone is asked.
 *
 * <p>A pass takes the sessions with one seed. Not thread-safe.
 */
public final class BundleRecPass extends Pass {
    /** The protocol. */
    public static final Protocol PROTOCOL = new Protocol(
            BundleRecData.NAME,
            BasketMethods.OF_SESSIONS,
            "ndcg@10",
            BasketMethods.SIMPLE_OF_SESSIONS,
            "the domain electronic",
            Set.of(Protocol.Takes.FROM),
            BundleRecPass::open);

    private static final int K = 10;

    /** Share of the sessions, from the first, that are only for training. */
    private static final double ONLY_FOR_TRAINING = 0.2;

    /** Purchases learned from between two publications of the items that changed. */
    private static final int EVENTS_PER_PUBLICATION = 20;

    private final BundleRecData data;
    private final Predicate<BundleRecData.Session> wanted;

    private final WritableCatalogIndex index;
    private final InProcessEngine engine;
    private final RankingTask task;
    private int measured;
    private int empty;

    /**
     * @param wanted the sessions that are measured
     */
    BundleRecPass(BundleRecData data, Predicate<BundleRecData.Session> wanted, EvaluationOptions options, long seed) {
        super(options, Map.of(), seed);
        this.data = data;
        this.wanted = wanted;
        index = new WritableCatalogIndex(settings.index());
        engine = new InProcessEngine(settings, EVENTS_PER_PUBLICATION, List.of(index));
        task = task(index, BasketMethods.ofCompletion(), Integer.MAX_VALUE, K);
        fillCatalogue();
    }

    private static Protocol.Run open(EvaluationOptions options) throws IOException {
        BundleRecData data = BundleRecData.read(options.dir(), options.testCsv());
        List<BundleRecData.Session> sessions = data.sessions();
        boolean whole = options.part() == PredictedPart.TUNE;
        long first = whole
                ? sessions.get((int) (ONLY_FOR_TRAINING * sessions.size())).time()
                : Long.MIN_VALUE;
        long from =
                options.measuredFrom(first, sessions.get(sessions.size() - 1).time());
        return (seed, progress) -> new BundleRecPass(
                        data,
                        session -> session.time() >= from
                                && (whole || data.tested().contains(session.id())),
                        options,
                        seed)
                .run(progress)
                .fact("measured from", Instant.ofEpochMilli(from).toString());
    }

    private void fillCatalogue() {
        for (int item = 0; item < data.items().size(); item++) {
            String id = data.items().id(item);
            List<List<String>> categories = data.catalog().categories(id);
            String category =
                    categories.isEmpty() || categories.get(0).isEmpty() ? null : String.join(" > ", categories.get(0));
            index.putItem(
                    new Item(id, data.catalog().title(id), category, Item.UNKNOWN, null, Item.UNKNOWN, Item.UNLIMITED));
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
                    Bundle.Origin.CURATED,
                    0));
        }
    }

    @Override
    public SeedResult run(Progress progress) throws InterruptedException {
        int total = data.sessions().size();
        for (int s = 0; s < total; s++) {
            BundleRecData.Session session = data.sessions().get(s);
            if (session.items().length > 0) {
                take(session);
            } else {
                empty++;
            }
            progress.step(s + 1L, total);
        }
        return result(data.leftOut())
                .fact("sessions", total)
                .fact("sessions without items", empty)
                .fact("sessions measured", measured)
                .fact("bundles ranked", data.bundleItems().length);
    }

    /** Buys half of the items, predicts the bundles, then buys the other half. */
    private void take(BundleRecData.Session session) {
        Draws draws = new Draws("session " + session.id(), seed);
        int[] items = draws.some(session.items().clone(), session.items().length);
        int half = (items.length + 1) / 2;
        for (int i = 0; i < half; i++) {
            buy(session, items[i]);
        }
        ask(session, Arrays.copyOf(items, half));
        for (int i = half; i < items.length; i++) {
            buy(session, items[i]);
        }
        engine.closeOrder(key(session));
    }

    private String key(BundleRecData.Session session) {
        return ShopperKey.ofUser(data.users().id(session.user()));
    }

    private void buy(BundleRecData.Session session, int item) {
        engine.learn(InProcessEngine.purchase(
                session.id() + ":" + item,
                data.users().id(session.user()),
                data.items().id(item),
                null,
                session.id(),
                session.time(),
                Map.of()));
    }

    /** Asks for bundles; those that are already complete are not candidates. */
    private void ask(BundleRecData.Session session, int[] bought) {
        Arrays.sort(bought);
        Set<String> complete = IntStream.range(0, data.bundleItems().length)
                .filter(bundle -> Arrays.stream(data.bundleItems()[bundle])
                        .allMatch(item -> Arrays.binarySearch(bought, item) >= 0))
                .mapToObj(data.bundles()::id)
                .collect(Collectors.toSet());
        Set<String> seen =
                Arrays.stream(session.bundles()).mapToObj(data.bundles()::id).collect(Collectors.toSet());
        if (complete.containsAll(seen)) {
            return;
        }
        RankingTask.Question question = new RankingTask.Question(
                session.id(),
                engine.shopper(key(session)).behavior(),
                session.time(),
                complete,
                entry -> seen.contains(entry.bundle().id()),
                0,
                1f);
        boolean counts = wanted.test(session);
        measured += counts ? 1 : 0;
        task.ask(question, counts ? this::add : null);
        means.next(session.id());
    }

    private void add(String method, List<BundleEntry> list, boolean[] hits, int relevant) {
        means.add(method, "recall@10", RankingMetrics.recall(hits, relevant, K));
        means.add(method, "ndcg@10", RankingMetrics.ndcg(hits, relevant, K));
        means.add(method, "hit-rate@10", RankingMetrics.hit(hits, K));
    }
}
