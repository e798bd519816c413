package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.price.BundleDraft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates a catalogue entry for the part of a bundle that a shopper still lacks, with a price of its own. It costs what
 * the bundle costs, less what the other units cost: those in the cart their own price, so that the order then costs
 * what the bundle does; those that are owned their part of the bundle's price (see {@link MemberPrices}), since nothing
 * is given back on what was bought before. The limits of the bundle hold for the part, and it is not offered below a
 * known cost.
 */
public final class BundleCompletion {
    /** Stands for all units of a member: the shopper owns it. */
    public static final int OWNED = -1;

    private BundleCompletion() {}

    /**
     * The part of a bundle that is missing.
     *
     * @param whole an entry that is {@link BundleEntry#completable}
     * @param units of each of its members in the cart, or {@link #OWNED}
     * @return null: nothing is missing, or the price would be below 0
     */
    public static @Nullable BundleEntry of(CatalogIndex index, BundleEntry whole, int[] units) {
        Bundle bundle = whole.bundle();
        long[] parts = MemberPrices.of(whole, whole.priceMinor()).prices();
        List<BundleMember> missing = new ArrayList<>();
        List<String> had = new ArrayList<>();
        BundleDraft draft = new BundleDraft();
        long price = bundle.priceMinor();
        for (int i = 0; i < bundle.members().size(); i++) {
            BundleMember member = bundle.members().get(i);
            int m = whole.memberOf(member.itemId());
            boolean owned = units[m] == OWNED;
            int there = owned ? member.quantity() : Math.min(units[m], member.quantity());
            if (there > 0) {
                had.add(member.itemId());
                if (parts.length > 0) {
                    price -= owned ? parts[i] : there * (whole.memberListPrice(m) / member.quantity());
                }
            }
            if (there < member.quantity()) {
                missing.add(new BundleMember(member.itemId(), member.quantity() - there));
                draft.add(index.itemAt(whole.member(m)).item(), member.quantity() - there);
            }
        }
        return missing.isEmpty() || price < 0
                ? null
                : BundleAssembly.of(missing, id -> index.itemAt(whole.member(whole.memberOf(id))))
                        .build(
                                whole,
                                part(whole, missing, draft, price),
                                SlotFill.NONE,
                                whole.model(),
                                had,
                                index.settings());
    }

    private static Bundle part(BundleEntry whole, List<BundleMember> missing, BundleDraft draft, long price) {
        long list = draft.listPriceMinor(whole.bundle().currency());
        long margin = Item.UNKNOWN;
        if (Double.isNaN(draft.costMinor()) && !Double.isNaN(whole.costMinor()) && list > 0) {
            // Only the bundle states a cost: the part has its share.
            margin = price - Math.round(whole.costMinor() * list / whole.listPriceMinor());
        }
        PriceLimits limits = whole.bundle().limits();
        if (margin != Item.UNKNOWN || !Double.isNaN(draft.costMinor())) {
            limits = new PriceLimits(limits.maxDiscountBasisPoints(), Math.max(0, limits.minMarginMinor()));
        }
        return whole.bundle().part(missing, price, list, margin, limits);
    }
}
