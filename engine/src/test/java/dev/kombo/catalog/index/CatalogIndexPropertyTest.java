package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.price.BundlePricing;
import dev.kombo.settings.SettingValues;
import dev.kombo.slot.BundleSlot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The index depends only on the latest state of each key, whatever happened before and in whatever order. */
class CatalogIndexPropertyTest {
    private static final int ITEMS = 12;
    private static final int BUNDLES = 10;

    private final Map<String, Consumer<WritableCatalogIndex>> latest = new LinkedHashMap<>();

    private void change(WritableCatalogIndex index, Random random) {
        String item = "i" + random.nextInt(ITEMS);
        String id = "b" + random.nextInt(BUNDLES);
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                Item changed = painted(
                        CatalogFixtures.item(
                                item, "c" + random.nextInt(3), random.nextInt(500), "GBP", random.nextInt(9)),
                        random.nextBoolean() ? "red" : "blue");
                apply(index, "item " + item, each -> each.putItem(changed));
            }
            case 2 -> forget(index, "item " + item, each -> each.removeItem(item));
            case 3, 4 -> {
                Bundle changed = withSlots(CatalogFixtures.bundle(id, random.nextInt(900), members(random)), random);
                Bundle put = random.nextInt(3) > 0
                        ? changed
                        : CatalogFixtures.ruled(
                                changed,
                                Bundle.PriceLimits.NONE,
                                CatalogFixtures.percentOff(1 + random.nextInt(9_000)));
                apply(index, "bundle " + id, each -> each.putBundle(put));
            }
            case 5 -> forget(index, "bundle " + id, each -> each.removeBundle(id));
            case 6 -> {
                String entity = random.nextBoolean() ? Entity.ofItem(item) : Entity.ofBundle(id);
                EntityModel changed = model(entity, random);
                apply(index, entity, each -> each.putModel(changed));
            }
            default -> {
                String entity = random.nextBoolean() ? Entity.ofItem(item) : Entity.ofBundle(id);
                forget(index, entity, each -> each.removeModel(entity));
            }
        }
    }

    private static Item painted(Item item, String color) {
        return new Item(
                item.id(),
                item.title(),
                item.category(),
                item.priceMinor(),
                item.currency(),
                item.costMinor(),
                item.stock(),
                Map.of("color", color),
                item.updatedAt(),
                item.image(),
                item.link(),
                item.marginMinor(),
                item.suitability());
    }

    /** Two bundles of three have slots, of which some cannot be filled. */
    private static Bundle withSlots(Bundle bundle, Random random) {
        BundleSlot[] slots = new BundleSlot[random.nextInt(3) * (1 + random.nextInt(4))];
        for (int s = 0; s < slots.length; s++) {
            int units = 1 + random.nextInt(2);
            String name = "s" + s;
            BundleSlot slot = switch (random.nextInt(4)) {
                case 0 -> CatalogFixtures.slot(name, units, "i" + random.nextInt(ITEMS), "i" + random.nextInt(ITEMS));
                case 1 -> CatalogFixtures.slotOf(name, "c" + random.nextInt(3));
                case 2 -> new BundleSlot(name, List.of(), null, "color", "red", units, Item.UNLIMITED, false);
                default -> CatalogFixtures.slot(name, units);
            };
            slots[s] = random.nextBoolean() ? slot : CatalogFixtures.repeating(slot);
        }
        return CatalogFixtures.slotted(bundle, slots);
    }

    private static List<BundleMember> members(Random random) {
        List<BundleMember> members = new ArrayList<>();
        for (int m = 0; m < 2 + random.nextInt(3); m++) {
            members.add(new BundleMember("i" + random.nextInt(ITEMS), 1 + random.nextInt(2)));
        }
        return members;
    }

    private static EntityModel model(String entity, Random random) {
        long time = CatalogFixtures.NOW - random.nextInt(1_000_000_000);
        List<Neighbor> neighbors = List.of(new Neighbor("i" + random.nextInt(ITEMS), random.nextFloat(), 2));
        return CatalogFixtures.model(
                entity, random.nextInt(40), time, neighbors, random.nextFloat() - 0.5f, random.nextFloat());
    }

    private void apply(WritableCatalogIndex index, String key, Consumer<WritableCatalogIndex> change) {
        latest.put(key, change);
        change.accept(index);
    }

    private void forget(WritableCatalogIndex index, String key, Consumer<WritableCatalogIndex> change) {
        latest.remove(key);
        change.accept(index);
    }

    private static List<String> popular(WritableCatalogIndex index) {
        List<String> ids = new ArrayList<>();
        for (int ordinal : index.popularBundles()) {
            ids.add(index.bundle(ordinal).bundle().id());
        }
        return ids;
    }

    private static List<String> bundlesOf(WritableCatalogIndex index, String item) {
        List<String> ids = new ArrayList<>();
        int ordinal = index.itemOrdinal(item);
        if (ordinal != CatalogIndex.UNKNOWN) {
            for (int bundle : index.bundlesOfItem(ordinal)) {
                ids.add(index.bundle(bundle).bundle().id());
            }
        }
        return ids;
    }

    @Property(tries = 150, seed = "11")
    void shouldDependOnTheLatestStateOnly(@ForAll @IntRange(max = 1_000_000) int seed) {
        latest.clear();
        Random random = new Random(seed);
        IndexSettings settings = new IndexSettings(
                48,
                new PopularitySettings(86_400_000L, 10 * 86_400_000L),
                BundlePricing.of(SettingValues.defaults()),
                false);
        WritableCatalogIndex lived = new WritableCatalogIndex(settings);
        for (int step = 0; step < 120; step++) {
            change(lived, random);
        }
        List<Consumer<WritableCatalogIndex>> remaining = new ArrayList<>(latest.values());
        Collections.shuffle(remaining, random);
        WritableCatalogIndex fresh = new WritableCatalogIndex(settings);
        remaining.forEach(change -> change.accept(fresh));

        fresh.refresh();
        lived.refresh();
        assertThat(CatalogFixtures.contents(fresh)).isEqualTo(CatalogFixtures.contents(lived));
        assertThat(popular(fresh)).isEqualTo(popular(lived));
        for (int i = 0; i < ITEMS; i++) {
            assertThat(bundlesOf(fresh, "i" + i)).isEqualTo(bundlesOf(lived, "i" + i));
        }

        fresh.putItem(CatalogFixtures.item("another", 1));
        assertThat(CatalogFixtures.contents(fresh)).isNotEqualTo(CatalogFixtures.contents(lived));
    }

    @Property(tries = 100, seed = "13")
    void shouldEndUpTheSameWhenBundlesFollowTheirMembersLater(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        IndexSettings settings = new IndexSettings(
                48,
                new PopularitySettings(86_400_000L, 10 * 86_400_000L),
                BundlePricing.of(SettingValues.defaults()),
                false);
        WritableCatalogIndex atOnce = new WritableCatalogIndex(settings);
        WritableCatalogIndex later = new WritableCatalogIndex(settings);
        for (int b = 0; b < 10; b++) {
            Bundle bundle =
                    CatalogFixtures.bundle("b" + b, 100, "i" + random.nextInt(ITEMS), "i" + random.nextInt(ITEMS));
            atOnce.putBundle(bundle);
            later.putBundle(bundle);
        }
        for (int m = 0; m < 40; m++) {
            String entity = random.nextInt(4) == 0 ? "b:b" + random.nextInt(10) : "i:i" + random.nextInt(ITEMS);
            EntityModel model = CatalogFixtures.model(entity, 1 + random.nextInt(9), random.nextFloat(), 1f);
            atOnce.putModel(model);
            later.putModelLater(model);
            later.refresh(random.nextInt(3), random.nextInt(9));
        }
        for (int b = 0; b < 10; b++) {
            later.refresh(1, 1);
        }
        for (int b = 0; b < 10; b++) {
            assertThat(later.bundle("b" + b).logPopularityLong())
                    .isEqualTo(atOnce.bundle("b" + b).logPopularityLong());
        }
        assertThat(CatalogFixtures.contents(later)).isEqualTo(CatalogFixtures.contents(atOnce));
        assertThat(popular(later)).isEqualTo(popular(atOnce));
        later.refresh();
        assertThat(CatalogFixtures.contents(later)).isEqualTo(CatalogFixtures.contents(atOnce));
    }

    @Example
    void shouldRebuildEachBundleInItsTurnWhileOthersChangeAgain() {
        WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        for (int b = 0; b < 3; b++) {
            index.putBundle(CatalogFixtures.bundle("b" + b, 100, "i" + 2 * b, "i" + (2 * b + 1)));
        }
        index.putModelLater(CatalogFixtures.model("i:i4", 5, 1f, 1f));
        index.putModelLater(CatalogFixtures.model("i:i5", 5, 1f, 1f));
        for (int views = 1; views <= 2; views++) {
            index.putModelLater(CatalogFixtures.model("i:i0", views, 1f, 1f));
            index.refresh(1, 1);
        }
        assertThat(index.bundle("b2").logPopularityLong()).isFinite();
    }
}
