package dev.kombo.topology;

import dev.kombo.engine.OfferSource;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.RankedBundle;
import dev.kombo.ranking.Slate;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OfferedMember;
import dev.kombo.schema.Reason;
import dev.kombo.tracking.OpenOffer;
import java.util.ArrayList;
import java.util.List;

/** Offers as published. */
final class OfferRecords {
    private OfferRecords() {}

    static BundleOffer offer(ShopperEvent event, OpenOffer open, Slate slate, OfferSource source, int reasons) {
        List<OfferedBundle> bundles = new ArrayList<>(slate.bundles().size());
        for (int i = 0; i < slate.bundles().size(); i++) {
            bundles.add(bundle(slate.bundles().get(i), open.bundles().get(i), reasons));
        }
        return BundleOffer.newBuilder()
                .setOfferId(open.offerId())
                .setUserId(event.userId())
                .setSessionId(event.userId() == null ? event.sessionId() : null)
                .setPlacement(open.placement())
                .setArm(open.assignment().arm())
                .setExperiment(open.assignment().experiment())
                .setStrategyVersion(open.assignment().strategyVersion())
                .setModelVersion(source.modelVersion())
                .setPolicy(source.policy())
                .setTriggerEventId(event.eventId())
                .setTriggerType(event.type().name())
                .setOfferedAt(open.offeredAt())
                .setExpiresAt(open.expiresAt())
                .setBundles(bundles)
                .build();
    }

    private static OfferedBundle bundle(
            RankedBundle ranked, dev.kombo.tracking.OfferedBundle offered, int reasonCount) {
        List<OfferedMember> members = new ArrayList<>(offered.members().size());
        offered.members().forEach(member -> members.add(new OfferedMember(member.itemId(), member.quantity())));
        List<Reason> reasons = new ArrayList<>(reasonCount);
        for (int i = 0; i < ranked.reasons().size() && i < reasonCount; i++) {
            dev.kombo.ranking.Reason reason = ranked.reasons().get(i);
            reasons.add(new Reason(reason.signal().label(), reason.value(), reason.contribution()));
        }
        return OfferedBundle.newBuilder()
                .setBundleId(offered.bundleId())
                .setRank(offered.rank())
                .setScore(ranked.score())
                .setProbability(ranked.probability())
                .setConversionProbability(ranked.terms().acceptance())
                .setExpectedGainMinor(ranked.terms().valueMinor())
                .setPropensity(offered.propensity())
                .setPriceMinor(offered.priceMinor())
                .setListPriceMinor(offered.priceMinor() + offered.savingMinor())
                .setSavingMinor(offered.savingMinor())
                .setCurrency(offered.currency())
                .setMembers(members)
                .setReasons(reasons)
                .build();
    }
}
