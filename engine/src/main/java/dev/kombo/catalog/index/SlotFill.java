package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.BundleMember;
import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the slots of a bundle are filled.
 *
 * @param plan null: it has no slots
 * @param slots in the bundle's order; empty where one cannot be filled
 * @param unfilled name of the slot that lacks items; null: none does
 */
public record SlotFill(
        @Nullable SlotPlan plan,
        List<FilledSlot> slots,
        @Nullable String unfilled) {
    /** Of a bundle without slots. */
    public static final SlotFill NONE = new SlotFill(null, List.of(), null);

    /** The bundle with the members that fill its slots. */
    Bundle of(Bundle published) {
        return slots.isEmpty() ? published : published.filled(members(published));
    }

    /** The members of the bundle, those that fill its slots last. */
    List<BundleMember> members(Bundle published) {
        List<BundleMember> members = new ArrayList<>(published.members());
        for (int s = 0; s < slots.size(); s++) {
            members.addAll(slots.get(s).members());
        }
        return members;
    }
}
