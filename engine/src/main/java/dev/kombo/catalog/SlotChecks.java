package dev.kombo.catalog;

import dev.kombo.catalog.CatalogRules.Problem;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.slot.BundleSlot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Validates the slots of a bundle: what can be seen from the bundle alone. */
public final class SlotChecks {
    private static final int MOST_SLOTS = 8;
    private static final int MOST_ITEMS = 1_000;
    /** As many items of a set as are compared for an offer. */
    private static final int MOST_UNITS = 64;

    /** Most characters of a slot's name. */
    public static final int LONGEST_NAME = 100;

    private SlotChecks() {}

    /** What is wrong with the slots, whatever the catalogue has; null: nothing. */
    public static @Nullable Problem problem(Bundle bundle, CatalogRules rules) {
        List<BundleSlot> slots = bundle.slots();
        Problem problem = CatalogRules.size("slots", slots, MOST_SLOTS);
        Set<String> names = new HashSet<>();
        Set<String> members =
                bundle.members().stream().map(BundleMember::itemId).collect(Collectors.toSet());
        for (int s = 0; problem == null && s < slots.size(); s++) {
            BundleSlot slot = slots.get(s);
            String place = "slots[" + s + "]";
            problem = CatalogRules.first(
                    slot.name().isBlank() ? new Problem(place + ".name", "is blank") : null,
                    CatalogRules.length(place + ".name", slot.name(), LONGEST_NAME),
                    names.add(slot.name())
                            ? null
                            : new Problem(place + ".name", "is " + slot.name() + ", as that of a slot before"),
                    set(place, slot),
                    items(place, slot, members, rules),
                    units(place, slot));
        }
        return problem == null ? together(bundle) : problem;
    }

    /** Within this bound, a slot whose set is larger than what is compared lacks no item that another one takes. */
    private static @Nullable Problem together(Bundle bundle) {
        int units = bundle.slots().stream().mapToInt(BundleSlot::units).sum()
                + bundle.members().size();
        return bundle.slots().isEmpty() || units <= MOST_UNITS
                ? null
                : new Problem(
                        "slots", "have " + units + " units with the members, at most " + MOST_UNITS + " are accepted");
    }

    private static @Nullable Problem set(String place, BundleSlot slot) {
        int stated = (slot.items().isEmpty() ? 0 : 1)
                + (slot.category() == null ? 0 : 1)
                + (slot.attribute() == null ? 0 : 1);
        if (stated > 1) {
            return new Problem(
                    place, "states " + stated + " of items, category and attribute, at most one is expected");
        }
        if ((slot.attribute() == null) != (slot.value() == null)) {
            String lacking = slot.value() == null ? ".value" : ".attribute";
            return new Problem(place + lacking, "is needed: attribute and value go together");
        }
        return CatalogRules.first(
                CatalogRules.length(place + ".category", slot.category(), CatalogRules.MAX_TITLE),
                CatalogRules.length(place + ".attribute", slot.attribute(), CatalogRules.MAX_ATTRIBUTE_NAME),
                CatalogRules.length(place + ".value", slot.value(), CatalogRules.MAX_ATTRIBUTE));
    }

    private static @Nullable Problem items(String place, BundleSlot slot, Set<String> members, CatalogRules rules) {
        Problem problem = CatalogRules.size(place + ".items", slot.items(), MOST_ITEMS);
        Set<String> seen = new HashSet<>();
        for (int i = 0; problem == null && i < slot.items().size(); i++) {
            String id = slot.items().get(i);
            String field = place + ".items[" + i + "]";
            problem = rules.id(field, id);
            if (problem == null && members.contains(id)) {
                problem = new Problem(field, "is " + id + ", which each offer has as a member");
            } else if (problem == null && !seen.add(id)) {
                problem = new Problem(field, "is " + id + ", which is listed before");
            }
        }
        return problem;
    }

    private static @Nullable Problem units(String place, BundleSlot slot) {
        int units = slot.units();
        int items = slot.items().size();
        return CatalogRules.first(
                CatalogRules.range(place + ".units", units, 1, MOST_UNITS),
                slot.maxUnits() == Item.UNLIMITED
                        ? null
                        : CatalogRules.range(place + ".maxUnits", slot.maxUnits(), units, CatalogRules.MAX_QUANTITY),
                items == 0 || items >= units || slot.repeats()
                        ? null
                        : new Problem(
                                place + ".units",
                                "is " + units + ", but of " + items + " items, unless repeats is true"));
    }
}
