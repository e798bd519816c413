package dev.kombo.serde;

import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Shopper;
import dev.kombo.catalog.index.BundleConditions;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.event.EventOutputs.NewOffer;
import dev.kombo.engine.event.OfferPreview;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.ConversionModel.ModelStage;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.DisplayedItem;
import dev.kombo.schema.OfferDisplay;
import dev.kombo.schema.OfferedAlternative;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OfferedMember;
import dev.kombo.schema.Reason;
import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Maps offers, and previews of them, to records of the topic bundle-offer. */
public final class OfferMapper {
    /** How likely a bundle is to be offered at its rank: version 0.2.0 could draw them at random. */
    private static final double CERTAIN = 1;

    private OfferMapper() {}

    /** An offer that an event was answered with. */
    public static BundleOffer toAvro(NewOffer offered) {
        ShopperEvent event = offered.trigger();
        OpenOffer open = offered.open();
        Slate slate = offered.slate();
        Shopper shopper = new Shopper(event.userId(), event.userId() == null ? event.sessionId() : null);
        BundleOffer offer =
                offer(shopper, open.placement(), open.assignment(), open.offeredAt(), bundles(slate, open.bundles()));
        offer.setOfferId(open.offerId());
        offer.setExpiresAt(open.expiresAt());
        offer.setModelVersion(offered.modelVersion());
        offer.setPolicy(offered.policy());
        offer.setTriggerEventId(event.eventId());
        offer.setTriggerType(event.type().name());
        setCalibrated(offer, slate, offered.stage());
        return offer;
    }

    /**
     * What a ledger keeps of an offer.
     *
     * @param bundles the bundles that are still to be shown, by rank
     */
    public static BundleOffer toAvro(
            Shopper shopper, OpenOffer open, List<dev.kombo.attribution.OfferedBundle> bundles) {
        BundleOffer offer = offer(
                shopper,
                open.placement(),
                open.assignment(),
                open.offeredAt(),
                bundles.stream().map(OfferMapper::bundle).toList());
        offer.setOfferId(open.offerId());
        offer.setExpiresAt(open.expiresAt());
        return offer;
    }

    /** The offer that a preview shows, without an id. The preview has bundles. */
    public static BundleOffer toAvro(
            Shopper shopper, OfferPreview.PreviewRequest previewRequest, OfferPreview.Preview preview) {
        BundleOffer offer = offer(
                shopper,
                previewRequest.placement(),
                preview.assignment(),
                previewRequest.now(),
                bundles(preview.slate(), preview.offered()));
        offer.setModelVersion(preview.modelVersion());
        offer.setPolicy(preview.policy());
        setCalibrated(offer, preview.slate(), preview.stage());
        return offer;
    }

    private static BundleOffer offer(
            Shopper shopper, String placement, Assignment assignment, long time, List<OfferedBundle> bundles) {
        BundleOffer offer = new BundleOffer();
        offer.setUserId(shopper.userId());
        offer.setSessionId(shopper.sessionId());
        offer.setPlacement(placement);
        offer.setArm(assignment.arm());
        offer.setExperiment(assignment.experiment());
        offer.setStrategyVersion(assignment.strategyVersion());
        offer.setOfferedAt(time);
        offer.setBundles(bundles);
        return offer;
    }

    /** What a page needs to show an offer, as the catalogue has it. */
    public static OfferDisplay display(BundleOffer offer, CatalogIndex catalog) {
        Map<String, String> titles = new LinkedHashMap<>();
        Map<String, DisplayedItem> items = new LinkedHashMap<>();
        for (OfferedBundle offered : offer.getBundles()) {
            BundleEntry bundle = catalog.bundle(offered.getBundleId());
            if (bundle != null) {
                titles.put(offered.getBundleId(), bundle.bundle().title());
                // Reasons name those that the shopper has already.
                bundle.bundle().members().forEach(member -> display(member.itemId(), catalog, items));
            }
            offered.getMembers().forEach(member -> display(member.getItemId(), catalog, items));
            offered.getAlternatives().forEach(other -> display(other.getItemId(), catalog, items));
        }
        return new OfferDisplay(titles, items);
    }

    private static void display(String itemId, CatalogIndex catalog, Map<String, DisplayedItem> items) {
        Item item = catalog.item(itemId);
        if (item != null) {
            items.put(item.id(), new DisplayedItem(item.title(), item.image(), item.link()));
        }
    }

    private static void setCalibrated(BundleOffer offer, Slate slate, ModelStage stage) {
        offer.setCalibrated(!Double.isNaN(slate.bundles().get(0).probability()));
        offer.setConversionCalibrated(stage != ModelStage.WARM_START);
    }

    private static OfferedBundle bundle(dev.kombo.attribution.OfferedBundle offered) {
        List<OfferedMember> members = new ArrayList<>(offered.members().size());
        for (int m = 0; m < offered.members().size(); m++) {
            BundleMember member = offered.members().get(m);
            long[] prices = offered.price().memberPrices();
            members.add(new OfferedMember(
                    member.itemId(),
                    member.quantity(),
                    prices.length == 0 ? null : prices[m],
                    slotOf(member, offered)));
        }
        OfferedBundle bundle = new OfferedBundle();
        bundle.setBundleId(offered.bundleId());
        bundle.setRank(offered.rank());
        bundle.setPropensity(CERTAIN);
        bundle.setPriceMinor(offered.priceMinor());
        bundle.setListPriceMinor(offered.priceMinor() + offered.price().statedSavingMinor());
        bundle.setSavingMinor(offered.price().statedSavingMinor());
        bundle.setDiscountMinor(
                offered.price().statedSavingMinor() < offered.savingMinor() ? offered.savingMinor() : null);
        bundle.setCurrency(offered.currency());
        bundle.setMembers(members);
        bundle.setPersonalPrice(offered.price().personal());
        bundle.setCombinesWith(List.of());
        bundle.setAlternatives(alternatives(offered));
        return bundle;
    }

    /** The slot that a member fills, or null. */
    private static String slotOf(BundleMember member, dev.kombo.attribution.OfferedBundle offered) {
        for (FilledSlot slot : offered.slots()) {
            if (slot.isFilledBy(member.itemId())) {
                return slot.name();
            }
        }
        return null;
    }

    private static List<OfferedAlternative> alternatives(dev.kombo.attribution.OfferedBundle offered) {
        List<OfferedAlternative> all = new ArrayList<>(0);
        for (FilledSlot slot : offered.slots()) {
            for (FilledSlot.Alternative one : slot.alternatives()) {
                Long price = one.priceMinor() == Item.UNKNOWN ? null : one.priceMinor();
                all.add(new OfferedAlternative(slot.name(), one.itemId(), one.replaces(), price));
            }
        }
        return all;
    }

    private static List<OfferedBundle> bundles(Slate slate, List<dev.kombo.attribution.OfferedBundle> offered) {
        List<OfferedBundle> bundles = new ArrayList<>(offered.size());
        for (int i = 0; i < offered.size(); i++) {
            bundles.add(bundle(slate.bundles().get(i), offered.get(i)));
        }
        return bundles;
    }

    private static OfferedBundle bundle(RankedBundle ranked, dev.kombo.attribution.OfferedBundle offered) {
        List<Reason> reasons = new ArrayList<>(ranked.reasons().size());
        for (int i = 0; i < ranked.reasons().size(); i++) {
            Slate.Reason reason = ranked.reasons().get(i);
            reasons.add(reason(reason.signal().label(), reason.value(), reason.contribution()));
        }
        BundleConditions conditions = ranked.entry().conditions();
        if (conditions != null) {
            conditions.reasons().forEach(condition -> reasons.add(reason(condition, 0, 0)));
        }
        OfferedBundle bundle = bundle(offered);
        bundle.setScore(ranked.score());
        bundle.setProbability(Double.isNaN(ranked.probability()) ? 0 : ranked.probability());
        bundle.setConversionProbability(ranked.conversionProbability());
        bundle.setExpectedGainMinor(ranked.valueMinor());
        bundle.setReasons(reasons);
        Set<String> combinesWith = ranked.entry().bundle().sale().combinesWith();
        if (!combinesWith.isEmpty()) {
            bundle.setCombinesWith(combinesWith.stream().sorted().toList());
        }
        return bundle;
    }

    /** Its constructor would box both numbers. */
    private static Reason reason(String label, double value, double contribution) {
        Reason reason = new Reason();
        reason.setSignal(label);
        reason.setValue(value);
        reason.setContribution(contribution);
        return reason;
    }
}
