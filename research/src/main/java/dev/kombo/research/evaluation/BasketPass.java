package dev.kombo.research.evaluation;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.math.StableHash;
import dev.kombo.research.data.Basket;
import dev.kombo.research.data.Baskets;
import dev.kombo.research.evaluation.RankingTask.Baseline;
import dev.kombo.research.evaluation.RankingTask.Question;
import dev.kombo.shop.Progress;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Evaluates on baskets in order of time, and asks about each before learning from it: which items will it contain,
 * which mined bundles in full, and, between its lines, which bundles will the rest complete? Baskets that are not
 * measured are only for training.
 */
final class BasketPass extends Pass {
    /** Most lines of an invoice that a household might have; larger invoices are wholesalers'. */
    private static final int MOST_HOUSEHOLD_LINES = 40;

    private static final int ITEMS = 20;
    private static final int FEW_ITEMS = 10;
    private static final int BUNDLES = 10;
    private static final int COMPLETED = 5;

    /**
     * Most items and bundles of one basket that are learned from, and most bundles per position: large baskets contain
     * hundreds.
     */
    private static final int ITEM_POSITIVES = 24;

    private static final int BUNDLE_POSITIVES = 5;
    private static final int COMPLETION_POSITIVES = 2;

    /** Most items scored per basket that is only for training; if there are more, baskets are sampled. */
    private static final double LEARNING_ITEMS = 4000;

    /** Most positions in a basket at which completion is evaluated or learned from; evenly spaced. */
    private static final int PLACES = 19;

    private static final int LEARNING_PLACES = 3;

    /** Weight of a question whose answer networks learn from. */
    private static final float TRAINING_WEIGHT = 1;

    private final Baskets baskets;
    private final Predicate<Basket> wanted;
    private final boolean itemsOnly;
    private final BasketShop shop;
    private final RankingTask items;
    private final RankingTask bundles;
    private final RankingTask completion;
    private final PropensityTask propensity;
    private final Map<String, double[]> completed = new LinkedHashMap<>();
    private final BitSet held = new BitSet();
    private final BitSet bought = new BitSet();
    private Basket basket;
    private boolean measured;
    private Map<Integer, Integer> owned = Map.of();

    /**
     * @param currency ISO 4217 code of all prices
     * @param wanted the baskets that are measured
     * @param itemsOnly whether only items are asked about, and those bought before apart from those that are new
     */
    BasketPass(
            Baskets baskets,
            String currency,
            Predicate<Basket> wanted,
            boolean itemsOnly,
            EvaluationOptions options,
            long seed) {
        super(options, Map.of(), seed);
        this.baskets = baskets;
        this.wanted = wanted;
        this.itemsOnly = itemsOnly;
        this.shop = new BasketShop(baskets, settings, currency, !itemsOnly);
        Baseline sold = (scored, c) -> shop.purchases(shop.shelf().item(scored.bundle(c)));
        Baseline own = (scored, c) -> owned.getOrDefault(shop.shelf().item(scored.bundle(c)), 0);
        items = task(shop.itemIndex(), BasketMethods.ofItems(sold, own), ITEM_POSITIVES, ITEMS);
        Baseline least = (scored, c) -> shop.purchases(scored.bundle(c));
        bundles = task(shop.bundleIndex(), BasketMethods.ofBundles(least), BUNDLE_POSITIVES, BUNDLES);
        completion = task(shop.bundleIndex(), BasketMethods.ofCompletion(), COMPLETION_POSITIVES, COMPLETED);
        propensity = new PropensityTask(shop, networks(), settings.ranking(), methods, seed);
    }

    @Override
    public SeedResult run(Progress progress) throws InterruptedException {
        int total = baskets.baskets().size();
        int count = 0;
        for (int b = 0; b < total; b++) {
            open(baskets.baskets().get(b));
            count += measured ? 1 : 0;
            askForItems();
            if (!shop.mined().kept().isEmpty()) {
                askForBundles();
            }
            buy();
            means.next(basket.id());
            progress.step(b + 1L, total);
        }
        SeedResult result = result(baskets.counts().leftOut())
                .fact("baskets", total)
                .fact("baskets measured", count)
                .fact("items", shop.shelf().size());
        if (itemsOnly) {
            return result;
        }
        result.fact("bundles ranked at the end", shop.mined().kept().size())
                .fact("bundles found", shop.mined().found())
                .fact("propensity cases", propensity.cases());
        propensity.addTo(result);
        return result;
    }

    private void open(Basket next) {
        basket = next;
        measured = wanted.test(next);
        owned = shop.owned(next.user());
        held.clear();
        bought.clear();
        completed.clear();
        next.lines().forEach(line -> held.set(line.item()));
        shop.reach(next.time());
    }

    private void askForItems() {
        int onShelf = shop.shelf().size();
        boolean drawn = StableHash.unit(StableHash.of(basket.id(), seed)) * onShelf < LEARNING_ITEMS;
        if (onShelf == 0 || (!measured && !drawn)) {
            return;
        }
        Predicate<BundleEntry> relevant = entry -> held.get(shop.shelf().item(entry));
        int unseen =
                (int) held.stream().filter(item -> !shop.shelf().holds(item)).count();
        items.ask(question("items", Set.of(), relevant, unseen, TRAINING_WEIGHT), measured ? this::addItems : null);
        if (!itemsOnly && measured && !held.stream().allMatch(owned::containsKey)) {
            Set<String> masked = owned.keySet().stream()
                    .map(item -> ItemRegistry.bundleId(baskets.items().id(item)))
                    .collect(Collectors.toSet());
            items.ask(
                    question("", masked, relevant, unseen, 0),
                    (method, list, hits, count) ->
                            add(method, "items", "novel-recall@20", RankingMetrics.recall(hits, count, ITEMS)));
        }
    }

    private void addItems(String method, List<BundleEntry> list, boolean[] hits, int relevant) {
        add(method, "items", "recall@20", RankingMetrics.recall(hits, relevant, ITEMS));
        add(method, "items", "recall@10", RankingMetrics.recall(hits, relevant, FEW_ITEMS));
        add(method, "items", "ndcg@10", RankingMetrics.ndcg(hits, relevant, FEW_ITEMS));
        add(method, "items", "capped-recall@20", RankingMetrics.cappedRecall(hits, relevant, ITEMS));
        add(method, "items", "ndcg@20", RankingMetrics.ndcg(hits, relevant, ITEMS));
        add(method, "items", "hit-rate@20", RankingMetrics.hit(hits, ITEMS));
        if (itemsOnly) {
            int repeated = (int) held.stream().filter(owned::containsKey).count();
            addPart(method, "repeat", parts(list, hits, true), repeated);
            addPart(method, "new", parts(list, hits, false), relevant - repeated);
        }
    }

    /** Returns the hits that the user had bought before, or those that are new. */
    private boolean[] parts(List<BundleEntry> list, boolean[] hits, boolean repeated) {
        boolean[] part = hits.clone();
        for (int i = 0; i < part.length; i++) {
            part[i] &= repeated == owned.containsKey(shop.shelf().item(list.get(i)));
        }
        return part;
    }

    private void addPart(String method, String part, boolean[] hits, int relevant) {
        if (relevant > 0) {
            add(method, "items", part + "-recall@10", RankingMetrics.recall(hits, relevant, FEW_ITEMS));
            add(method, "items", part + "-recall@20", RankingMetrics.recall(hits, relevant, ITEMS));
        }
    }

    private void askForBundles() {
        Question question = question("bundles", Set.of(), entry -> isHeld(members(entry)), 0, TRAINING_WEIGHT);
        bundles.ask(question, measured ? fullAnswers("full@10") : null);
        propensity.ask(question, measured);
        if (measured && shop.mined().kept().stream().anyMatch(e -> isHeld(e.members()) && !isFamiliar(e))) {
            Set<String> familiar = shop.mined().kept().stream()
                    .filter(this::isFamiliar)
                    .map(entry -> entry.mined().id())
                    .collect(Collectors.toSet());
            bundles.ask(question("", familiar, question.relevant(), 0, 0), fullAnswers("novel-full@10"));
        }
    }

    private RankingTask.Answers fullAnswers(String metric) {
        return (method, list, hits, relevant) -> add(method, "bundles", metric, RankingMetrics.hit(hits, BUNDLES));
    }

    private int[] members(BundleEntry entry) {
        return shop.mined().members(entry);
    }

    private boolean isHeld(int[] members) {
        return allIn(members, held);
    }

    private static boolean allIn(int[] members, BitSet set) {
        return IntStream.of(members).allMatch(set::get);
    }

    private boolean isFamiliar(MinedCatalog.IndexedBundle entry) {
        return Arrays.stream(entry.members()).anyMatch(owned::containsKey);
    }

    /**
     * Buys line by line; the questions are at positions i = 1..places, after round(i * lines / (places + 1)) lines.
     */
    private void buy() {
        int lines = basket.lines().size();
        int places = Math.min(measured ? PLACES : LEARNING_PLACES, lines - 1);
        for (int count = 1; count <= lines; count++) {
            Basket.BasketLine line = basket.lines().get(count - 1);
            shop.buy(basket, line);
            bought.set(line.item());
            boolean place = count < lines && count * (places + 1) / lines != (count - 1) * (places + 1) / lines;
            if (place && !shop.mined().kept().isEmpty()) {
                askForCompletion(count, line.time());
            }
        }
        completed.forEach((method, sum) -> add(method, "completion", "completed@5", sum[0] / sum[1]));
        shop.close(basket);
    }

    private void askForCompletion(int count, long now) {
        Set<String> complete = shop.mined().kept().stream()
                .filter(entry -> allIn(entry.members(), bought))
                .map(entry -> entry.mined().id())
                .collect(Collectors.toSet());
        Question question = new Question(
                "completion " + basket.id() + " " + count,
                shop.behavior(basket.user()),
                now,
                complete,
                entry -> isHeld(members(entry)),
                0,
                TRAINING_WEIGHT);
        completion.ask(question, measured ? this::addPlace : null);
    }

    private void addPlace(String method, List<BundleEntry> list, boolean[] hits, int relevant) {
        double[] sum = completed.computeIfAbsent(method, none -> new double[2]);
        sum[0] += RankingMetrics.hit(hits, COMPLETED);
        sum[1]++;
    }

    private Question question(
            String kind, Set<String> masked, Predicate<BundleEntry> relevant, int unseen, float weight) {
        return new Question(
                kind + " " + basket.id(),
                shop.behavior(basket.user()),
                basket.time(),
                masked,
                relevant,
                unseen,
                weight);
    }

    private void add(String method, String group, String metric, double value) {
        means.add(method, group + "." + metric, value);
        if (!itemsOnly && basket.lines().size() <= MOST_HOUSEHOLD_LINES) {
            means.add(method, group + " of small baskets." + metric, value);
        }
    }
}
