package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.MemberPrices;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.SlateGoal.Criterion;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What an offer gives away, for any catalogue, basket and goal. */
class OfferedPricePropertyTest {
    private static final int ITEMS = 12;

    private final long[] prices = new long[ITEMS];
    private final long[] costs = new long[ITEMS];

    @Property(tries = 300, seed = "5")
    void shouldGiveAwayAShareOfWhatIsAddedAtMost(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        WritableCatalogIndex index = catalogue(random);
        Requests request = new Requests();
        request.behavior.record(Events.item(EventType.PURCHASE, id(0), 1, prices[0], NOW - 3 * 86_400_000L));
        Set<String> cart = new HashSet<>();
        for (int lines = random.nextInt(4); lines > 0; lines--) {
            int item = random.nextInt(ITEMS);
            cart.add(id(item));
            request.behavior.record(Events.item(EventType.ADD_TO_CART, id(item), 1, prices[item], NOW - lines));
        }
        int[] discounts = random.nextBoolean() ? new int[] {} : new int[] {0, 500, 1_000, 9_000};
        Criterion kind = discounts.length > 0
                ? List.of(Criterion.CONVERSION, Criterion.REVENUE, Criterion.MARGIN)
                        .get(random.nextInt(3))
                : Criterion.values()[random.nextInt(Criterion.values().length)];
        request.goal = new SlateGoal(
                kind,
                kind.valued() ? ConversionModel.prior() : null,
                Double.NaN,
                0,
                discounts,
                true,
                DiscountLimits.NONE);

        for (RankedBundle offered : new SlateRanker(index, RankingSettings.of(SettingValues.defaults()))
                .rank(request.build())
                .bundles()) {
            long list = 0;
            long added = 0;
            long cost = 0;
            for (BundleMember member : offered.entry().bundle().members()) {
                int item = Integer.parseInt(member.itemId().substring(1));
                long line = member.quantity() * prices[item];
                list += line;
                added += cart.contains(member.itemId()) ? 0 : line;
                cost += member.quantity() * costs[item];
            }
            long price = offered.offered().priceMinor();
            MemberPrices split = MemberPrices.of(offered.entry(), price);
            assertThat(split.prices()).hasSameSizeAs(offered.entry().bundle().members());
            assertThat(Arrays.stream(split.prices()).sum()).isEqualTo(price);
            for (int m = 0; m < split.savings().length; m++) {
                BundleMember member = offered.entry().bundle().members().get(m);
                long itemPrice = prices[Integer.parseInt(member.itemId().substring(1))];
                assertThat(split.prices()[m] + split.savings()[m]).isEqualTo(member.quantity() * itemPrice);
            }
            String what =
                    price + " of " + list + " " + kind + " " + offered.entry().bundle() + " beside " + cart;
            assertThat(price).as(what).isBetween(0L, list);
            if (offered.entry().mined() || discounts.length > 0) {
                assertThat(4 * (list - price)).as(what).isLessThanOrEqualTo(added);
                assertThat(price).as(what).isGreaterThanOrEqualTo(cost);
                long dearest = offered.entry().terms().dearestMemberMinor();
                assertThat(price == list || price % 100 == dearest % 100)
                        .as(what)
                        .isTrue();
            }
        }
    }

    private static String id(int item) {
        return "i" + item;
    }

    private WritableCatalogIndex catalogue(Random random) {
        WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        int[] endings = {99, 95, 0, 37};
        for (int i = 0; i < ITEMS; i++) {
            prices[i] = 100L * random.nextInt(random.nextBoolean() ? 10 : 1_000) + endings[random.nextInt(4)];
            costs[i] = (long) (prices[i] * 1.1 * random.nextDouble());
            index.putItem(new Item(id(i), "", "c" + i % 3, prices[i], "EUR", costs[i], Item.UNLIMITED));
            index.putModel(CatalogFixtures.model(Entity.ofItem(id(i)), 5, 1f, 0f));
        }
        for (int b = 0; b < 20; b++) {
            boolean mined = random.nextBoolean();
            List<BundleMember> members = new ArrayList<>();
            for (int m = 2 + random.nextInt(2); m > 0; m--) {
                members.add(new BundleMember(id(random.nextInt(ITEMS)), mined ? 1 : 1 + random.nextInt(2)));
            }
            Bundle bundle = new Bundle(
                    (mined ? "mined-" : "made-") + b,
                    "",
                    mined ? members.stream().distinct().toList() : members,
                    random.nextInt(100_000),
                    Item.UNKNOWN,
                    "EUR",
                    mined ? Bundle.Origin.MINED : Bundle.Origin.CURATED,
                    NOW);
            int discount = 1 + random.nextInt(2_000);
            index.putBundle(
                    mined || random.nextBoolean()
                            ? bundle
                            : CatalogFixtures.ruled(
                                    bundle,
                                    Bundle.PriceLimits.NONE,
                                    CatalogFixtures.percentOff(discount),
                                    CatalogFixtures.freeOf(1, 3)));
        }
        return index;
    }
}
