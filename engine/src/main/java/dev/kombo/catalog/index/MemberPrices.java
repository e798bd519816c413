package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.price.PriceRule;
import dev.kombo.price.PriceRule.PricedMember;
import java.util.ArrayList;
import java.util.List;

/**
 * What each member of a bundle costs in it. At the price that follows from a rule, the rule says so; any other price is
 * split in proportion to what the members cost one by one.
 *
 * @param prices of all units of each member, in minor units, in the order of the bundle's members; they add up to the
 *     bundle's price; empty where it is offered without one
 * @param savings what each member costs less than by itself; empty where that is in proportion to its price
 */
public record MemberPrices(long[] prices, long[] savings) {
    private static final long[] NONE = {};

    /** The members' prices of a bundle that is offered at a price. */
    public static MemberPrices of(BundleEntry entry, long priceMinor) {
        Bundle bundle = entry.bundle();
        if (bundle.priceless()) {
            return new MemberPrices(NONE, NONE);
        }
        PriceRule rule = bundle.priceRule();
        boolean ruled = !rule.isFixed() && priceMinor == entry.priceMinor();
        int size = bundle.members().size();
        long[] lists = new long[size];
        List<PricedMember> members = new ArrayList<>(ruled ? size : 0);
        for (int i = 0; i < size; i++) {
            String item = bundle.members().get(i).itemId();
            int m = entry.memberOf(item);
            lists[i] = entry.memberListPrice(m);
            if (ruled) {
                members.add(new PricedMember(item, entry.quantity(m), lists[i] / entry.quantity(m)));
            }
        }
        if (!ruled) {
            return new MemberPrices(PriceRule.split(priceMinor, lists), NONE);
        }
        long[] prices = rule.memberPrices(members);
        for (int i = 0; i < size; i++) {
            lists[i] = Math.max(0, lists[i] - prices[i]);
        }
        return new MemberPrices(prices, lists);
    }
}
