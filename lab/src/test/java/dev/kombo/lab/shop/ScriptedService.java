package dev.kombo.lab.shop;

import dev.kombo.catalog.StableHash;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OfferedMember;
import java.util.ArrayList;
import java.util.List;

/** Stands for the service in a script: answers each view and request with bundles taken at random. */
final class ScriptedService {
    private static final long SALT = 99;
    private static final int SLATE = 5;

    private final ShopCatalog catalog;

    ScriptedService(ShopCatalog catalog) {
        this.catalog = catalog;
    }

    /** The offer that an event triggers, or null: two of three shoppers are in an arm with offers. */
    BundleOffer offerFor(BehaviorEvent event) {
        String key = event.getUserId() != null ? event.getUserId() : event.getSessionId();
        int arm = StableHash.below(StableHash.of(key), 3);
        boolean triggers = event.getType() == EventType.VIEW || event.getType() == EventType.OFFER_REQUEST;
        if (arm == 0 || !triggers) {
            return null;
        }
        HashedDraws draws = new HashedDraws(SALT, StableHash.of(event.getEventId()));
        List<OfferedBundle> slate = new ArrayList<>();
        for (int rank = 1; rank <= SLATE; rank++) {
            slate.add(
                    offered(catalog.bundles().get(draws.below(catalog.bundles().size())), rank));
        }
        return BundleOffer.newBuilder()
                .setOfferId("offer-" + event.getEventId())
                .setUserId(event.getUserId())
                .setSessionId(event.getUserId() == null ? event.getSessionId() : null)
                .setPlacement(event.getPlacement())
                .setArm(arm == 1 ? "baseline" : "treatment")
                .setExperiment("test")
                .setStrategyVersion(1)
                .setModelVersion(0)
                .setPolicy("random")
                .setTriggerEventId(event.getEventId())
                .setTriggerType(event.getType().name())
                .setOfferedAt(event.getEventTime())
                .setExpiresAt(event.getEventTime() + 60_000)
                .setBundles(slate)
                .build();
    }

    static OfferedBundle offered(Bundle bundle, int rank) {
        return OfferedBundle.newBuilder()
                .setBundleId(bundle.getBundleId())
                .setRank(rank)
                .setScore(0)
                .setPropensity(1)
                .setPriceMinor(bundle.getPriceMinor())
                .setListPriceMinor(bundle.getListPriceMinor())
                .setSavingMinor(bundle.getListPriceMinor() - bundle.getPriceMinor())
                .setCurrency(bundle.getCurrency())
                .setMembers(bundle.getMembers().stream()
                        .map(member -> new OfferedMember(member.getItemId(), member.getQuantity()))
                        .toList())
                .setReasons(List.of())
                .build();
    }
}
