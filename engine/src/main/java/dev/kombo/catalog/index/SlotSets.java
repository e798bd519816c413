package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.Item;
import dev.kombo.slot.BundleSlot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Indexes the sets of items that may fill the slots of bundles, so that a change of an item reaches the sets that
 * contain it, and their bundles, without reading all sets and bundles. Each set is held once. Used only by the index's
 * one writer.
 */
final class SlotSets {
    /** Something by which items belong to sets: an id, a category, an attribute, or nothing, which all items have. */
    private record Trait(
            String kind, @Nullable String name, @Nullable String value) {
        static Trait id(String id) {
            return new Trait("id", id, null);
        }

        static Trait category(@Nullable String category) {
            return new Trait("category", category, null);
        }

        static Trait attribute(String name, @Nullable String value) {
            return new Trait("attribute", name, value);
        }
    }

    private static final Trait ALL = new Trait("all", null, null);

    private final CatalogIndex index;
    private final BitSet outdated;
    private final Map<SlotItems.Criteria, SlotItems> sets = new HashMap<>();
    private final Map<Trait, Set<SlotItems>> byTrait = new HashMap<>();

    /** @param outdated gets the ordinals of bundles whose slots may be filled otherwise */
    SlotSets(CatalogIndex index, BitSet outdated) {
        this.index = index;
        this.outdated = outdated;
    }

    /** Finds the sets of a bundle's slots, of which new ones look at the items so far; null without slots. */
    @Nullable
    SlotPlan plan(BundleEntry entry, Bundle bundle) {
        if (bundle.slots().isEmpty()) {
            return null;
        }
        List<SlotItems> found = new ArrayList<>(bundle.slots().size());
        for (BundleSlot slot : bundle.slots()) {
            SlotItems items = sets.computeIfAbsent(
                    SlotItems.Criteria.of(slot, bundle.priceless() ? null : bundle.currency()), this::create);
            items.bundles().add(entry.ordinal());
            if (slot.repeats()) {
                items.repeat();
            }
            found.add(items);
        }
        return SlotPlan.of(bundle, found);
    }

    private SlotItems create(SlotItems.Criteria criteria) {
        SlotItems created = new SlotItems(criteria);
        for (Trait trait : traits(criteria)) {
            byTrait.computeIfAbsent(trait, none -> new LinkedHashSet<>()).add(created);
        }
        if (criteria.items().isEmpty()) {
            for (int ordinal = 0; ordinal < index.itemCount(); ordinal++) {
                add(created, index.itemAt(ordinal));
            }
        } else {
            for (String id : criteria.items()) {
                int ordinal = index.itemOrdinal(id);
                if (ordinal != CatalogIndex.UNKNOWN) {
                    add(created, index.itemAt(ordinal));
                }
            }
        }
        created.publish(false);
        return created;
    }

    private static void add(SlotItems set, ItemEntry entry) {
        if (set.holds(entry)) {
            set.add(entry);
        }
    }

    private static List<Trait> traits(SlotItems.Criteria criteria) {
        if (!criteria.items().isEmpty()) {
            return criteria.items().stream().map(Trait::id).toList();
        }
        if (criteria.category() != null) {
            return List.of(Trait.category(criteria.category()));
        }
        return List.of(criteria.attribute() == null ? ALL : Trait.attribute(criteria.attribute(), criteria.value()));
    }

    /** Forgets that a bundle had slots; those of {@code after}, which it has now, stay. */
    void forget(BundleEntry before, @Nullable SlotPlan after) {
        SlotPlan plan = before.fill().plan();
        for (int s = 0; plan != null && s < plan.sets().size(); s++) {
            SlotItems set = plan.sets().get(s);
            if (after == null || !after.sets().contains(set)) {
                set.bundles().remove(before.ordinal());
                if (set.bundles().isEmpty() && sets.remove(set.criteria(), set)) {
                    traits(set.criteria())
                            .forEach(trait -> byTrait.computeIfPresent(trait, (each, all) -> {
                                all.remove(set);
                                return all.isEmpty() ? null : all;
                            }));
                }
            }
        }
    }

    /** Takes in that an item changed, or its model. */
    void changed(ItemEntry before, ItemEntry after) {
        if (sets.isEmpty()) {
            return;
        }
        boolean moved = SlotItems.moves(before, after);
        if (Objects.equals(before.item(), after.item()) && !moved) {
            return;
        }
        Set<SlotItems> concerned = new LinkedHashSet<>();
        collect(before.item(), concerned);
        collect(after.item(), concerned);
        boolean restocked = before.stock() != after.stock();
        for (SlotItems set : concerned) {
            set.remove(before);
            add(set, after);
            if (set.publish(restocked)) {
                set.bundles().forEach(outdated::set);
            }
        }
    }

    private void collect(@Nullable Item item, Set<SlotItems> concerned) {
        if (item == null) {
            return;
        }
        concerned.addAll(byTrait.getOrDefault(ALL, Set.of()));
        concerned.addAll(byTrait.getOrDefault(Trait.id(item.id()), Set.of()));
        concerned.addAll(byTrait.getOrDefault(Trait.category(item.category()), Set.of()));
        item.attributes()
                .forEach((name, value) ->
                        concerned.addAll(byTrait.getOrDefault(Trait.attribute(name, value), Set.of())));
    }
}
