package dev.kombo.query;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Cooccurrences;
import dev.kombo.catalog.IndexSettings;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.CategoryAffinity;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OpenBundle;
import dev.kombo.schema.OpenMember;
import dev.kombo.schema.OpenOffer;
import dev.kombo.schema.PlacementReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.UpliftVerdict;
import dev.kombo.schema.UserProfile;
import dev.kombo.serde.Floats;
import dev.kombo.serde.TrustedRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sources whose content a test writes; also the health. */
public final class ScriptedSources implements Health {
    public final Map<String, UserProfile> profiles = new HashMap<>();
    public final List<ConversionReport> reports = new ArrayList<>();
    public final CatalogIndex catalog = new CatalogIndex(IndexSettings.defaults());
    public volatile boolean live = true;
    public volatile boolean ready = true;
    public volatile boolean migrating;

    static {
        TrustedRecords.install();
    }

    public QuerySources sources() {
        return new QuerySources(this, this::find, catalog, () -> reports);
    }

    private UserProfile find(String key) {
        if (migrating) {
            throw new StateUnavailableException("the store user-profile cannot be read: it migrates", null);
        }
        return profiles.get(key);
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public String state() {
        return ready ? "RUNNING" : "REBALANCING";
    }

    /** A shop with two items, tea and cup, and a bundle of them. */
    public ScriptedSources withTeaShop() {
        catalog.putItem(new Item("tea", "Green tea", "kitchen", 450, "GBP", Item.UNKNOWN, Item.UNLIMITED));
        catalog.putItem(new Item("cup", "Cup", "kitchen", 600, "GBP", 200, 12));
        catalog.putModel(new TargetModel(
                Target.ofItem("tea"),
                new float[] {0.5f, -1f},
                0.25f,
                3,
                4,
                1000,
                10,
                7,
                440,
                "GBP",
                List.of(new Neighbor("cup", 2.5f, 3)),
                Cooccurrences.NONE,
                9));
        catalog.putBundle(new Bundle(
                "tea-time",
                "Tea time",
                List.of(new BundleMember("tea", 2), new BundleMember("cup", 1)),
                1350,
                1500,
                "GBP",
                Item.UNKNOWN,
                Item.UNLIMITED,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Set.of(),
                Bundle.Origin.MINED,
                500));
        return this;
    }

    /** A profile last seen at a time, with offers. */
    public static UserProfile profile(long lastSeen, OpenOffer... offers) {
        List<Integer> counts = new ArrayList<>();
        for (EventType type : EventType.values()) {
            counts.add(type == EventType.VIEW ? 4 : type == EventType.PURCHASE ? 1 : 0);
        }
        return UserProfile.newBuilder()
                .setVector(Floats.toBuffer(new float[] {1, 2}))
                .setFirstSeen(100)
                .setLastSeen(lastSeen)
                .setEventCounts(counts)
                .setSpend(Map.of("GBP", 450L))
                .setCategories(List.of(new CategoryAffinity("kitchen", 1.5f)))
                .setOffers(List.of(offers))
                .build();
    }

    /** An offer of the bundle tea-time. */
    public static OpenOffer offer(String id, long offeredAt, long expiresAt) {
        OpenBundle bundle = OpenBundle.newBuilder()
                .setBundleId("tea-time")
                .setRank(1)
                .setPropensity(1)
                .setPriceMinor(1350)
                .setSavingMinor(150)
                .setCurrency("GBP")
                .setMembers(List.of(new OpenMember("tea", 2), new OpenMember("cup", 1)))
                .build();
        return OpenOffer.newBuilder()
                .setOfferId(id)
                .setPlacement("default")
                .setExperiment("first")
                .setArm("fused")
                .setStrategyVersion(1)
                .setOfferedAt(offeredAt)
                .setExpiresAt(expiresAt)
                .setClosesAt(expiresAt + 1000)
                .setBundles(List.of(bundle))
                .build();
    }

    /** A comparison in pounds with round figures. */
    public static ArmComparison comparison(UpliftVerdict verdict) {
        return ArmComparison.newBuilder()
                .setMeasure("revenue28d")
                .setCurrency("GBP")
                .setArm("fused")
                .setReference("holdout")
                .setVerdict(verdict)
                .setUsers(12_000)
                .setReferenceUsers(1_300)
                .setBurnIn(250)
                .setMean(1352.4)
                .setReferenceMean(1300.0)
                .setDifference(52.4)
                .setDifferenceLow(12.0)
                .setDifferenceHigh(92.8)
                .setRelative(0.0403)
                .setRelativeLow(0.009)
                .setRelativeHigh(0.072)
                .build();
    }

    /** A report of one arm with round figures. */
    public static ConversionReport report(ReportWindow window, long start) {
        CurrencyAmount pounds = CurrencyAmount.newBuilder()
                .setCurrency("GBP")
                .setRevenueMinor(123_450)
                .setAttributedMinor(13_500)
                .setSavingMinor(1500)
                .setViewThroughMinor(5400)
                .setRevenuePerUser(3086.25)
                .build();
        ArmReport arm = ArmReport.newBuilder()
                .setArm("fused")
                .setUsers(40)
                .setActiveUsers(38)
                .setOffers(1200)
                .setImpressions(1000)
                .setClicks(100)
                .setDismissals(5)
                .setConversions(10)
                .setPartialConversions(2)
                .setReturns(1)
                .setPurchases(300)
                .setAmounts(List.of(pounds))
                .setClickThroughRate(0.1)
                .setConversionRate(0.01)
                .setViewThroughConversions(4)
                .setCrossConversions(3)
                .setReturnedConversions(1)
                .setReturnedShare(0.1)
                .setDismissalRate(0.005)
                .setPlacements(
                        window == ReportWindow.TOTAL
                                ? List.of(new PlacementReport("home", 900L, 800L, 90L, 4L, 8L, Map.of("GBP", 10_800L)))
                                : List.of())
                .setBundles(List.of(BundleReport.newBuilder()
                        .setBundleId("tea-time")
                        .setOffers(7)
                        .setClicks(3)
                        .setConversions(1)
                        .setRevenueMinor(1350)
                        .setCurrency("GBP")
                        .build()))
                .build();
        return ConversionReport.newBuilder()
                .setExperiment("first")
                .setWindow(window)
                .setWindowStart(start)
                .setLastEventTime(start + 500)
                .setArms(List.of(arm))
                .build();
    }
}
