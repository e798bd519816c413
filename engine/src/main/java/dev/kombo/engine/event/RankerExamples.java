package dev.kombo.engine.event;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.EventType;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.TimedCounts;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.ranking.slate.SlateRanker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Derives training examples of the ranker from organic behaviour: before a cart or purchase event of a bundle, or of an
 * item of one, is learned from, bundles are scored without knowledge of it. The chosen bundle is positive; of the
 * negatives, half are drawn uniformly from the whole catalogue, half are {@link HardNegatives}. So a record is scored
 * before it is learned from. Events are sampled by hash, under a rate limit. An item counts for a bundle in proportion:
 * it is sampled with a probability of 1 over the bundle's size.
 *
 * <p>Half of the requests, by hash, are triggered by the shopper's interaction just before, as most offers are; the
 * others have no trigger. Without the first half, the ranker could not learn the weight of a trigger.
 */
public final class RankerExamples {
    private static final int TRIES_A_NEGATIVE = 8;
    private static final int SIZE = -2;
    private static final int TRIGGERED = -1;
    private static final int SECOND = 1_000;
    private static final int HARD = 1_000;
    private static final byte[] NO_RANKS = {};

    /** Each choice counts the same, whoever makes it. */
    private static final float FULL_WEIGHT = 1f;

    private final CatalogIndex catalog;
    private final SlateRanker ranker;
    private final TrainingSettings training;
    private final long exposureMillis;
    private final HardNegatives hard = new HardNegatives();
    private long second;
    private int inSecond;

    /**
     * Creates the examples.
     *
     * @param exposureMillis time after an offer in which choices do not count in the contest of rankers
     */
    public RankerExamples(CatalogIndex catalog, SlateRanker ranker, TrainingSettings training, long exposureMillis) {
        this.catalog = catalog;
        this.ranker = ranker;
        this.training = training;
        this.exposureMillis = exposureMillis;
    }

    /** Emits an example if the event shows what was wanted and is sampled. */
    public void observe(Behavior behavior, ShopperEvent event, Rankers rankers, Consumer<RankerExample> sink) {
        if ((event.type() != EventType.PURCHASE && event.type() != EventType.ADD_TO_CART)
                || StableHash.unit(StableHash.of(event.eventId(), 1)) >= training.share()) {
            return;
        }
        long hash = StableHash.of(event.eventId(), 2);
        BundleEntry wanted = wanted(event, hash);
        if (wanted == null || chosenBefore(behavior.cart(), event, wanted) || !withinRate(event.time())) {
            return;
        }
        List<BundleEntry> drawn = drawOthers(event, wanted, hash);
        drawn.add(0, wanted);
        RankerExample example = example(
                drawn, event, hash, request(behavior, event, hash, rankers.network()), rankers.linear(behavior));
        if (example != null) {
            sink.accept(example);
        }
    }

    /**
     * Null where the catalogue no longer has the wanted bundle, or its slots would be filled without the chosen item.
     */
    private @Nullable RankerExample example(
            List<BundleEntry> drawn, ShopperEvent event, long hash, RankingRequest request, float[] linear) {
        ScoredCandidates scored = ranker.score(
                request, drawn.stream().map(entry -> entry.bundle().id()).toList());
        List<Integer> compared = new ArrayList<>(training.negatives() + 1);
        long item = chosenItem(event);
        for (BundleEntry entry : drawn) {
            int candidate = scored.indexOf(entry.hash());
            // Slots may be filled otherwise for this shopper than in the catalogue, from which bundles are drawn.
            if (candidate >= 0 && (item == 0 || scored.bundle(candidate).hasHash(item) == compared.isEmpty())) {
                compared.add(candidate);
            } else if (compared.isEmpty()) {
                return null;
            }
        }
        addHard(compared, scored, event, hash);
        List<float[]> signals = new ArrayList<>(compared.size());
        List<float[]> sequences = new ArrayList<>(compared.size());
        float[] offsets = new float[compared.size()];
        for (int candidate : compared) {
            offsets[signals.size()] = hard.offset(candidate);
            signals.add(scored.standardized(candidate));
            sequences.add(ranker.sequence(request, scored.bundle(candidate)));
        }
        return new RankerExample(
                request.now(),
                signals,
                ShopperContext.of(request),
                sequences,
                1f,
                FULL_WEIGHT,
                Occasion.of(request.behavior()),
                offsets,
                counts(request) ? Contestant.ranks(scored, compared.get(0), linear) : NO_RANKS);
    }

    /** Draws, with replacement, from the best candidates that do not hold what was chosen. */
    private void addHard(List<Integer> compared, ScoredCandidates scored, ShopperEvent event, long hash) {
        long item = chosenItem(event);
        int wanted = compared.get(0);
        int count = hard.load(
                scored,
                c -> c == wanted || scored.bundle(c).hasHash(item),
                training.negatives(),
                catalog.bundleCount());
        for (int i = 0; i < count; i++) {
            compared.add(hard.candidate(StableHash.below(StableHash.combine(hash, HARD + i), hard.size())));
        }
    }

    /** Whether a purchase is of what is in the cart: it was chosen then, and the basket would tell the answer now. */
    private static boolean chosenBefore(Cart cart, ShopperEvent event, BundleEntry wanted) {
        if (event.type() != EventType.PURCHASE) {
            return false;
        }
        if (event.itemId() != null) {
            return cart.lines().stream().anyMatch(line -> line.itemId().equals(event.itemId()));
        }
        Set<Long> items = cart.lines().stream()
                .map(line -> Entity.hashOfItem(line.itemId()))
                .collect(Collectors.toSet());
        return IntStream.range(0, wanted.size()).allMatch(m -> items.contains(wanted.memberHash(m)));
    }

    /** A choice after an offer favours the ranker that made it, so only shoppers who were shown none count. */
    private boolean counts(RankingRequest request) {
        TimedCounts exposures = request.behavior().exposures();
        for (int i = 0; i < exposures.size(); i++) {
            if (exposures.lastTimeAt(i) > request.now() - exposureMillis) {
                return false;
            }
        }
        return true;
    }

    /** The bundle of the event, or one that holds its item, or null. */
    private @Nullable BundleEntry wanted(ShopperEvent event, long hash) {
        if (event.itemId() == null) {
            return event.bundleId() == null ? null : catalog.bundle(event.bundleId());
        }
        int item = catalog.itemOrdinal(event.itemId());
        int[] holding = item == CatalogIndex.UNKNOWN ? new int[0] : catalog.bundlesOfItem(item);
        BundleEntry drawn =
                holding.length == 0 ? null : catalog.bundle(holding[StableHash.below(hash, holding.length)]);
        return drawn == null || StableHash.unit(StableHash.combine(hash, SIZE)) * drawn.size() >= 1 ? null : drawn;
    }

    private RankingRequest request(Behavior behavior, ShopperEvent event, long hash, Ranker network) {
        return new RankingRequest(
                behavior,
                trigger(behavior.recent(), hash),
                Set.of(),
                "training",
                event.time(),
                1,
                network,
                SlateGoal.relevance());
    }

    private @Nullable String trigger(RecentInteractions recent, long hash) {
        boolean triggered = recent.size() > 0 && StableHash.unit(StableHash.combine(hash, TRIGGERED)) < 0.5;
        EntityModel latest = triggered ? catalog.model(recent.entity(recent.size() - 1)) : null;
        return latest == null ? null : latest.entity();
    }

    /** Distinct bundles that do not hold the chosen item, drawn uniformly; fewer where there are not enough. */
    private List<BundleEntry> drawOthers(ShopperEvent event, BundleEntry wanted, long hash) {
        long item = chosenItem(event);
        int random = HardNegatives.random(training.negatives());
        List<BundleEntry> drawn = new ArrayList<>(random + 1);
        for (int i = 0; i < TRIES_A_NEGATIVE * random && drawn.size() < random; i++) {
            BundleEntry entry = catalog.bundle(StableHash.below(StableHash.combine(hash, i), catalog.bundleCount()));
            if (entry != null
                    && entry.hash() != wanted.hash()
                    && !entry.hasHash(item)
                    && drawn.stream().noneMatch(before -> before.hash() == entry.hash())) {
                drawn.add(entry);
            }
        }
        return drawn;
    }

    /**
     * The rate is per second of event time, and late events count in the latest second: a replay of old events at full
     * speed makes no more examples than the shop did then.
     */
    private boolean withinRate(long time) {
        if (time / SECOND > second) {
            second = time / SECOND;
            inSecond = 0;
        }
        inSecond += 1 + training.negatives();
        return inSecond <= training.perSecond();
    }

    /** Hash of the item of an event; 0 where a bundle was chosen. */
    private static long chosenItem(ShopperEvent event) {
        return event.itemId() == null ? 0 : Entity.hashOfItem(event.itemId());
    }
}
