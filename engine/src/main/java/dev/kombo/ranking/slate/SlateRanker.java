package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.TopSelection;
import dev.kombo.profile.Behavior;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.Slate.Reason;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.retrieval.CandidateSource;
import dev.kombo.ranking.retrieval.SlotFiller;
import dev.kombo.ranking.rules.Exclusion;
import dev.kombo.ranking.rules.OfferRules;
import dev.kombo.ranking.shopper.ShopperView;
import dev.kombo.ranking.signals.Candidates;
import dev.kombo.ranking.signals.EngagementSignals;
import dev.kombo.ranking.signals.SignalCalculator;
import dev.kombo.ranking.value.BundleValuer;
import dev.kombo.ranking.value.OfferTerms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ranks bundles for one shopper: retrieves candidates that break no rule, measures and standardises their signals,
 * scores them, and chooses a slate from the best, position by position and with diversity. The same index, request and
 * settings give the same slate. Not thread-safe, since it reuses buffers: one instance per thread.
 *
 * <p>The ranker's linear part scores all candidates. A deep ranker rescores the best {@link RankingSettings#rerank} of
 * them, from which slates are chosen; the others keep their linear scores, lowered by one constant if needed so that
 * they stay below. So scores order all candidates, but are logits of the ranker only for the best.
 */
public final class SlateRanker {
    /** Most signals named as reasons of one bundle. */
    static final int REASONS = 3;

    private final CatalogIndex index;
    private final RankingSettings settings;
    private final ShopperView view;
    private final OfferRules rules;
    private final SlotFiller slots;
    private final CandidateSource source;
    private final Candidates candidates = new Candidates();
    private final TopSelection selection = new TopSelection();
    private final TopSelection strongest = new TopSelection();
    private final DeepReranker reranker;
    private final BundleValuer valuer;
    private final SlatePool pool;
    private final OfferedBundles offered;

    /** What the ranks above leave of the probability that something is the next choice. */
    private double unclaimed;

    /** Creates a ranker over an index that another thread may keep writing. */
    public SlateRanker(CatalogIndex index, RankingSettings settings) {
        this.index = index;
        this.offered = new OfferedBundles(index);
        this.settings = settings;
        view = new ShopperView(index);
        rules = new OfferRules(index, settings.rules());
        slots = new SlotFiller(index, rules);
        source = new CandidateSource(index, rules, slots, settings.candidates(), settings.fullScan());
        reranker = new DeepReranker(index, settings.rerank());
        valuer = new BundleValuer(index);
        pool = new SlatePool(settings.rerank(), settings.oddsMin());
    }

    /** The goal for a shopper: without discounts for segments that are left out of pricing. */
    public SlateGoal goalFor(Behavior behavior, SlateGoal goal) {
        boolean unpriced = !Collections.disjoint(settings.rules().unpricedSegments(), behavior.segments());
        return unpriced && goal.discounts().length > 0 ? goal.withoutDiscounts() : goal;
    }

    /** Ranks a request; {@link #candidates} then returns what was scored. */
    public Slate rank(RankingRequest request) {
        load(request);
        source.collect(candidates, request, view);
        if (candidates.size() == 0) {
            Exclusion exclusion = source.mostFrequentExclusion();
            return new Slate(List.of(), 0, exclusion == null ? Slate.NO_CANDIDATES : exclusion.code());
        }
        measure(request);
        leaveMissing(request);
        fillPool(request);
        return pool.size() == 0
                ? new Slate(List.of(), candidates.size(), Slate.NOT_WORTH_OFFERING)
                : new Slate(choose(request), candidates.size(), null);
    }

    /**
     * Scores the given bundles among the shopper's candidates without choosing a slate, for training examples. The
     * given ones need not pass the rules; ids that the catalogue does not have are left out. They follow the
     * candidates, except for those that are candidates anyway.
     */
    public ScoredCandidates score(RankingRequest request, List<String> bundleIds) {
        load(request);
        source.collect(candidates, request, view);
        for (int i = 0; i < bundleIds.size(); i++) {
            BundleEntry entry = index.bundle(bundleIds.get(i));
            if (entry != null && candidates.indexOf(entry.hash()) < 0) {
                candidates.add(slots.fill(entry));
            }
        }
        score(request);
        return candidates;
    }

    /**
     * Scores all bundles of the catalogue except those that the request excludes, in the order of the catalogue and
     * regardless of the rules: for measurements.
     */
    public ScoredCandidates scoreAll(RankingRequest request) {
        load(request);
        candidates.clear();
        for (int ordinal = 0; ordinal < index.bundleCount(); ordinal++) {
            BundleEntry entry = index.bundle(ordinal);
            if (entry != null && !request.excluded().contains(entry.bundle().id())) {
                candidates.add(entry);
            }
        }
        view.products(index.bundleCount());
        score(request);
        return candidates;
    }

    /**
     * Scores the bundles of the latest {@link #scoreAll} again, by the ranker of a request that is otherwise the same.
     */
    public ScoredCandidates rescore(RankingRequest request) {
        candidates.rescore(request.ranker().weights());
        rerank(request);
        return candidates;
    }

    /** The scored candidates of the latest request. */
    public ScoredCandidates candidates() {
        return candidates;
    }

    /**
     * The sequence of recent interactions against a bundle, as used by the request's kind of ranker; empty where it
     * uses none.
     */
    public float[] sequence(RankingRequest request, BundleEntry entry) {
        return request.ranker().shape().kind().sequential() ? reranker.sequence(entry, request) : new float[0];
    }

    /** The rule that keeps a bundle from being offered, or null where none does. */
    public @Nullable Exclusion why(RankingRequest request, String bundleId) {
        load(request);
        BundleEntry entry = index.bundle(bundleId);
        return rules.check(entry == null ? null : slots.fill(entry), request, view);
    }

    private void load(RankingRequest request) {
        view.load(request);
        rules.begin(request);
        slots.begin(request, view);
    }

    private void score(RankingRequest request) {
        measure(request);
        rerank(request);
    }

    private void rerank(RankingRequest request) {
        if (request.ranker().deep()) {
            selection.reset(settings.rerank());
            for (int c = 0; c < candidates.size(); c++) {
                select(candidates.score(c), c);
            }
            reranker.rerank(candidates, request, selection);
        }
    }

    private void measure(RankingRequest request) {
        SignalCalculator.measure(candidates, view, request.now());
        EngagementSignals.measure(candidates, index.priorEngagement(request.now()));
        candidates.score(request.ranker().weights());
    }

    /**
     * Leaves of each bundle what the shopper lacks: its relevance is that of the whole, its value that of what is
     * offered.
     */
    private void leaveMissing(RankingRequest request) {
        for (int c = 0; c < candidates.size(); c++) {
            if (candidates.bundle(c).completable()) {
                candidates.replace(c, rules.offered(candidates.bundle(c), request, view));
            }
        }
    }

    /** Values the most promising candidates for the goal, and keeps those that are worth offering. */
    private void fillPool(RankingRequest request) {
        SlateGoal.Criterion kind = request.goal().kind();
        valuer.begin(request, view, candidates);
        selection.reset(settings.rerank());
        boolean limited = !request.goal().limits().equals(DiscountLimits.NONE);
        for (int c = 0; c < candidates.size(); c++) {
            if (limited && valuer.refused(c)) {
                continue;
            }
            select(
                    switch (kind) {
                        case RELEVANCE -> candidates.score(c);
                        case POPULARITY -> popularity(c);
                        default -> valuer.screeningScore(c);
                    },
                    c);
        }
        if (request.ranker().deep()) {
            reranker.rerank(candidates, request, selection);
        }
        pool.clear();
        for (int i = 0; i < selection.size(); i++) {
            int c = selection.ordinal(i);
            if (kind.valued()) {
                addValued(c);
            } else {
                boolean relevant = kind == SlateGoal.Criterion.RELEVANCE;
                double value = relevant ? candidates.score(c) : popularity(c);
                // How popular a bundle is says nothing of the shopper's odds.
                addToPool(c, value, relevant ? value : 0, candidates.bundle(c).priceMinor());
            }
        }
    }

    /** Adds a candidate by its gain, with more units in its slot where that is worth more. */
    private void addValued(int candidate) {
        BundleEntry entry = candidates.bundle(candidate);
        double gain = valuer.value(candidate);
        double odds = valuer.logOdds();
        long price = valuer.price();
        BundleEntry larger = slots.larger(entry);
        if (larger != null) {
            candidates.replace(candidate, larger);
            double more = valuer.refused(candidate) ? Double.NEGATIVE_INFINITY : valuer.value(candidate);
            if (more > gain) {
                gain = more;
                odds = valuer.logOdds();
                price = valuer.price();
            } else {
                candidates.replace(candidate, entry);
            }
        }
        addToPool(candidate, Math.log(gain), odds, price);
    }

    private void addToPool(int candidate, double value, double odds, long price) {
        // The logarithm of a gain of 0 or less is not finite.
        if (Double.isFinite(value)) {
            pool.add(candidate, candidates.bundle(candidate), value, odds, price);
        }
    }

    private void select(double key, int candidate) {
        if (!selection.refuses(key)) {
            selection.offer(key, candidates.bundle(candidate).hash(), candidate);
        }
    }

    private float popularity(int candidate) {
        return candidates.standardized(Signal.POPULARITY_LONG.ordinal(), candidate);
    }

    private List<RankedBundle> choose(RankingRequest request) {
        int size = Math.min(request.size(), pool.size());
        List<RankedBundle> ranked = new ArrayList<>(size);
        pool.begin(request.goal(), settings.mmrLambda());
        unclaimed = 1;
        for (int position = 1; position <= size && pool.open(); position++) {
            int chosen = pool.best();
            pool.take(chosen);
            ranked.add(ranked(chosen, position, request));
        }
        return List.copyOf(ranked);
    }

    private RankedBundle ranked(int chosen, int position, RankingRequest request) {
        int candidate = pool.candidate(chosen);
        Ranker ranker = request.ranker();
        double next = Math.min(unclaimed, ranker.nextChoice(candidates.score(candidate), index.bundleCount()));
        unclaimed -= next;
        boolean popular = request.goal().kind() == SlateGoal.Criterion.POPULARITY;
        BundleEntry entry = candidates.bundle(candidate);
        OfferTerms terms = valuer.terms(candidate, position, pool.price(chosen));
        return new RankedBundle(
                offered.of(entry, slots.withAlternatives(entry, pool.price(chosen)), position, terms, request.now()),
                entry,
                popular ? popularity(candidate) : candidates.score(candidate),
                next,
                reasons(candidate, request.goal().weights(ranker)),
                terms.conversionProbability(),
                terms.valueMinor());
    }

    /**
     * The signals with the largest positive contributions to the linear part; where there is none, the one that
     * subtracted least.
     */
    private List<Reason> reasons(int candidate, float[] weights) {
        strongest.reset(REASONS);
        for (int s = 0; s < Signal.count(); s++) {
            // An offer does not say what is known of its shopper.
            if (weights[s] != 0 && s != Signal.LEVEL_LIFT.ordinal()) {
                strongest.offer(weights[s] * candidates.standardized(s, candidate), s, s);
            }
        }
        List<Reason> reasons = new ArrayList<>(REASONS);
        for (int i = 0; i < strongest.size(); i++) {
            int s = strongest.ordinal(i);
            float contribution = weights[s] * candidates.standardized(s, candidate);
            if (contribution > 0 || reasons.isEmpty()) {
                reasons.add(new Reason(Signal.of(s), candidates.value(Signal.of(s), candidate), contribution));
            }
        }
        return List.copyOf(reasons);
    }
}
