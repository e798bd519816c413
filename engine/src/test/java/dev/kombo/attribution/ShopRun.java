package dev.kombo.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.entity.BundleMember;
import dev.kombo.experiment.Enrollment;
import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plays a list of numbers as events of one shopper against a ledger, keeps its own accounts, and checks the invariants
 * after each event.
 */
public final class ShopRun {
    private static final String[] ITEMS = {"a", "b", "c", "d", "e", "f"};
    private static final String[] CURRENCIES = {"GBP", "GBP", "GBP", "EUR", null};

    /** How the shop numbers returns. */
    public enum Orders {
        /** With the order of the purchase. */
        RIGHT,
        /** With none, or with a number of its own. */
        UNKNOWN
    }

    private static final class Bought {
        private final Purchase purchase;
        private int left;

        Bought(Purchase purchase) {
            this.purchase = purchase;
            this.left = purchase.quantity();
        }
    }

    private final AttributionSettings settings;
    private final Orders orders;
    private final OfferLedger ledger;
    private final List<Bought> bought = new ArrayList<>();
    private final List<String> offerIds = new ArrayList<>();
    private final Map<String, Long> spent = new HashMap<>();
    private final Map<String, Long> refunded = new HashMap<>();
    private final Map<String, Integer> creditedUnits = new HashMap<>();
    private final Set<ConvertedBundle> knownConversions = new HashSet<>();
    private final Set<String> outcomeIds = new HashSet<>();
    private final Set<String> once = new HashSet<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Enrollment enrollment = new Enrollment("exp", "treatment", 3, 0);
    private long time = 1;
    private int events;

    public ShopRun(AttributionSettings settings, Orders orders) {
        this.settings = settings;
        this.orders = orders;
        this.ledger = LedgerFixture.ledger(settings);
    }

    OfferLedger ledger() {
        return ledger;
    }

    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** Plays one event; every number is one. */
    public void play(int number) {
        int choice = Math.floorMod(number, 16);
        int rest = Math.floorMod(number / 16, 1 << 20);
        time += rest % 37;
        events++;
        if (choice < 3) {
            offer(rest / 37);
        } else if (choice < 7) {
            touch(rest / 37);
        } else if (choice < 12) {
            buy(rest / 37);
        } else if (choice < 14) {
            giveBack(rest / 37);
        } else {
            LedgerResult result = ledger.expire(time, false);
            check(result);
            assertThat(ledger.expire(time, false)).isSameAs(LedgerResult.NONE);
            assertThat(ledger.nextDue()).isGreaterThan(time);
        }
    }

    /** Returns everything that was bought. */
    void giveEverythingBack() {
        for (Bought line : bought) {
            if (line.left > 0) {
                events++;
                giveBack(line, line.left);
            }
        }
    }

    public long attributed(String currency) {
        long sum = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.kind() != OutcomeKind.PURCHASED
                    && currency.equals(outcome.bought().amount().currency())) {
                sum += outcome.bought().amount().revenueMinor();
            }
        }
        return sum;
    }

    private void offer(int number) {
        List<OfferedBundle> slate = new ArrayList<>();
        for (int rank = 1; rank <= 1 + number % 3; rank++) {
            slate.add(bundle((number / 3 + rank) % 5, rank));
        }
        String id = "o" + events;
        offerIds.add(id);
        check(ledger.offered(LedgerFixture.offer(id, time, slate.toArray(OfferedBundle[]::new)), "e" + events));
    }

    private static OfferedBundle bundle(int kind, int rank) {
        String currency = kind == 4 ? "EUR" : "GBP";
        OfferedPrice price = new OfferedPrice(907, 101, currency);
        // At a lower rank, the offer states what the members cost: the last is given away.
        long[] prices = new long[members(kind).size()];
        long[] savings = new long[prices.length];
        prices[0] = 907;
        savings[prices.length - 1] = 101;
        return new OfferedBundle(
                "b" + kind,
                rank,
                rank == 1 ? price : price.divided(prices, rank == 2 ? savings : new long[0]),
                members(kind),
                rank == 1 ? List.of() : slots(kind),
                OfferedBundle.NO_FEATURES);
    }

    private static List<FilledSlot> slots(int kind) {
        FilledSlot.Alternative other = new FilledSlot.Alternative("e", "c", 950);
        return switch (kind) {
            case 1 -> List.of(new FilledSlot("s", List.of(new BundleMember("c", 2)), List.of(other)));
            case 2 ->
                List.of(
                        new FilledSlot("s", List.of(new BundleMember("a", 1)), List.of()),
                        new FilledSlot(
                                "t",
                                List.of(new BundleMember("c", 1), new BundleMember("d", 1)),
                                List.of(other, new FilledSlot.Alternative("f", "d", 907))));
            default -> List.of();
        };
    }

    private static List<BundleMember> members(int kind) {
        return switch (kind) {
            case 0 -> List.of(new BundleMember("a", 1), new BundleMember("b", 1));
            case 1 -> List.of(new BundleMember("b", 1), new BundleMember("c", 2));
            case 2 -> List.of(new BundleMember("a", 1), new BundleMember("c", 1), new BundleMember("d", 1));
            case 3 -> List.of(new BundleMember("c", 3), new BundleMember("d", 1));
            case 4 -> List.of(new BundleMember("a", 1), new BundleMember("d", 1));
            // Never offered.
            default -> List.of(new BundleMember("a", 1), new BundleMember("c", 1));
        };
    }

    private void touch(int number) {
        // At times an offer that is not there.
        String offer = offerIds.isEmpty() || number % 11 == 0
                ? "ghost" + events
                : offerIds.get(offerIds.size() - 1 - number % Math.min(4, offerIds.size()));
        OutcomeKind kind = OutcomeKind.ofFeedback(number / 11 % 3);
        String bundle = kind == OutcomeKind.IMPRESSION ? null : "b" + number / 33 % 5;
        check(ledger.feedback(new Feedback(kind, "e" + events, offer, bundle, time - number / 165 % 40)));
    }

    private void buy(int number) {
        String currency = CURRENCIES[number % CURRENCIES.length];
        int draw = number / CURRENCIES.length;
        boolean whole = draw % 6 == 0;
        long price = currency == null ? 0 : 1 + draw % 997;
        String named = offerIds.isEmpty() || draw % 5 != 0 ? null : offerIds.get(offerIds.size() - 1);
        Purchase purchase = new Purchase(
                "e" + events,
                whole ? null : ITEMS[draw / 6 % ITEMS.length],
                whole ? "b" + draw / 6 % 6 : null,
                named,
                "order" + events,
                1 + draw / 24 % 3,
                price,
                currency,
                time - draw / 72 % 20,
                Map.of());
        bought.add(new Bought(purchase));
        if (currency != null) {
            spent.merge(currency, purchase.revenueMinor(), Long::sum);
        }
        outcomes.add(Outcome.purchased(LedgerFixture.SHOPPER, enrollment, purchase));
        check(ledger.purchase(purchase, whole ? members(draw / 6 % 6) : List.of(), false));
    }

    private void giveBack(int number) {
        if (bought.isEmpty()) {
            return;
        }
        Bought line = bought.get(number % bought.size());
        if (line.left > 0) {
            giveBack(line, 1 + number / 100 % line.left);
        }
    }

    private void giveBack(Bought line, int quantity) {
        Purchase purchase = line.purchase;
        line.left -= quantity;
        String order = orders == Orders.RIGHT ? purchase.orderId() : events % 2 == 0 ? null : "back" + events;
        Return back = new Return(
                "e" + events,
                purchase.itemId(),
                purchase.bundleId(),
                order,
                quantity,
                purchase.unitPriceMinor(),
                purchase.currency(),
                time);
        if (purchase.currency() != null) {
            refunded.merge(purchase.currency(), back.revenueMinor(), Long::sum);
        }
        outcomes.add(Outcome.refunded(LedgerFixture.SHOPPER, enrollment, back));
        check(ledger.returned(back));
    }

    private void check(LedgerResult result) {
        if (result.outcomes().isEmpty() && result.unmatched().isEmpty()) {
            assertThat(result).isSameAs(LedgerResult.NONE);
        }
        for (Outcome outcome : result.outcomes()) {
            assertThat(outcomeIds.add(outcome.outcomeId()))
                    .as("new id of %s", outcome)
                    .isTrue();
            checkOnce(outcome);
            outcomes.add(outcome);
        }
        checkUnits();
        checkMoney();
        checkBounds();
    }

    private void checkOnce(Outcome outcome) {
        String key = outcome.kind() + " " + outcome.offerId() + " " + outcome.bundleId();
        switch (outcome.kind()) {
            case OFFERED, IMPRESSION, CLICK, CONVERSION, DISMISSAL, EXPIRED, PARTIAL_CONVERSION ->
                assertThat(once.add(key)).as("once: %s", key).isTrue();
            default -> {}
        }
        switch (outcome.kind()) {
            case CLICK, CONVERSION, CROSS_CONVERSION, DISMISSAL, PARTIAL_CONVERSION ->
                assertThat(once).contains("IMPRESSION " + outcome.offerId() + " null");
            case EXPIRED ->
                assertThat(once)
                        .as("nothing of it was bought")
                        .noneMatch(told -> told.startsWith("CONVERSION " + outcome.offerId() + " "));
            case RETURN -> {
                assertThat(once).contains("CONVERSION " + outcome.offerId() + " " + outcome.bundleId());
                assertThat(outcome.bought().amount().revenueMinor()).isNotPositive();
                assertThat(outcome.bought().amount().savingMinor()).isNotPositive();
            }
            default -> {}
        }
    }

    /** Orders are unique to a purchase, so the units that conversions ever used are compared with it. */
    private void checkUnits() {
        for (ConvertedBundle conversion : ledger.state().conversions()) {
            if (!knownConversions.add(conversion)) {
                continue;
            }
            String bundle = conversion.scope().bundleId();
            boolean whole = bought.stream()
                    .anyMatch(line -> conversion.lines().get(0).orderId().equals(line.purchase.orderId())
                            && bundle.equals(line.purchase.bundleId()));
            if (whole) {
                assertThat(once.add("whole " + conversion.lines().get(0).orderId()))
                        .isTrue();
                continue;
            }
            for (BoughtLine line : conversion.lines()) {
                creditedUnits.merge(line.orderId(), line.quantity(), Integer::sum);
            }
        }
        for (Bought line : bought) {
            int credited = creditedUnits.getOrDefault(line.purchase.orderId(), 0);
            assertThat(credited).as("units of %s", line.purchase).isLessThanOrEqualTo(line.purchase.quantity());
        }
    }

    private void checkMoney() {
        boolean complete = knownConversions.size() <= settings.maxConversions();
        for (String currency : List.of("GBP", "EUR")) {
            long attributed = attributed(currency);
            long gross = spent.getOrDefault(currency, 0L);
            assertThat(attributed).isBetween(0L, gross);
            if (complete && orders == Orders.RIGHT) {
                assertThat(attributed).isLessThanOrEqualTo(gross - refunded.getOrDefault(currency, 0L));
            }
            if (complete) {
                long held = 0;
                for (ConvertedBundle conversion : ledger.state().conversions()) {
                    Amount amount = conversion.amount();
                    assertThat(amount.savingMinor()).isNotNegative();
                    held += currency.equals(amount.currency()) ? amount.revenueMinor() : 0;
                }
                assertThat(attributed).isEqualTo(held);
            }
        }
    }

    private void checkBounds() {
        LedgerState state = ledger.state();
        assertThat(state.offers()).hasSizeLessThanOrEqualTo(settings.maxOpenOffers());
        assertThat(state.conversions()).hasSizeLessThanOrEqualTo(settings.maxConversions());
        assertThat(state.bought()).hasSizeLessThanOrEqualTo(settings.maxBoughtLines());
        assertThat(state.waiting()).hasSizeLessThanOrEqualTo(settings.maxWaiting());
        assertThat(state.bundles()).hasSizeLessThanOrEqualTo(settings.maxWaiting());
        assertThat(state.bundles()).allMatch(purchase -> purchase.quantity() > 0);
        assertThat(state.bought()).isSortedAccordingTo((x, y) -> Long.compare(x.boughtAt(), y.boughtAt()));
        assertThat(state.bought()).allMatch(line -> line.quantity() > 0);
    }
}
