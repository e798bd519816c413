package dev.kombo.catalog;

import dev.kombo.catalog.CatalogRules.Problem;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.price.BundleDraft;
import dev.kombo.price.BundlePricing;
import dev.kombo.price.PriceRule.Tier;
import dev.kombo.slot.BundleSlot;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Validates the price rule of a bundle: what can be seen from the bundle alone, and what depends on the prices and the
 * stock that its items have at the moment.
 */
public final class PriceRuleChecks {
    private static final int MOST_TIERS = 20;
    private static final String TIERS = "priceTiers";

    private PriceRuleChecks() {}

    /** What is wrong with the rule, whatever the items cost; null: nothing. */
    static @Nullable Problem problem(Bundle bundle, long maxPriceMinor) {
        List<Tier> tiers = bundle.priceRule().priceTiers();
        if (tiers.isEmpty()) {
            return null;
        }
        Problem many = CatalogRules.size(TIERS, tiers, MOST_TIERS);
        if (many != null) {
            return many;
        }
        if (bundle.priceless()) {
            return new Problem(TIERS, "is for bundles with a price, and this one has none");
        }
        long fixed = bundle.members().stream().mapToLong(BundleMember::quantity).sum();
        long units =
                fixed + bundle.slots().stream().mapToLong(BundleSlot::units).sum();
        Tier before = null;
        for (int t = 0; t < tiers.size(); t++) {
            Tier tier = tiers.get(t);
            Problem problem = problem(tier, before, bundle, maxPriceMinor);
            if (problem != null) {
                return new Problem(TIERS + "[" + t + "]" + problem.field(), problem.detail());
            }
            before = tier;
        }
        int first = tiers.get(0).fromUnits();
        return first <= units
                ? beyond(bundle, fixed)
                : new Problem(TIERS + "[0].fromUnits", "is " + first + ", but the bundle has " + units + " units");
    }

    /** A tier for more units than a shopper may take for the slots. */
    private static @Nullable Problem beyond(Bundle bundle, long fixed) {
        boolean limited = !bundle.slots().isEmpty()
                && bundle.slots().stream().allMatch(slot -> slot.maxUnits() != Item.UNLIMITED);
        long most = limited
                ? fixed
                        + bundle.slots().stream()
                                .mapToLong(BundleSlot::maxUnits)
                                .sum()
                : Long.MAX_VALUE;
        int last = bundle.priceRule().priceTiers().size() - 1;
        int from = bundle.priceRule().priceTiers().get(last).fromUnits();
        return from <= most
                ? null
                : new Problem(
                        TIERS + "[" + last + "].fromUnits",
                        "is " + from + ", but the bundle has at most " + most + " units");
    }

    private static @Nullable Problem problem(Tier tier, @Nullable Tier before, Bundle bundle, long maxPriceMinor) {
        int stated = (tier.priceMinor() != Item.UNKNOWN ? 1 : 0)
                + (tier.discountMinor() != Item.UNKNOWN ? 1 : 0)
                + (tier.discountBasisPoints() != 0 ? 1 : 0)
                + (tier.freeUnits() != 0 ? 1 : 0)
                + (tier.giftItemId() != null ? 1 : 0);
        if (stated != 1) {
            return new Problem(
                    "",
                    "states " + stated + " of priceMinor, discountMinor, discountBasisPoints, freeUnits and giftItemId,"
                            + " one is expected");
        }
        Problem problem = CatalogRules.first(
                CatalogRules.range(".fromUnits", tier.fromUnits(), 0, Integer.MAX_VALUE),
                CatalogRules.range(".fromAmountMinor", tier.fromAmountMinor(), 0, maxPriceMinor));
        if (problem == null && tier.priceMinor() != Item.UNKNOWN) {
            problem = CatalogRules.range(".priceMinor", tier.priceMinor(), 0, maxPriceMinor);
        } else if (problem == null && tier.discountMinor() != Item.UNKNOWN) {
            problem = CatalogRules.range(".discountMinor", tier.discountMinor(), 1, maxPriceMinor);
        } else if (problem == null && tier.discountBasisPoints() != 0) {
            problem = CatalogRules.range(
                    ".discountBasisPoints", tier.discountBasisPoints(), 1, BundlePricing.BASIS_POINTS - 1);
        } else if (problem == null && tier.freeUnits() != 0) {
            problem = CatalogRules.first(
                    CatalogRules.range(".fromUnits", tier.fromUnits(), 2, Integer.MAX_VALUE),
                    CatalogRules.range(".freeUnits", tier.freeUnits(), 1, tier.fromUnits() - 1L));
        } else if (problem == null) {
            problem = gift(tier.giftItemId(), bundle);
        }
        return problem == null && before != null ? worse(before, tier) : problem;
    }

    private static @Nullable Problem gift(@Nullable String gift, Bundle bundle) {
        boolean member = bundle.members().stream().anyMatch(one -> one.itemId().equals(gift));
        return member && bundle.members().size() + bundle.slots().size() > 1
                ? null
                : new Problem(".giftItemId", "is " + gift + ", one of several members is expected");
    }

    /** A tier asks for more than the one before, and gives no less for it. */
    private static @Nullable Problem worse(Tier before, Tier tier) {
        if (tier.fromUnits() < before.fromUnits()
                || tier.fromAmountMinor() < before.fromAmountMinor()
                || (tier.fromUnits() == before.fromUnits() && tier.fromAmountMinor() == before.fromAmountMinor())) {
            return new Problem("", "asks for no more units or amount than the tier before");
        }
        // Each unit of 5 for 35.00 costs more than one of 3 for 20.00.
        if (tier.priceMinor() != Item.UNKNOWN
                && before.priceMinor() != Item.UNKNOWN
                && (double) tier.priceMinor() * before.fromUnits() > (double) before.priceMinor() * tier.fromUnits()) {
            return new Problem(".priceMinor", "is " + tier.priceMinor() + ", more for a unit than in the tier before");
        }
        if (tier.discountMinor() != Item.UNKNOWN && tier.discountMinor() < before.discountMinor()) {
            return new Problem(".discountMinor", "is " + tier.discountMinor() + ", less than in the tier before");
        }
        return tier.discountBasisPoints() == 0 || tier.discountBasisPoints() >= before.discountBasisPoints()
                ? null
                : new Problem(
                        ".discountBasisPoints", "is " + tier.discountBasisPoints() + ", less than in the tier before");
    }

    /**
     * What is wrong with the rule, or with the fixed price of a bundle with slots, at the moment: it gives no price, or
     * one that the bundle's limits do not allow, or a gift that is sold out; null: nothing.
     *
     * @param items by id
     */
    public static @Nullable Problem problem(Bundle bundle, Function<String, @Nullable Item> items) {
        boolean fixed = bundle.priceRule().isFixed();
        if (fixed && (bundle.slots().isEmpty() || bundle.priceless())) {
            return null;
        }
        BundleDraft draft = BundleDraft.of(bundle.members(), bundle.priceRule(), items);
        long list = draft.listPriceMinor(bundle.currency());
        if (list == Item.UNKNOWN) {
            return bundle.priceMinor() != Item.UNKNOWN
                    ? null
                    : new Problem("priceMinor", "is needed until all members have a price in one currency");
        }
        int reached = draft.reachedTier();
        String place = fixed ? "priceMinor" : reached < 0 ? TIERS : TIERS + "[" + reached + "]";
        long price = fixed ? bundle.priceMinor() : draft.rulePriceMinor(bundle.currency());
        if (price == Item.UNKNOWN) {
            return new Problem(place + ".discountMinor", "is more than " + list + ", what the items cost");
        }
        long lowest = bundle.limits().lowestPrice(list, draft.costMinor());
        if (price < lowest) {
            return new Problem(
                    place,
                    (fixed ? "is " : "gives a price of ")
                            + price
                            + (lowest == Long.MAX_VALUE
                                    ? ", and minMarginMinor needs the cost of each item"
                                    : ", below " + lowest
                                            + ", which minMarginMinor or maxDiscountBasisPoints asks for"));
        }
        String gift = reached < 0
                ? null
                : bundle.priceRule().priceTiers().get(reached).giftItemId();
        for (BundleMember member : bundle.members()) {
            Item item = items.apply(member.itemId());
            if (member.itemId().equals(gift) && item != null && item.stock() < member.quantity()) {
                return new Problem(
                        place + ".giftItemId",
                        "has a stock of " + item.stock() + ", and " + member.quantity() + " are given away");
            }
        }
        return null;
    }
}
