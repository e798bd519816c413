package dev.kombo.query.source;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.query.http.Described;
import dev.kombo.slot.FilledSlot;
import java.util.List;

/** A slot of a bundle, filled, as JSON. */
public record FilledSlotView(
        @Described("name of the slot") String slot,
        @Described("what fills it") List<MemberView> members,

        @Described("what a shopper may take instead, best first")
        List<AlternativeView> alternatives) {
    /** An item that may take the place of another. */
    public record AlternativeView(
            String itemId,

            @Described(value = "current title in the catalogue", nullable = true)
            String title,

            @Described("id of the item whose units it takes the place of")
            String replaces,

            @Described(value = "price of the bundle then", nullable = true)
            Money price) {}

    /** The slots of a bundle that is sold in a currency, as they are filled. */
    public static List<FilledSlotView> of(List<FilledSlot> slots, String currency, CatalogIndex catalog) {
        return slots.stream()
                .map(slot -> new FilledSlotView(
                        slot.name(),
                        slot.members().stream()
                                .map(member -> MemberView.of(catalog, member.itemId(), member.quantity()))
                                .toList(),
                        slot.alternatives().stream()
                                .map(other -> new AlternativeView(
                                        other.itemId(),
                                        EndpointHelpers.itemTitle(catalog, other.itemId()),
                                        other.replaces(),
                                        Money.orNull(other.priceMinor(), currency)))
                                .toList()))
                .toList();
    }
}
