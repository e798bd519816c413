package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.math.StableHash;
import dev.kombo.price.BundlePricing;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.OpenOrder;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Properties of slates over random catalogues and shoppers; rules are checked against the raw items, bundles and
 * events.
 */
class SlateRankerPropertyTest {
    private static final long DAY = 86_400_000L;
    private static final int ITEMS = 25;
    private static final int BUNDLES = 40;
    private static final RuleSettings RULES =
            new RuleSettings(50, 800, 2, 7 * DAY, 30 * DAY, Map.of("c0", 5 * DAY), false, 0.2, Set.of());

    private final Map<String, Item> items = new HashMap<>();
    private final Map<String, Bundle> bundles = new HashMap<>();
    private final List<Consumer<WritableCatalogIndex>> changes = new ArrayList<>();

    private void drawCatalogue(Random random) {
        items.clear();
        bundles.clear();
        changes.clear();
        for (int i = 0; i < ITEMS; i++) {
            long price = random.nextInt(10) == 0 ? Item.UNKNOWN : random.nextInt(300);
            long stock = random.nextInt(4) == 0 ? random.nextInt(3) : Item.UNLIMITED;
            String currency = random.nextInt(15) == 0 ? "EUR" : "GBP";
            Item item = CatalogFixtures.item("i" + i, "c" + i % 3, price, currency, stock);
            items.put(item.id(), item);
            changes.add(index -> index.putItem(item));
            List<Neighbor> neighbors = List.of(new Neighbor("i" + random.nextInt(ITEMS), 1 + random.nextInt(5), 3));
            EntityModel model = CatalogFixtures.model(
                    "i:i" + i, random.nextInt(50), NOW - random.nextInt(1_000_000_000), neighbors, vector(random));
            changes.add(index -> index.putModel(model));
        }
        for (int b = 0; b < BUNDLES; b++) {
            List<BundleMember> members = new ArrayList<>();
            int first = random.nextInt(ITEMS);
            for (int m = 0; m < 2 + random.nextInt(2); m++) {
                members.add(new BundleMember("i" + (first + m * 7) % ITEMS, 1 + random.nextInt(2)));
            }
            Bundle bundle = CatalogFixtures.terms(
                    CatalogFixtures.bundle("b" + b, random.nextInt(1000), members),
                    random.nextInt(8) == 0 ? 0 : Item.UNLIMITED,
                    random.nextInt(8) == 0 ? NOW + 1 : NOW,
                    random.nextInt(8) == 0 ? NOW : NOW + 1,
                    random.nextInt(5) == 0 ? Set.of("vip") : Set.of());
            bundles.put(bundle.id(), bundle);
            changes.add(index -> index.putBundle(bundle));
        }
    }

    private static float[] vector(Random random) {
        float[] vector = new float[4];
        for (int k = 0; k < 4; k++) {
            vector[k] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static void drawShopper(Behavior behavior, Random random) {
        for (int i = 0; i < 25; i++) {
            String item = "i" + random.nextInt(ITEMS);
            long time = NOW - random.nextInt(40) * DAY;
            EventType type = random.nextBoolean() ? EventType.PURCHASE : EventType.ADD_TO_CART;
            behavior.record(Events.item(type, item, 1 + random.nextInt(2), 100, time));
            behavior.interacted(StableHash.of(Entity.ofItem(item)), type, "c" + i % 3, time);
        }
        for (int i = 0; i < 5; i++) {
            long hash = StableHash.of(Entity.ofBundle("b" + random.nextInt(BUNDLES)));
            behavior.interacted(hash, EventType.VIEW, null, NOW);
        }
        for (int i = 0; i < 10; i++) {
            long hash = StableHash.of(Entity.ofBundle("b" + random.nextInt(BUNDLES)));
            behavior.exposures().addWithin(hash, NOW - random.nextInt(10) * DAY, 7 * DAY);
        }
        behavior.record(Events.bundle(EventType.PURCHASE, "b" + random.nextInt(BUNDLES), NOW - DAY));
        OpenOrder order = new OpenOrder("o", NOW);
        order.add("i" + random.nextInt(ITEMS), NOW);
        behavior.order(order);
    }

    private static SlateGoal drawGoal(Random random) {
        SlateGoal.Criterion[] kinds = SlateGoal.Criterion.values();
        return new SlateGoal(
                kinds[random.nextInt(kinds.length)],
                ConversionModel.prior(),
                random.nextBoolean() ? Double.NaN : 0.6,
                random.nextBoolean() ? 0 : 0.3,
                random.nextBoolean() ? new int[0] : new int[] {0, 1000, 2500},
                random.nextBoolean(),
                DiscountLimits.NONE);
    }

    private Requests drawRequest(Random random) {
        Requests request = new Requests();
        drawShopper(request.behavior, random);
        request.trigger = random.nextBoolean() ? "i:i" + random.nextInt(ITEMS) : "b:b" + random.nextInt(BUNDLES);
        request.segments = random.nextInt(3) == 0 ? Set.of("vip") : Set.of();
        request.excluded = Set.of("b1", "b2");
        request.goal = drawGoal(random);
        return request;
    }

    private static RankingSettings settings(int candidates, int fullScan) {
        return settings(candidates, fullScan, 0);
    }

    private static RankingSettings settings(int candidates, int fullScan, double oddsMin) {
        return new RankingSettings(candidates, fullScan, 10, 0.8, oddsMin, RULES);
    }

    /** All bundles are scored from the index's columns, but candidates of a large catalogue one by one. */
    @Property(tries = 20, seed = "8")
    void shouldMeasureTheSameOneByOneAsFromColumns(@ForAll @IntRange(max = 100_000) int seed) {
        Random random = new Random(seed);
        drawCatalogue(random);
        WritableCatalogIndex index = index(changes);
        RankingRequest request = drawRequest(random).build();
        SlateRanker columns = new SlateRanker(index, settings(100, 0));
        SlateRanker single = new SlateRanker(index, settings(10, 0));
        ScoredCandidates all = columns.scoreAll(request);
        ScoredCandidates some = single.score(request, List.of("b3", "b4", "b5"));
        assertThat(some.size()).isPositive();
        for (int c = 0; c < some.size(); c++) {
            int same = all.indexOf(some.bundle(c).hash());
            for (Signal signal : Signal.values()) {
                float expected = all.value(signal, same);
                assertThat(some.value(signal, c)).as(signal.label()).isCloseTo(expected, within(1e-5f));
            }
        }
    }

    private WritableCatalogIndex index(List<Consumer<WritableCatalogIndex>> order) {
        WritableCatalogIndex index = new WritableCatalogIndex(new IndexSettings(
                48, new PopularitySettings(3 * DAY, 14 * DAY), BundlePricing.of(SettingValues.defaults()), false));
        order.forEach(change -> change.accept(index));
        index.beginGeneration(1, CatalogFixtures.identity(4));
        return index;
    }

    private boolean allowed(Bundle bundle, RankingRequest request) {
        boolean allowed = !request.excluded().contains(bundle.id())
                && bundle.priceMinor() >= 50
                && bundle.priceMinor() <= 800
                && bundle.stock() >= 1
                && bundle.validFrom() <= NOW
                && NOW < bundle.validUntil()
                && (bundle.segments().isEmpty() || request.behavior().segments().contains("vip"));
        Behavior behavior = request.behavior();
        long hash = StableHash.of(Entity.ofBundle(bundle.id()));
        allowed &= behavior.exposures().count(hash) < 2
                || NOW - behavior.exposures().lastTime(hash) >= 7 * DAY;
        long bundleBought = behavior.purchases().lastTime(hash);
        allowed &= bundleBought == Long.MIN_VALUE || NOW - bundleBought >= 30 * DAY;
        long listPrice = 0;
        boolean allInBasket = true;
        boolean allBought = true;
        for (BundleMember member : bundle.members()) {
            Item item = items.get(member.itemId());
            allowed &= item.priceMinor() >= 0 && item.currency().equals("GBP") && item.stock() >= member.quantity();
            listPrice += item.priceMinor() * member.quantity();
            allInBasket &= inBasket(behavior, member);
            long bought = behavior.purchases().lastTime(StableHash.of(Entity.ofItem(item.id())));
            allBought &=
                    bought != Long.MIN_VALUE && NOW - bought < (item.category().equals("c0") ? 5 : 30) * DAY;
        }
        return allowed && bundle.priceMinor() <= listPrice && !allInBasket && !allBought;
    }

    private static boolean inBasket(Behavior behavior, BundleMember member) {
        if (behavior.order().items().contains(member.itemId())) {
            return true;
        }
        for (Cart.Line line : behavior.cart().lines()) {
            if (line.itemId().equals(member.itemId())) {
                return line.quantity() >= member.quantity();
            }
        }
        return false;
    }

    @Property(tries = 200, seed = "17")
    void shouldOfferWhatTheRulesAllowAndNothingElse(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        drawCatalogue(random);
        RankingRequest request = drawRequest(random).build();
        WritableCatalogIndex index = index(changes);
        SlateRanker sources = new SlateRanker(index, settings(10, 0));
        SlateRanker scan = new SlateRanker(index, settings(300, 2000));

        for (SlateRanker ranker : List.of(sources, scan)) {
            for (RankedBundle ranked : ranker.rank(request).bundles()) {
                assertThat(allowed(ranked.entry().bundle(), request)).isTrue();
            }
        }
        int allowed = 0;
        for (Bundle bundle : bundles.values()) {
            assertThat(scan.why(request, bundle.id()) == null).isEqualTo(allowed(bundle, request));
            allowed += allowed(bundle, request) ? 1 : 0;
        }
        Slate slate = scan.rank(request);
        assertThat(slate.candidates()).isEqualTo(allowed);
        int most = Math.min(allowed, request.size());
        if (request.goal().kind().valued()) {
            // Of the allowed bundles, only those that add something.
            assertThat(slate.bundles())
                    .hasSizeLessThanOrEqualTo(most)
                    .allSatisfy(ranked -> assertThat(ranked.valueMinor()).isPositive());
        } else {
            assertThat(slate.bundles()).hasSizeLessThanOrEqualTo(most);
        }
        List<BundleEntry> above = new ArrayList<>();
        for (RankedBundle ranked : slate.bundles()) {
            assertThat(Repeats.of(ranked.entry(), above, index)).isFalse();
            above.add(ranked.entry());
        }
        if (slate.bundles().size() < most && !request.goal().kind().valued()) {
            assertThat(bundles.values())
                    .filteredOn(bundle -> allowed(bundle, request))
                    .allMatch(bundle -> Repeats.of(index.bundle(bundle.id()), above, index));
        }
        assertThat(slate.emptyReason() != null).isEqualTo(slate.bundles().isEmpty());
    }

    @Property(tries = 200, seed = "23")
    void shouldRankBelowTheFirstOnlyWhatIsLikelyEnough(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        drawCatalogue(random);
        RankingRequest request = drawRequest(random).build();
        SlateGoal goal = request.goal();
        WritableCatalogIndex index = index(changes);
        double oddsMin = random.nextDouble();
        List<RankedBundle> filled =
                new SlateRanker(index, settings(300, 2000)).rank(request).bundles();
        List<RankedBundle> slate = new SlateRanker(index, settings(300, 2000, oddsMin))
                .rank(request)
                .bundles();

        assertThat(slate.isEmpty()).isEqualTo(filled.isEmpty());
        if (!filled.isEmpty()) {
            assertThat(slate.get(0).entry().bundle().id())
                    .isEqualTo(filled.get(0).entry().bundle().id());
        }
        if (goal.kind() == SlateGoal.Criterion.POPULARITY) {
            assertThat(slate).hasSameSizeAs(filled);
        } else {
            double best = slate.stream()
                    .mapToDouble(ranked -> logOdds(ranked, goal))
                    .max()
                    .orElse(0);
            assertThat(slate.stream().skip(1))
                    .allMatch(ranked -> logOdds(ranked, goal) >= best + Math.log(oddsMin) - 1e-9);
        }
    }

    /** Of the bundle at rank 1, so that ranks are compared by what is in them. */
    private static double logOdds(RankedBundle ranked, SlateGoal goal) {
        if (!goal.kind().valued()) {
            return ranked.score();
        }
        float[] features = ranked.offered().features().clone();
        features[ConversionFeature.RANK.ordinal()] = 0;
        return goal.logOdds(features);
    }

    @Property(tries = 100, seed = "19")
    void shouldNotDependOnTheOrderInWhichTheCatalogueCame(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        drawCatalogue(random);
        RankingRequest request = drawRequest(random).build();
        List<Consumer<WritableCatalogIndex>> shuffled = new ArrayList<>(changes);
        Collections.shuffle(shuffled, random);

        for (RankingSettings settings : List.of(settings(10, 0), settings(10, 2000), settings(300, 2000))) {
            Slate first = new SlateRanker(index(changes), settings).rank(request);
            Slate second = new SlateRanker(index(shuffled), settings).rank(request);
            assertThat(second.candidates()).isEqualTo(first.candidates());
            assertThat(second.emptyReason()).isEqualTo(first.emptyReason());
            assertThat(second.bundles()).hasSameSizeAs(first.bundles());
            for (int r = 0; r < first.bundles().size(); r++) {
                RankedBundle expected = first.bundles().get(r);
                RankedBundle actual = second.bundles().get(r);
                assertThat(actual.entry().bundle().id())
                        .isEqualTo(expected.entry().bundle().id());
                assertThat(actual.score()).isCloseTo(expected.score(), within(1e-4));
            }
        }
    }
}
