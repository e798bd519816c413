package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.ConvertedBundle;
import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.entity.BundleMember;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Books of what shoppers paid, kept from their events alone, against which all money that is told is held. An order is
 * one purchase, so that it says what each credited unit cost. The rules of attribution are checked as statements:
 * whatever is credited was paid, is in the window of its offer, and was credited nowhere else; and nothing that they
 * accept is left out.
 */
final class MoneyBooks {
    /** One purchase, and who has it by now. */
    static final class Bought {
        final ShopperEvent event;
        final String ledger;
        final int number;
        String owner;
        int returned;

        Bought(ShopperEvent event, String ledger, int number) {
            this.event = event;
            this.ledger = ledger;
            this.number = number;
            this.owner = event.shopperKey();
        }

        String currency() {
            return event.priced() ? event.currency() : null;
        }

        long unitPrice() {
            return event.priced() ? event.unitPriceMinor() : 0;
        }

        int left() {
            return Math.max(0, event.quantity() - returned);
        }
    }

    private record Position(String offerId, String bundleId) {}

    private record Touched(String ledger, long time) {}

    /** By offer and ledger, since when the one is known to the other: only what is booked later must be credited. */
    private final Map<String, Map<String, Integer>> knownSince = new HashMap<>();

    private final Map<String, Bought> orders = new TreeMap<>();
    private final Map<String, OpenOffer> offers = new HashMap<>();
    private final Map<String, Set<Touched>> touched = new HashMap<>();
    private final Map<String, Integer> moves = new HashMap<>();
    private final Map<String, Long> credited = new TreeMap<>();
    private final Map<String, Long> expectedPurchased = new TreeMap<>();
    private final Map<String, Long> purchased = new TreeMap<>();
    private final Set<Position> converted = new HashSet<>();
    private int number;

    List<Bought> purchases() {
        return new ArrayList<>(orders.values());
    }

    long credited(String currency) {
        return credited.getOrDefault(currency, 0L);
    }

    /**
     * Books an event that is not known yet, before it is told of.
     *
     * @param enrolledIn experiment whose arm counts it, or null
     */
    void book(ShopperEvent event, String enrolledIn) {
        number++;
        if (event.offerId() != null) {
            touched.computeIfAbsent(event.offerId(), unused -> new HashSet<>())
                    .add(new Touched(ledgerOf(event.shopperKey()), event.time()));
        }
        long sign = 0;
        if (event.history()) {
            return;
        }
        if (event.type() == EventType.PURCHASE) {
            orders.put(event.orderId(), new Bought(event, ledgerOf(event.shopperKey()), number));
            sign = 1;
        } else if (event.type() == EventType.RETURN) {
            Bought bought = orders.get(event.orderId());
            // What comes back before it was bought takes nothing back, then or later.
            if (bought != null) {
                bought.returned += event.quantity();
            }
            sign = -1;
        }
        if (sign != 0 && event.priced() && enrolledIn != null) {
            expectedPurchased.merge(
                    enrolledIn + " " + event.currency(), sign * event.unitPriceMinor() * event.quantity(), Long::sum);
        }
    }

    /** An offer was made to a shopper. */
    void offered(String shopperKey, OpenOffer offer) {
        offers.put(offer.offerId(), offer);
        knownSince.put(offer.offerId(), new HashMap<>(Map.of(ledgerOf(shopperKey), number)));
    }

    /** A session that was handed over starts anew. */
    private String ledgerOf(String shopperKey) {
        return shopperKey + "#" + moves.getOrDefault(shopperKey, 0);
    }

    /** A session was handed over: its purchases and offers have another owner; the event that showed it counts, too. */
    void moved(String sessionKey, String userKey) {
        for (Bought purchase : orders.values()) {
            if (purchase.owner.equals(sessionKey)) {
                purchase.owner = userKey;
            }
        }
        for (Map<String, Integer> since : knownSince.values()) {
            if (since.containsKey(ledgerOf(sessionKey))) {
                since.putIfAbsent(ledgerOf(userKey), number - 1);
            }
        }
        for (Set<Touched> touches : touched.values()) {
            for (Touched touch : List.copyOf(touches)) {
                if (touch.ledger().equals(ledgerOf(sessionKey))) {
                    touches.add(new Touched(ledgerOf(userKey), touch.time()));
                }
            }
        }
        moves.merge(sessionKey, 1, Integer::sum);
    }

    private boolean wasTouched(OpenOffer offer, long from, long to) {
        Set<String> ledgers = knownSince.get(offer.offerId()).keySet();
        return touched.getOrDefault(offer.offerId(), Set.of()).stream()
                .anyMatch(touch -> ledgers.contains(touch.ledger()) && touch.time() >= from && touch.time() <= to);
    }

    /** Holds what was told against the books. */
    void record(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            Amount amount = outcome.bought().amount();
            switch (outcome.kind()) {
                case CONVERSION, RETURN -> {
                    assertThat(outcome.bought().amount().revenueMinor() >= 0)
                            .isEqualTo(outcome.kind() == OutcomeKind.CONVERSION || amount.revenueMinor() == 0);
                    credited.merge(amount.currency(), amount.revenueMinor(), Long::sum);
                    if (outcome.kind() == OutcomeKind.CONVERSION) {
                        convert(outcome);
                    }
                }
                case PURCHASED -> {
                    if (amount.currency() != null) {
                        purchased.merge(
                                outcome.experiment() + " " + amount.currency(), amount.revenueMinor(), Long::sum);
                    }
                }
                default -> assertThat(amount).as("%s", outcome.kind()).isEqualTo(Amount.NONE);
            }
        }
    }

    private void convert(Outcome outcome) {
        Position position = new Position(outcome.offerId(), outcome.bundleId());
        assertThat(converted.add(position)).as("once: %s", position).isTrue();
        OpenOffer offer = offers.get(outcome.offerId());
        OfferedBundle bundle = offer.bundle(outcome.bundleId());
        assertThat(outcome.scope())
                .isEqualTo(new Outcome.Scope(
                        offer.assignment(), offer.offerId(), offer.placement(), bundle.bundleId(), bundle.rank()));
        assertThat(wasTouched(offer, 0, outcome.eventTime())).as("seen by then").isTrue();
    }

    /** What is credited by now is what was paid for the units that conversions hold; and all told of it adds up. */
    void check(Map<String, List<ConvertedBundle>> conversions) {
        Map<String, Long> held = new TreeMap<>();
        Map<String, Integer> units = new HashMap<>();
        conversions.forEach((shopper, list) -> list.forEach(conversion -> {
            OpenOffer offer = offers.get(conversion.scope().offerId());
            OfferedBundle bundle = offer.bundle(conversion.scope().bundleId());
            Bought first = orders.get(conversion.lines().get(0).orderId());
            long money = first.event.bundleId() != null
                    ? whole(conversion, bundle, first, units)
                    : oneByOne(conversion, offer, bundle, units);
            assertThat(conversion.amount().revenueMinor())
                    .as("%s of %s, %s", conversion.scope(), conversion.lines(), bundle.members())
                    .isEqualTo(money);
            held.merge(bundle.currency(), money, Long::sum);
        }));
        units.forEach((order, count) -> assertThat(count)
                .as("units of %s", order)
                .isLessThanOrEqualTo(orders.get(order).left()));
        credited.forEach((currency, sum) ->
                assertThat(sum).as("credited in %s", currency).isEqualTo(held.getOrDefault(currency, 0L)));
        assertThat(purchased).as("all that was paid").isEqualTo(expectedPurchased);
    }

    private long oneByOne(
            ConvertedBundle conversion, OpenOffer offer, OfferedBundle bundle, Map<String, Integer> units) {
        long money = 0;
        for (BoughtLine line : conversion.lines()) {
            Bought paid = orders.get(line.orderId());
            assertThat(line.itemId()).isEqualTo(paid.event.itemId());
            assertThat(bundle.contains(line.itemId())).isTrue();
            assertThat(paid.currency()).isIn(null, bundle.currency());
            assertThat(paid.event.time()).isBetween(offer.offeredAt() + 1, offer.closesAt() - 1);
            units.merge(line.orderId(), line.quantity(), Integer::sum);
            money += paid.unitPrice() * line.quantity();
        }
        return money;
    }

    private long whole(ConvertedBundle conversion, OfferedBundle bundle, Bought paid, Map<String, Integer> units) {
        assertThat(paid.event.bundleId()).isEqualTo(bundle.bundleId());
        assertThat(paid.left()).as("bundles of %s", paid.event.orderId()).isEqualTo(conversion.quantity());
        units.merge(paid.event.orderId(), conversion.quantity(), Integer::sum);
        return paid.currency() == null || paid.currency().equals(bundle.currency())
                ? paid.unitPrice() * conversion.quantity()
                : 0;
    }

    /** No open offer is left with a bundle that the rules accept as bought. */
    void checkNothingIsLeftOut(String shopperKey, List<OpenOffer> open, List<ConvertedBundle> conversions) {
        Map<String, Integer> used = new HashMap<>();
        for (ConvertedBundle conversion : conversions) {
            boolean whole =
                    orders.get(conversion.lines().get(0).orderId()).event.bundleId() != null;
            for (BoughtLine line : conversion.lines()) {
                used.merge(
                        line.orderId(),
                        whole ? conversion.quantity() : line.quantity(),
                        whole ? Math::max : Integer::sum);
            }
        }
        for (OpenOffer offer : open) {
            for (OfferedBundle bundle : offer.bundles()) {
                if (!bundle.converted() && offer.impressedAt() != 0) {
                    assertThat(wasTouched(offer, offer.impressedAt(), offer.impressedAt()))
                            .isTrue();
                    checkNotBought(shopperKey, offer, bundle, used);
                }
            }
        }
    }

    private void checkNotBought(String shopperKey, OpenOffer offer, OfferedBundle bundle, Map<String, Integer> used) {
        Map<String, Integer> uncredited = new HashMap<>();
        long newest = Long.MIN_VALUE;
        for (Bought bought : orders.values()) {
            int left = bought.left() - used.getOrDefault(bought.event.orderId(), 0);
            long time = bought.event.time();
            Integer since = knownSince.get(offer.offerId()).get(bought.ledger);
            boolean accepted = bought.owner.equals(shopperKey)
                    && since != null
                    && bought.number > since
                    && left > 0
                    && time < offer.closesAt();
            if (accepted && Objects.equals(bought.event.bundleId(), bundle.bundleId())) {
                assertThat(time >= offer.offeredAt() && time >= offer.impressedAt())
                        .as("%s bought whole in %s", bundle.bundleId(), bought.event.orderId())
                        .isFalse();
            }
            boolean fits = bought.currency() == null || bought.currency().equals(bundle.currency());
            if (accepted && fits && time > offer.offeredAt() && bundle.contains(bought.event.itemId())) {
                uncredited.merge(bought.event.itemId(), left, Integer::sum);
                newest = Math.max(newest, time);
            }
        }
        boolean covered = true;
        for (BundleMember member : bundle.members()) {
            covered &= uncredited.getOrDefault(member.itemId(), 0) >= member.quantity();
        }
        assertThat(covered && newest >= offer.impressedAt())
                .as("%s of %s is bought item by item", bundle.bundleId(), offer.offerId())
                .isFalse();
    }
}
