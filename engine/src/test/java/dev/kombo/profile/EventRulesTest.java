package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.settings.SettingValues;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventRulesTest {
    private static final long NOW = 1_700_000_000_000L;

    private final EventRules rules = EventRules.of(SettingValues.defaults());

    /** An event whose fields are changed one by one. */
    private static final class Draft {
        String eventId = "e";
        String userId = "u";
        String sessionId;
        EventType type = EventType.VIEW;
        String itemId = "i";
        String bundleId;
        String offerId;
        String orderId;
        int quantity = 1;
        long price = 100;
        String currency = "GBP";
        double rating = Double.NaN;
        long time = NOW;
        Map<String, String> attributes = Map.of();
        int cartDiscount = ShopperEvent.NOT_STATED;

        ShopperEvent event() {
            return new ShopperEvent(
                    eventId,
                    userId,
                    sessionId,
                    type,
                    itemId,
                    bundleId,
                    offerId,
                    orderId,
                    quantity,
                    price,
                    currency,
                    rating,
                    null,
                    time,
                    attributes,
                    false,
                    cartDiscount);
        }
    }

    private void expect(String field, String reason, Draft draft) {
        EventRules.Violation violation = rules.check(draft.event(), NOW);
        assertThat(violation).isNotNull();
        assertThat(violation.field()).isEqualTo(field);
        assertThat(violation.reason()).isEqualTo(reason);
        assertThat(violation.detail()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {"UNKNOWN", "OFFER_IMPRESSION", "OFFER_CLICK", "OFFER_DISMISSAL"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldAcceptAnHonestEvent(EventType type) {
        Draft draft = new Draft();
        draft.type = type;
        draft.rating = 5;
        assertThat(rules.check(draft.event(), NOW)).isNull();
    }

    @Test
    void shouldRefuseMissingIds() {
        Draft noEvent = new Draft();
        noEvent.eventId = " ";
        expect("eventId", "missing-event-id", noEvent);

        Draft noShopper = new Draft();
        noShopper.userId = null;
        noShopper.sessionId = "";
        expect("userId", "no-shopper", noShopper);

        Draft blankUser = new Draft();
        blankUser.userId = "";
        blankUser.sessionId = "s";
        expect("userId", "blank-id", blankUser);
    }

    @Test
    void shouldAcceptAVisitorWhenThereIsNoUser() {
        Draft draft = new Draft();
        draft.userId = null;
        draft.sessionId = "s";
        assertThat(rules.check(draft.event(), NOW)).isNull();
    }

    @Test
    void shouldRefuseIdsThatAreTooLong() {
        Draft draft = new Draft();
        draft.itemId = "x".repeat(129);
        expect("itemId", "id-too-long", draft);
        draft.itemId = "x".repeat(128);
        assertThat(rules.check(draft.event(), NOW)).isNull();
    }

    @Test
    void shouldRefuseBothOrNeitherOfItemAndBundle() {
        Draft both = new Draft();
        both.bundleId = "b";
        expect("itemId", "item-and-bundle", both);

        Draft neither = new Draft();
        neither.itemId = null;
        expect("itemId", "no-item-or-bundle", neither);
        neither.itemId = "  ";
        expect("itemId", "no-item-or-bundle", neither);
        neither.itemId = null;
        neither.type = EventType.OFFER_REQUEST;
        assertThat(rules.check(neither.event(), NOW)).isNull();
    }

    @Test
    void shouldRefuseABlankIdWhenTheOtherIsGiven() {
        Draft blankItem = new Draft();
        blankItem.itemId = "";
        blankItem.bundleId = "b";
        expect("itemId", "blank-id", blankItem);

        Draft blankBundle = new Draft();
        blankBundle.bundleId = " ";
        expect("bundleId", "blank-id", blankBundle);

        Draft blankOrder = new Draft();
        blankOrder.orderId = "";
        expect("orderId", "blank-id", blankOrder);
    }

    @Test
    void shouldRefuseAnAnswerWhenItNamesNoOffer() {
        Draft draft = new Draft();
        draft.type = EventType.OFFER_CLICK;
        draft.itemId = null;
        expect("offerId", "missing-offer", draft);
        draft.offerId = "o";
        assertThat(rules.check(draft.event(), NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"-1,negative-quantity", "0,zero-quantity", "1000001,absurd-quantity"})
    void shouldRefuseQuantities(int quantity, String reason) {
        Draft draft = new Draft();
        draft.quantity = quantity;
        expect("quantity", reason, draft);
    }

    @ParameterizedTest
    @CsvSource({"-1,negative-price", "10000000001,absurd-price"})
    void shouldRefusePrices(long price, String reason) {
        Draft draft = new Draft();
        draft.price = price;
        expect("unitPriceMinor", reason, draft);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"none", "gbp", "GB", "GBPX", "G1P"},
            nullValues = "none")
    void shouldRefuseAPriceWhenItsCurrencyIsNoCode(String currency) {
        Draft draft = new Draft();
        draft.currency = currency;
        expect("currency", "missing-currency", draft);
        draft.price = ShopperEvent.NO_PRICE;
        assertThat(rules.check(draft.event(), NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"NaN", "0.99", "5.01"})
    void shouldRefuseRatingsOutOfRange(double rating) {
        Draft draft = new Draft();
        draft.type = EventType.RATING;
        draft.rating = rating;
        expect("ratingValue", "rating-out-of-range", draft);
    }

    @Test
    void shouldRefuseDiscountsOnTheCartThatAreNoShareOfIt() {
        for (int given : new int[] {0, 10_000}) {
            Draft draft = new Draft();
            draft.cartDiscount = given;
            assertThat(rules.check(draft.event(), NOW)).isNull();
        }
        for (int given : new int[] {-1, 10_001, Integer.MAX_VALUE}) {
            Draft draft = new Draft();
            draft.cartDiscount = given;
            expect("cartDiscountBasisPoints", "discount-out-of-range", draft);
        }
    }

    @Test
    void shouldRefuseTimes() {
        Draft none = new Draft();
        none.time = 0;
        expect("eventTime", "no-time", none);

        Draft seconds = new Draft();
        seconds.time = NOW / 1000;
        expect("eventTime", "time-implausible", seconds);
        assertThat(rules.check(seconds.event(), NOW).detail()).contains("1970-01-", "look like seconds");

        Draft future = new Draft();
        future.time = NOW + rules.futureTolerance() + 1;
        expect("eventTime", "time-in-future", future);
        assertThat(rules.check(future.event(), -1)).isNull();
        future.time--;
        assertThat(rules.check(future.event(), NOW)).isNull();
    }

    @Test
    void shouldRefuseTypesAndAttributes() {
        Draft type = new Draft();
        type.type = EventType.UNKNOWN;
        expect("type", "unknown-type", type);

        Draft attributes = new Draft();
        attributes.attributes = IntStream.range(0, 33).boxed().collect(Collectors.toMap(i -> "name" + i, i -> "value"));
        expect("attributes", "too-many-attributes", attributes);

        Draft swap = new Draft();
        swap.itemId = null;
        swap.bundleId = "b";
        swap.type = EventType.PURCHASE;
        swap.attributes = Map.of("swap:a", " ");
        expect("attributes", "blank-id", swap);
        swap.attributes = Map.of("swap:a", "i".repeat(129));
        expect("attributes", "id-too-long", swap);
    }
}
