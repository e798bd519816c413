package dev.kombo.engine.event;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.LedgerResult;
import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Outcome;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.slate.SlateRanker;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers an event with an offer, if its type triggers one and the cooldown has elapsed: assigns the shopper to an arm,
 * ranks, and opens the offer in the ledger. All arms are treated alike up to the ranking, so that they are comparable;
 * in the holdout the same checks apply but nothing is offered.
 */
public final class OfferMaker {
    /** Number of placements from which on expired ones are forgotten. */
    private static final int PLACEMENTS = 32;

    private final OfferSettings settings;
    private final AttributionSettings attribution;
    private final RuleSettings rules;
    private final EventModels models;
    private final SlateRanker ranker;
    private final EngagementLearner engagement;
    private final EventCounts counts;

    /**
     * @param ranker ranks; its buffers belong to this thread
     * @param engagement learns from feedback that arrived before its offer
     */
    public OfferMaker(
            OfferSettings settings,
            AttributionSettings attribution,
            RuleSettings rules,
            EventModels models,
            SlateRanker ranker,
            EngagementLearner engagement,
            EventCounts counts) {
        this.settings = settings;
        this.attribution = attribution;
        this.rules = rules;
        this.models = models;
        this.ranker = ranker;
        this.engagement = engagement;
        this.counts = counts;
    }

    /** The id of an offer: the same for the same shopper, event and placement, so that a retry makes the same offer. */
    public static String offerId(String shopperKey, String eventId, String placement) {
        long event = StableHash.combine(StableHash.of(shopperKey), StableHash.of(eventId));
        return HexFormat.of().toHexDigits(StableHash.combine(event, StableHash.of(placement)));
    }

    /** A purchase may have the id of another event, which may have triggered an offer as well. */
    private static String triggerId(ShopperEvent event) {
        return event.type().movesMoney() ? event.type() + ":" + event.eventId() : event.eventId();
    }

    /** Makes an offer, or counts the reason why not. */
    void answer(String shopperKey, ShopperState shopper, ShopperEvent event, EventOutputs outputs) {
        String placement = event.placement() == null ? settings.placement() : event.placement();
        if (!due(shopper.behavior(), event, placement)) {
            return;
        }
        StrategyPlan plan = models.planOf(shopperKey);
        ArmRanking ranking = ArmRanking.of(models, plan, shopperKey, shopper, placement, event.time());
        if (ranking.assignment() != null) {
            enroll(plan, shopperKey, shopper, event, ranking.enrollment(), outputs);
            remember(shopper.behavior().lastOfferAt(), placement, event.time());
        }
        if (ranking.reason() != null) {
            counts.noOffer(ranking.reason());
            return;
        }
        RankingRequest request = request(shopper.behavior(), event, placement, ranking);
        long begun = counts.rankingBegins();
        Slate slate = ranker.rank(request);
        counts.ranked(begun);
        if (slate.emptyReason() != null) {
            counts.noOffer(slate.emptyReason());
            return;
        }
        offer(shopper, event, placement, slate, ranking, outputs);
        counts.count(ranking.outside() ? EventCounts.Counted.OFFER_OUTSIDE : EventCounts.Counted.OFFER);
    }

    private boolean due(Behavior behavior, ShopperEvent event, String placement) {
        if (!settings.triggers().contains(event.type())) {
            return false;
        }
        if (event.type() == EventType.OFFER_REQUEST) {
            return true;
        }
        Long last = behavior.lastOfferAt().get(placement);
        return last == null || event.time() >= last + settings.intervalMillis();
    }

    /** Clients choose the names of placements, so those whose cooldown has elapsed are forgotten. */
    private void remember(Map<String, Long> lastOfferAt, String placement, long time) {
        if (lastOfferAt.size() >= PLACEMENTS && !lastOfferAt.containsKey(placement)) {
            long interval = settings.intervalMillis();
            lastOfferAt.values().removeIf(last -> last + interval <= time);
        }
        lastOfferAt.merge(placement, time, Math::max);
    }

    /** Stores the arm of a shopper who is assigned to it by this event. */
    private static void enroll(
            StrategyPlan plan,
            String shopperKey,
            ShopperState shopper,
            ShopperEvent event,
            @Nullable Enrollment enrollment,
            EventOutputs outputs) {
        if (enrollment == null || enrollment.equals(shopper.enrollment())) {
            return;
        }
        shopper.enrollment(enrollment);
        boolean visitor = ShopperKey.isSession(shopperKey);
        if (!visitor) {
            shopper.observations()
                    .enter(
                            enrollment,
                            shopper.behavior().history().parts().revenue().upTo(event.time()),
                            shopper.behavior().covariates(event.time()));
        }
        outputs.outcome(Outcome.entered(
                ShopperKey.shopper(shopperKey),
                enrollment,
                visitor ? List.of() : plan.arms(),
                visitor ? null : plan.options().rule(),
                event.eventId()));
    }

    private RankingRequest request(Behavior behavior, ShopperEvent event, String placement, ArmRanking ranking) {
        return new RankingRequest(
                behavior,
                event.entity(),
                Set.of(),
                placement,
                event.time(),
                settings.size(),
                ranking.ranker(),
                ranker.goalFor(behavior, ranking.goal()));
    }

    private void offer(
            ShopperState shopper,
            ShopperEvent event,
            String placement,
            Slate slate,
            ArmRanking ranking,
            EventOutputs outputs) {
        List<OfferedBundle> offered = new ArrayList<>(slate.bundles().size());
        long window = rules.frequencyWindowMillis();
        for (Slate.RankedBundle ranked : slate.bundles()) {
            offered.add(ranked.offered());
            shopper.behavior().exposures().addWithin(ranked.entry().hash(), event.time(), window);
        }
        OpenOffer open = new OpenOffer(
                offerId(event.shopperKey(), triggerId(event), placement),
                placement,
                Objects.requireNonNull(ranking.assignment()),
                event.time(),
                event.time() + settings.validityMillis(),
                attribution.closesAt(event.time()),
                offered);
        LedgerResult result = shopper.ledger().offered(open, event.eventId(), expected(slate, open, ranking));
        outputs.ledger(event.partitionId(), result);
        OutcomeTracker.observe(shopper, result);
        engagement.observe(result, shopper.behavior().exposures(), outputs);
        outputs.emit(
                event.partitionId(),
                new EventOutputs.NewOffer(
                        event,
                        open,
                        slate,
                        ranking.policy(),
                        ranking.ranker().version(),
                        ranking.conversionModel().modelStage()));
    }

    /** What an offer is expected to cost in discounts that budgets limit. */
    private static Outcome.Bought expected(Slate slate, OpenOffer open, ArmRanking ranking) {
        DiscountLimits limits = ranking.goal().limits();
        if (limits.equals(DiscountLimits.NONE)) {
            return Outcome.Bought.NOTHING;
        }
        double expected = 0;
        List<Double> byBundle = new ArrayList<>(slate.bundles().size());
        for (int i = 0; i < slate.bundles().size(); i++) {
            OfferedBundle bundle = open.bundles().get(i);
            double ofBundle = 0;
            if (bundle.savingMinor() > 0 && limits.counts(bundle.bundleId(), bundle.currency())) {
                ofBundle = bundle.savingMinor() * ranking.conversionModel().probability(bundle.features());
            }
            byBundle.add(ofBundle);
            expected += ofBundle;
        }
        return expected == 0
                ? Outcome.Bought.NOTHING
                : Outcome.Bought.expected(
                        new Amount(0, Math.max(1, Math.round(expected)), limits.currency()),
                        limits.bundles().isEmpty() ? List.of() : byBundle);
    }
}
