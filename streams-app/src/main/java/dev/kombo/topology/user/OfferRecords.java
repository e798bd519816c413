package dev.kombo.topology.user;

import dev.kombo.attribution.OpenOffer;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.index.BundleConditions;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.OfferSource;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.RankedBundle;
import dev.kombo.ranking.Slate;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.DisplayedItem;
import dev.kombo.schema.OfferDisplay;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OfferedMember;
import dev.kombo.schema.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts offers to the records that are published. */
final class OfferRecords {
    private OfferRecords() {}

    static BundleOffer offer(ShopperEvent event, OpenOffer open, Slate slate, OfferSource source, int reasons) {
        List<OfferedBundle> bundles = new ArrayList<>(slate.bundles().size());
        for (int i = 0; i < slate.bundles().size(); i++) {
            bundles.add(bundle(slate.bundles().get(i), open.bundles().get(i), reasons));
        }
        BundleOffer offer = new BundleOffer();
        offer.setOfferId(open.offerId());
        offer.setUserId(event.userId());
        offer.setSessionId(event.userId() == null ? event.sessionId() : null);
        offer.setPlacement(open.placement());
        offer.setArm(open.assignment().arm());
        offer.setExperiment(open.assignment().experiment());
        offer.setStrategyVersion(open.assignment().strategyVersion());
        offer.setModelVersion(source.modelVersion());
        offer.setPolicy(source.policy());
        offer.setTriggerEventId(event.eventId());
        offer.setTriggerType(event.type().name());
        offer.setOfferedAt(open.offeredAt());
        offer.setExpiresAt(open.expiresAt());
        offer.setBundles(bundles);
        return offer;
    }

    static OfferDisplay display(OpenOffer open, CatalogIndex catalog) {
        Map<String, String> titles = new LinkedHashMap<>();
        Map<String, DisplayedItem> items = new LinkedHashMap<>();
        for (dev.kombo.attribution.OfferedBundle offered : open.bundles()) {
            BundleEntry bundle = catalog.bundle(offered.bundleId());
            if (bundle != null) {
                titles.put(offered.bundleId(), bundle.bundle().title());
            }
            for (BundleMember member : offered.members()) {
                Item item = catalog.item(member.itemId());
                if (item != null) {
                    items.put(item.id(), new DisplayedItem(item.title(), item.image(), item.link()));
                }
            }
        }
        return new OfferDisplay(titles, items);
    }

    private static OfferedBundle bundle(
            RankedBundle ranked, dev.kombo.attribution.OfferedBundle offered, int reasonCount) {
        List<OfferedMember> members = new ArrayList<>(offered.members().size());
        offered.members().forEach(member -> members.add(new OfferedMember(member.itemId(), member.quantity())));
        List<Reason> reasons = new ArrayList<>(reasonCount);
        for (int i = 0; i < ranked.reasons().size() && i < reasonCount; i++) {
            dev.kombo.ranking.Reason reason = ranked.reasons().get(i);
            reasons.add(new Reason(reason.signal().label(), reason.value(), reason.contribution()));
        }
        BundleConditions conditions = ranked.entry().conditions();
        if (conditions != null) {
            conditions.reasons().forEach(condition -> reasons.add(new Reason(condition, 0.0, 0.0)));
        }
        OfferedBundle published = new OfferedBundle();
        published.setBundleId(offered.bundleId());
        published.setRank(offered.rank());
        published.setScore(ranked.score());
        published.setProbability(ranked.probability());
        published.setConversionProbability(ranked.terms().conversionProbability());
        published.setExpectedGainMinor(ranked.terms().valueMinor());
        published.setPropensity(offered.propensity());
        published.setPriceMinor(offered.priceMinor());
        published.setListPriceMinor(offered.priceMinor() + offered.savingMinor());
        published.setSavingMinor(offered.savingMinor());
        published.setCurrency(offered.currency());
        published.setMembers(members);
        published.setReasons(reasons);
        return published;
    }
}
