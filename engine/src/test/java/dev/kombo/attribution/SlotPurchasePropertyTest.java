package dev.kombo.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.SlotBooks.Need;
import dev.kombo.attribution.SlotBooks.Position;
import dev.kombo.attribution.SlotBooks.Unit;
import dev.kombo.entity.BundleMember;
import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Random purchases, swaps and returns of bundles with slots are attributed as in independent books. */
class SlotPurchasePropertyTest {
    private static final Set<OutcomeKind> TOLD =
            EnumSet.of(OutcomeKind.CONVERSION, OutcomeKind.PARTIAL_CONVERSION, OutcomeKind.RETURN);

    /**
     * A slot of the shop: as many items as it has places are chosen, each with so many units, and the rest may replace
     * them.
     */
    private record Choice(String name, int places, int units, List<String> set) {}

    private record Kind(String bundle, List<BundleMember> fixed, List<Choice> choices) {}

    private static final Kind[] KINDS = {
        new Kind(
                "with-cup",
                List.of(new BundleMember("tea", 1)),
                List.of(new Choice("cup", 1, 1, List.of("white", "blue", "red")))),
        new Kind(
                "any-three",
                List.of(),
                List.of(new Choice("jam", 3, 1, List.of("fig", "plum", "rose", "quince", "lime")))),
        new Kind(
                "for-two",
                List.of(new BundleMember("tea", 2)),
                List.of(
                        new Choice("cups", 1, 2, List.of("white", "blue")),
                        new Choice("jams", 2, 1, List.of("fig", "plum", "rose", "lime")))),
        new Kind("plain", List.of(new BundleMember("tea", 1), new BundleMember("fig", 1)), List.of()),
    };

    private static final String[] ITEMS = {"tea", "white", "blue", "red", "fig", "plum", "rose", "quince", "lime"};

    /** A bundle bought whole, as the shopper took it, and how many of it are not given back. */
    private static final class Whole {
        private final String bundle;
        private final String order;
        private int quantity;
        private boolean opened;

        Whole(String bundle, String order, int quantity) {
            this.bundle = bundle;
            this.order = order;
            this.quantity = quantity;
        }
    }

    private Random random;
    private OfferLedger ledger;
    private SlotBooks books;
    private Map<String, List<OfferedBundle>> offers;
    private List<Whole> wholes;
    private Map<OutcomeKind, Integer> met;
    /** Whether purchases state what was swapped, so that the members of a slot may differ in price. */
    private boolean stated;

    private long time;
    private int events;

    @Property(tries = 400, seed = "31")
    void shouldAttributeAsIndependentBooksDo(@ForAll Random numbers) {
        play(numbers);
    }

    @Test
    void shouldMeetWholeAndPartialPurchasesAndReturnsOften() {
        Map<OutcomeKind, Integer> all = new EnumMap<>(OutcomeKind.class);
        for (int run = 0; run < 50; run++) {
            play(new Random(run));
            met.forEach((kind, times) -> all.merge(kind, times, Integer::sum));
        }
        assertThat(all)
                .containsOnlyKeys(TOLD)
                .allSatisfy((kind, times) -> assertThat(times).as("%s", kind).isGreaterThan(50));
    }

    private void play(Random numbers) {
        random = numbers;
        ledger = LedgerFixture.ledger(new AttributionSettings(LedgerFixture.WINDOW, 1000, 1000, 1000, 1000));
        books = new SlotBooks();
        offers = new HashMap<>();
        wholes = new ArrayList<>();
        met = new EnumMap<>(OutcomeKind.class);
        stated = random.nextBoolean();
        time = 1;
        events = 0;
        for (int e = 0; e < 120; e++) {
            time += 1 + random.nextInt(40);
            events++;
            books.expire(time);
            check(ledger.expire(time, false));
            switch (random.nextInt(10)) {
                case 0, 1 -> offer();
                case 2, 3 -> touch();
                case 4, 5, 6 -> buyItem();
                case 7 -> buyWhole();
                case 8 -> returnItems();
                default -> returnWhole();
            }
        }
    }

    private void check(LedgerResult result) {
        List<String> told = new ArrayList<>();
        for (Outcome outcome : result.outcomes()) {
            if (TOLD.contains(outcome.kind())) {
                met.merge(outcome.kind(), 1, Integer::sum);
                told.add(SlotBooks.line(
                        outcome.kind(),
                        outcome.offerId(),
                        outcome.bundleId(),
                        outcome.bought().quantity(),
                        outcome.bought().amount().revenueMinor()));
            }
        }
        Collections.sort(told);
        assertThat(told).as("event %d at %d", events, time).isEqualTo(books.told());
        long held = ledger.state().conversions().stream()
                .mapToLong(conversion -> conversion.amount().revenueMinor())
                .sum();
        assertThat(held).isEqualTo(books.money());
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void offer() {
        String id = "o" + events;
        List<OfferedBundle> slate = new ArrayList<>();
        List<Kind> kinds = new ArrayList<>(List.of(KINDS));
        Collections.shuffle(kinds, random);
        for (int rank = 1; rank <= 1 + random.nextInt(3); rank++) {
            slate.add(offered(id, rank, kinds.get(rank)));
        }
        offers.put(id, slate);
        check(ledger.offered(LedgerFixture.offer(id, time, slate.toArray(OfferedBundle[]::new)), "e" + events));
    }

    private OfferedBundle offered(String offer, int rank, Kind kind) {
        List<BundleMember> members = new ArrayList<>();
        List<Need> needs = new ArrayList<>();
        for (BundleMember member : kind.fixed) {
            members.add(member);
            needs.add(new Need(Set.of(member.itemId()), member.quantity()));
        }
        List<FilledSlot> slots = new ArrayList<>();
        for (Choice choice : kind.choices) {
            List<String> set = new ArrayList<>(choice.set);
            Collections.shuffle(set, random);
            List<BundleMember> fill = new ArrayList<>();
            List<FilledSlot.Alternative> others = new ArrayList<>();
            for (int i = 0; i < set.size(); i++) {
                if (i < choice.places) {
                    fill.add(new BundleMember(set.get(i), choice.units));
                } else {
                    for (BundleMember member : fill) {
                        others.add(new FilledSlot.Alternative(set.get(i), member.itemId(), 900));
                    }
                }
            }
            members.addAll(fill);
            slots.add(new FilledSlot(choice.name, fill, others));
            needs.add(new Need(new HashSet<>(set), choice.places * choice.units));
        }
        books.open.add(new Position(offer, kind.bundle, rank, time, needs));
        long[] prices = new long[members.size()];
        for (int m = 0; m < prices.length; m++) {
            prices[m] = (stated ? 240L + 60L * m : 240L) * members.get(m).quantity();
        }
        OfferedPrice price = LedgerFixture.PRICE.divided(prices, new long[0]);
        return LedgerFixture.bundle(kind.bundle, rank, price, members, slots);
    }

    private void touch() {
        if (books.open.isEmpty()) {
            return;
        }
        Position position = any(books.open);
        if (random.nextBoolean()) {
            books.seen(position.offer, time);
            check(ledger.feedback(LedgerFixture.seen(position.offer, time)));
        } else {
            books.clicked(position, time);
            check(ledger.feedback(LedgerFixture.click(position.offer, position.bundle, time)));
        }
    }

    private void buyItem() {
        Purchase purchase = LedgerFixture.item(
                ITEMS[random.nextInt(ITEMS.length)], 1 + random.nextInt(3), 1 + random.nextInt(500), time);
        books.bought(purchase.itemId(), purchase.quantity(), purchase.unitPriceMinor(), purchase.orderId(), time);
        check(ledger.purchase(purchase));
    }

    /**
     * Takes a bundle that was offered, with some of its items swapped, at the offered price, at half or at double of
     * it.
     */
    private void buyWhole() {
        if (books.open.isEmpty()) {
            return;
        }
        Position position = any(books.open);
        int quantity = 1 + random.nextInt(2);
        long times = 1L << random.nextInt(3);
        // What is credited is the latest touch of any offer with the bundle: its fill decides what can be swapped.
        Position winner = books.latestOf(position.bundle, time);
        OfferedBundle bundle = offers.get((winner == null ? position : winner).offer).stream()
                .filter(one -> one.bundleId().equals(position.bundle))
                .findFirst()
                .orElseThrow();
        Map<String, String> swapped = swaps(bundle);
        List<Unit> units = new ArrayList<>();
        for (int m = 0; m < bundle.members().size(); m++) {
            BundleMember member = bundle.members().get(m);
            String item = swapped.getOrDefault(member.itemId(), member.itemId());
            long share = bundle.price().memberPrices()[m] / member.quantity() / 2 * times;
            for (int i = 0; i < member.quantity() * quantity; i++) {
                units.add(new Unit(item, "order" + time, share, time));
            }
        }
        long price = units.stream().mapToLong(unit -> unit.price).sum() / quantity;
        if (books.boughtWhole(position.bundle, quantity, units, time)) {
            wholes.add(new Whole(position.bundle, "order" + time, quantity));
        }
        Purchase whole = LedgerFixture.whole(position.bundle, null, quantity, price, time);
        check(ledger.purchase(stated ? LedgerFixture.swapped(whole, swapped) : whole));
    }

    /** By member, what the shopper takes instead. */
    private Map<String, String> swaps(OfferedBundle bundle) {
        Map<String, String> swapped = new HashMap<>();
        for (FilledSlot slot : bundle.slots()) {
            for (FilledSlot.Alternative other : slot.alternatives()) {
                if (random.nextBoolean() && !swapped.containsValue(other.itemId())) {
                    swapped.putIfAbsent(other.replaces(), other.itemId());
                }
            }
        }
        return swapped;
    }

    private void returnItems() {
        if (books.owned.isEmpty()) {
            return;
        }
        Unit one = any(books.owned);
        List<Unit> units = books.of(one.order, one.item).stream()
                .filter(unit -> unit.isCredited() || books.isUsable(unit))
                .toList();
        if (!units.isEmpty()) {
            List<Unit> some = units.subList(0, 1 + random.nextInt(units.size()));
            wholes.stream().filter(whole -> whole.order.equals(one.order)).forEach(whole -> whole.opened = true);
            books.returned(some);
            check(ledger.returned(LedgerFixture.back(one.item, one.order, some.size(), time)));
        }
    }

    private void returnWhole() {
        List<Whole> unopened = wholes.stream()
                .filter(whole -> whole.quantity > 0 && !whole.opened)
                .toList();
        if (unopened.isEmpty()) {
            return;
        }
        Whole whole = any(unopened);
        int bundles = 1 + random.nextInt(whole.quantity);
        List<Unit> units = new ArrayList<>();
        for (String item : books.itemsOf(whole.order)) {
            List<Unit> all = books.of(whole.order, item);
            units.addAll(all.subList(0, all.size() / whole.quantity * bundles));
        }
        whole.quantity -= bundles;
        books.returnedWhole(bundles, units);
        check(ledger.returned(LedgerFixture.wholeBack(whole.bundle, whole.order, bundles, time)));
    }
}
