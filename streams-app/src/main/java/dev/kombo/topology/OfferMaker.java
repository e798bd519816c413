package dev.kombo.topology;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.Target;
import dev.kombo.ops.Counters;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.RankedBundle;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.SlateRanker;
import dev.kombo.serde.ProfileMapper;
import dev.kombo.tracking.Arm;
import dev.kombo.tracking.ArmKind;
import dev.kombo.tracking.Enrollment;
import dev.kombo.tracking.LedgerResult;
import dev.kombo.tracking.OfferedBundle;
import dev.kombo.tracking.OpenOffer;
import dev.kombo.tracking.Outcome;
import dev.kombo.tracking.StrategyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers an event with an offer, where its type asks for one and the last is not too fresh: enters the shopper into an
 * arm, ranks, and opens the offer in the ledger. All arms are judged alike up to the ranking, so that they can be
 * compared; the holdout is judged and gets nothing.
 */
final class OfferMaker {
    /** Placements from which on stale ones are forgotten. */
    private static final int PLACEMENTS = 32;

    private static final String POLICY_VERSION = "-1";
    private static final String BASELINE_POLICY = "popularity" + POLICY_VERSION;

    /**
     * Where a slate comes from.
     *
     * @param placement where it is meant to be shown
     * @param policy name and version of the way in which it was chosen
     * @param modelVersion version of the ranker; 0: the one that Kombo starts with
     */
    record OfferSource(String placement, String policy, long modelVersion) {}

    private final EngineContext engine;
    private final SlateRanker ranker;
    private final Ranker popularity = Ranker.popularity();
    private final String policy;
    private final Counters counters;
    private final LongAdder made;

    OfferMaker(EngineContext engine) {
        this.engine = engine;
        this.ranker =
                new SlateRanker(engine.models().catalog(), engine.settings().ranking());
        this.policy = engine.settings().training().shape().kind().name().toLowerCase(Locale.ROOT) + POLICY_VERSION;
        this.counters = engine.counters();
        this.made = counters.counter("offer.made");
    }

    /** The ranker, with buffers of this task. */
    SlateRanker ranker() {
        return ranker;
    }

    /** Makes an offer, or does not: the reason is counted. */
    void answer(String shopperKey, ShopperState shopper, ShopperEvent event, Outputs outputs) {
        String placement =
                event.placement() == null ? engine.settings().offers().placement() : event.placement();
        if (!due(shopper.behavior(), event, placement)) {
            return;
        }
        StrategyPlan plan = engine.models().strategy().planOf(shopperKey);
        if (!plan.runningAt(event.time())) {
            counters.count("offer.none.no-strategy");
            return;
        }
        Arm arm = armOf(plan, shopperKey, shopper, event, outputs);
        remember(shopper.behavior().lastOfferAt(), placement, event.time());
        if (arm == null || arm.kind() == ArmKind.HOLDOUT) {
            counters.count(arm == null ? "offer.none.arm-gone" : "offer.none.holdout");
            return;
        }
        boolean baseline = arm.kind() == ArmKind.BASELINE;
        Ranker network = baseline ? popularity : engine.models().ranker();
        Slate slate = ranker.rank(request(shopper.behavior(), event, placement, arm, network));
        if (slate.isEmpty()) {
            counters.count("offer.none." + slate.emptyReason());
            return;
        }
        offer(
                shopper,
                event,
                slate,
                new OfferSource(placement, baseline ? BASELINE_POLICY : policy, network.version()),
                outputs);
        made.increment();
    }

    private boolean due(Behavior behavior, ShopperEvent event, String placement) {
        if (!engine.settings().offers().triggers().contains(event.type())) {
            return false;
        }
        if (event.type() == EventType.OFFER_REQUEST) {
            return true;
        }
        Long last = behavior.lastOfferAt().get(placement);
        return last == null || event.time() >= last + engine.settings().offers().intervalMillis();
    }

    /** Placements are named by clients: those that no longer hold an offer back are forgotten. */
    private void remember(Map<String, Long> lastOfferAt, String placement, long time) {
        if (lastOfferAt.size() >= PLACEMENTS && !lastOfferAt.containsKey(placement)) {
            long interval = engine.settings().offers().intervalMillis();
            lastOfferAt.values().removeIf(last -> last + interval <= time);
        }
        lastOfferAt.merge(placement, time, Math::max);
    }

    private static Arm armOf(
            StrategyPlan plan, String shopperKey, ShopperState shopper, ShopperEvent event, Outputs outputs) {
        Enrollment stored = shopper.enrollment();
        Enrollment enrollment = plan.enroll(event.partitionId(), stored, event.time());
        if (!enrollment.equals(stored)) {
            shopper.enrollment(enrollment);
            outputs.outcome(Outcome.entered(ProfileMapper.shopper(shopperKey), enrollment, event.eventId()));
        }
        return plan.arm(enrollment.arm());
    }

    private RankingRequest request(Behavior behavior, ShopperEvent event, String placement, Arm arm, Ranker network) {
        return new RankingRequest(
                behavior,
                trigger(event),
                behavior.segments(),
                Set.of(),
                placement,
                event.time(),
                StableHash.of(event.eventId()),
                engine.settings().offers().size(),
                network,
                arm.temperature());
    }

    private static String trigger(ShopperEvent event) {
        if (event.itemId() != null) {
            return Target.ofItem(event.itemId());
        }
        return event.bundleId() == null ? null : Target.ofBundle(event.bundleId());
    }

    private void offer(ShopperState shopper, ShopperEvent event, Slate slate, OfferSource source, Outputs outputs) {
        List<OfferedBundle> offered = new ArrayList<>(slate.bundles().size());
        for (RankedBundle ranked : slate.bundles()) {
            offered.add(offered(ranked));
            shopper.behavior()
                    .exposures()
                    .addWithin(
                            ranked.entry().hash(),
                            event.time(),
                            engine.settings().ranking().rules().frequencyWindowMillis());
        }
        OpenOffer open = new OpenOffer(
                OfferRecords.offerId(event.shopperKey(), event.eventId(), source.placement()),
                source.placement(),
                shopper.enrollment().assignment(),
                event.time(),
                event.time() + engine.settings().offers().validityMillis(),
                engine.settings().attribution().closesAt(event.time()),
                offered);
        LedgerResult result = shopper.ledger().offered(open, event.eventId());
        outputs.ledger(event.partitionId(), result);
        outputs.responses(result);
        outputs.offer(
                event.partitionId(),
                OfferRecords.offer(
                        event, open, slate, source, engine.settings().offers().reasons()));
    }

    private static OfferedBundle offered(RankedBundle ranked) {
        Bundle bundle = ranked.entry().bundle();
        List<BundleMember> members = bundle.members();
        return new OfferedBundle(
                bundle.id(),
                ranked.rank(),
                ranked.propensity(),
                bundle.priceMinor(),
                Math.max(0, ranked.entry().listPriceMinor() - bundle.priceMinor()),
                bundle.currency(),
                members);
    }
}
