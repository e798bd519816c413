package dev.kombo.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.Item;
import dev.kombo.price.PriceRule.PricedMember;
import dev.kombo.price.PriceRule.Tier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A million random rules, held against prices that are worked out unit by unit. */
class PriceRulePropertyTest {
    private static final int RULES_A_TRY = 1_000;

    @Property(tries = 1_000, seed = "31")
    void shouldAddUpToThePriceOfTheRule(@ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < RULES_A_TRY; i++) {
            List<PricedMember> members = members(random);
            PriceRule rule = rule(random, members);

            long[] prices = rule.memberPrices(members);

            long expected = priceByUnits(rule, members);
            if (expected < 0) {
                assertThat(prices).isEmpty();
                continue;
            }
            if (prices.length != members.size() || Arrays.stream(prices).sum() != expected) {
                assertThat(prices).as("%s of %s", rule, members).hasSameSizeAs(members);
                assertThat(Arrays.stream(prices).sum())
                        .as("%s of %s", rule, members)
                        .isEqualTo(expected);
            }
            long list = members.stream().mapToLong(PricedMember::listPriceMinor).sum();
            for (int m = 0; m < prices.length; m++) {
                if (prices[m] < 0 || (expected <= list && prices[m] > most(rule, members, m))) {
                    assertThat(prices[m])
                            .as("%s of %s", rule, members)
                            .isBetween(0L, members.get(m).listPriceMinor());
                }
            }
            List<PricedMember> shuffled = new ArrayList<>(members);
            Collections.shuffle(shuffled, random);
            if (Arrays.stream(rule.memberPrices(shuffled)).sum() != expected) {
                assertThat(rule.memberPrices(shuffled)).as("another order").isEqualTo(prices);
            }
        }
    }

    /** A tier dearer than the units it covers may raise the price of a member; everything else lowers it. */
    private static long most(PriceRule rule, List<PricedMember> members, int m) {
        int reached = rule.reached(members);
        boolean priced = reached >= 0 && rule.priceTiers().get(reached).priceMinor() != Item.UNKNOWN;
        return priced ? Long.MAX_VALUE : members.get(m).listPriceMinor();
    }

    @Property(tries = 1_000, seed = "32")
    void shouldSplitAnyAmountInProportion(@ForAll long seed) {
        Random random = new Random(seed);
        long[] weights = random.longs(1 + random.nextInt(8), 0, 1L << random.nextInt(1, 58))
                .toArray();
        long whole = Arrays.stream(weights).sum();
        long amount = random.nextBoolean() ? whole : (long) (whole * random.nextDouble());

        long[] parts = PriceRule.split(amount, weights);

        assertThat(Arrays.stream(parts).sum()).isEqualTo(amount);
        for (int i = 0; i < parts.length; i++) {
            assertThat(parts[i]).isBetween(0L, Math.max(amount, weights[i]));
            BigInteger exact = whole == 0
                    ? BigInteger.ZERO
                    : BigInteger.valueOf(amount)
                            .multiply(BigInteger.valueOf(weights[i]))
                            .divide(BigInteger.valueOf(whole));
            assertThat(BigInteger.valueOf(parts[i]).subtract(exact).abs())
                    .as("within a minor unit of its share")
                    .isLessThanOrEqualTo(BigInteger.ONE);
        }
    }

    private static List<PricedMember> members(Random random) {
        List<PricedMember> members = new ArrayList<>();
        for (int m = random.nextInt(6); m >= 0; m--) {
            // Prices repeat, so that units of one price belong to several members.
            long price = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(100_000);
            members.add(new PricedMember("item-" + m, 1 + random.nextInt(4), price));
        }
        return members;
    }

    private static PriceRule rule(Random random, List<PricedMember> members) {
        List<Tier> tiers = new ArrayList<>();
        int units = random.nextInt(4);
        long amount = random.nextInt(3) == 0 ? random.nextInt(50_000) : 0;
        for (int t = random.nextInt(3); t >= 0; t--) {
            long unknown = Item.UNKNOWN;
            String gift = members.get(random.nextInt(members.size())).itemId();
            tiers.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new Tier(units, amount, unknown, 1 + random.nextInt(100_000), 0, 0, null);
                        case 1 -> new Tier(units, amount, unknown, unknown, 1 + random.nextInt(9_999), 0, null);
                        case 2 -> new Tier(units, amount, random.nextInt(100_000), unknown, 0, 0, null);
                        case 3 -> new Tier(units + 2, amount, unknown, unknown, 0, 1 + random.nextInt(units + 1), null);
                        default -> new Tier(units, amount, unknown, unknown, 0, 0, gift);
                    });
            units += 2 + random.nextInt(3);
        }
        return new PriceRule(tiers);
    }

    /** The price by its definition, over single units; negative where the discount is above what the items cost. */
    private static long priceByUnits(PriceRule rule, List<PricedMember> members) {
        List<Long> units = new ArrayList<>();
        members.forEach(member -> units.addAll(Collections.nCopies(member.quantity(), member.unitPriceMinor())));
        Collections.sort(units);
        long list = sum(units);
        Tier reached = null;
        for (Tier tier : rule.priceTiers()) {
            if (tier.fromUnits() <= units.size() && tier.fromAmountMinor() <= list) {
                reached = tier;
            }
        }
        if (reached == null) {
            return list;
        }
        if (reached.discountMinor() != Item.UNKNOWN) {
            return list - reached.discountMinor();
        }
        if (reached.discountBasisPoints() > 0) {
            return BigDecimal.valueOf(list)
                    .multiply(BigDecimal.valueOf(10_000 - reached.discountBasisPoints(), 4))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        }
        if (reached.priceMinor() != Item.UNKNOWN) {
            int others = reached.fromUnits() == 0 ? 0 : units.size() - reached.fromUnits();
            return reached.priceMinor() + sum(units.subList(0, others));
        }
        if (reached.freeUnits() > 0) {
            int free = units.size() / reached.fromUnits() * reached.freeUnits();
            return list - sum(units.subList(0, free));
        }
        String gift = reached.giftItemId();
        return members.stream()
                .filter(member -> !member.itemId().equals(gift))
                .mapToLong(PricedMember::listPriceMinor)
                .sum();
    }

    private static long sum(List<Long> prices) {
        return prices.stream().mapToLong(Long::longValue).sum();
    }
}
