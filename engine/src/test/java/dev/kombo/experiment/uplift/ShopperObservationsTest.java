package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.uplift.ShopperObservations.MaturedWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShopperObservationsTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long ENTRY = 40 * DAY + 7;
    private static final Enrollment ENROLLMENT = new Enrollment("e", "treatment", 3, ENTRY);

    private final ShopperObservations shopper = new ShopperObservations();

    @Test
    void shouldTellEachWindowOnceWithItsRevenueAndThatBeforeEntry() {
        shopper.enter(ENROLLMENT, Map.of("GBP", 700L), null);
        shopper.paid("GBP", 500, ENTRY + 1, ENTRY + 1);
        shopper.paid("GBP", -200, ENTRY + 2 * DAY, ENTRY + 2 * DAY);
        shopper.paid("GBP", 4000, ENTRY + 20 * DAY, ENTRY + 20 * DAY);
        shopper.paid("GBP", 9999, ENTRY + 28 * DAY, ENTRY + 28 * DAY);
        shopper.paid("GBP", 9999, ENTRY, ENTRY);

        assertThat(shopper.nextDue()).isEqualTo(ENTRY + DAY);
        assertThat(shopper.mature(ENTRY + DAY - 1)).isEmpty();
        assertThat(shopper.mature(ENTRY + 3 * DAY))
                .containsExactly(maturity("revenue1d", ENTRY + DAY, value("GBP", 500, 700)));
        assertThat(shopper.mature(ENTRY + 3 * DAY)).isEmpty();
        assertThat(shopper.nextDue()).isEqualTo(ENTRY + 7 * DAY);
        assertThat(shopper.mature(ENTRY + 59 * DAY))
                .containsExactly(
                        maturity("revenue7d", ENTRY + 7 * DAY, value("GBP", 300, 700)),
                        maturity("revenue28d", ENTRY + 28 * DAY, value("GBP", 4300, 700)));
        assertThat(shopper.mature(ENTRY + 60 * DAY))
                .containsExactly(maturity("repeatPurchase30d", ENTRY + 60 * DAY, value(null, 0, 1)));
        assertThat(shopper.entries()).isEmpty();
        assertThat(shopper.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldTellOfWhoPaysNothing() {
        shopper.enter(ENROLLMENT, Map.of(), null);
        assertThat(shopper.mature(ENTRY + 60 * DAY))
                .containsExactly(
                        maturity("revenue1d", ENTRY + DAY),
                        maturity("revenue7d", ENTRY + 7 * DAY),
                        maturity("revenue28d", ENTRY + 28 * DAY),
                        maturity("repeatPurchase30d", ENTRY + 60 * DAY, value(null, 0, 0)));
    }

    @Test
    void shouldTellWhatWasEarnedReturnedDismissedAndSavedInFourWeeks() {
        shopper.enter(ENROLLMENT, Map.of(), Covariates.BLANK);
        long bought = ENTRY + DAY;
        shopper.paid("GBP", 1_000, bought, bought);
        shopper.earned("GBP", 400, bought, bought);
        shopper.saved(ENROLLMENT.experiment(), "GBP", 150, bought);
        shopper.bought("order", bought);
        shopper.paid("GBP", -1_000, bought, ENTRY + 20 * DAY);
        shopper.earned("GBP", -300, bought, ENTRY + 20 * DAY);
        shopper.returned(bought, ENTRY + 20 * DAY);
        shopper.dismissed(ENROLLMENT.experiment(), bought);

        assertThat(fourWeeks()).isEqualTo(fourWeeks(100, true, 150));
    }

    @Test
    void shouldNotCountWhatIsOfBeforeAfterwardsOrAnotherExperiment() {
        shopper.enter(ENROLLMENT, Map.of(), Covariates.BLANK);
        long late = ENTRY + 28 * DAY;
        shopper.earned("GBP", 400, ENTRY, ENTRY + DAY);
        shopper.returned(ENTRY - DAY, ENTRY + DAY);
        shopper.saved("another", "GBP", 150, ENTRY + DAY);
        shopper.dismissed("another", ENTRY + DAY);
        shopper.earned("GBP", 400, late, late);
        shopper.returned(late, late);
        shopper.saved(ENROLLMENT.experiment(), "GBP", 150, late);
        shopper.dismissed(ENROLLMENT.experiment(), late);

        assertThat(fourWeeks()).isEqualTo(fourWeeks(0, false, 0));
    }

    @Test
    void shouldKeepCurrenciesApartAndTakeBackMoreThanWasPaid() {
        shopper.enter(ENROLLMENT, Map.of("EUR", 50L), null);
        shopper.mature(ENTRY + DAY);
        // First seen after the first day was reported: it still counts for the longer windows, but not for the day.
        shopper.paid("USD", -30, ENTRY + DAY, ENTRY + DAY);
        assertThat(shopper.mature(ENTRY + 7 * DAY))
                .extracting(MaturedWindow::matured)
                .containsExactly(new MaturedMeasure(
                        "revenue7d", List.of(value("EUR", 0, 50), value("USD", -30, 0)), null, List.of()));
    }

    @Test
    void shouldSeeARepeatedOrderWithin30DaysOfTheFirst() {
        assertThat(repeats(order("a", 1), order("b", 30))).isTrue();
        assertThat(repeats(order("a", 29), order("b", 58))).isTrue();
        assertThat(repeats(order(null, 1), order(null, 2))).isTrue();
        assertThat(repeats(order("a", 1), order("a", 4))).isFalse();
        assertThat(repeats(order(null, 1), order(null, 1))).isFalse();
        assertThat(repeats(order("a", 1), order("b", 31))).isFalse();
        assertThat(repeats(order("a", 30), order("b", 31))).isFalse();
        assertThat(repeats(order("entering", 0), order("a", 2))).isFalse();
        assertThat(repeats()).isFalse();
    }

    @Test
    void shouldGoOnWithAnExperimentWhenTheNextIsEntered() {
        shopper.enter(ENROLLMENT, Map.of(), null);
        shopper.enter(new Enrollment("next", "a", 4, ENTRY + 5 * DAY), Map.of("GBP", 100L), null);
        shopper.paid("GBP", 10, ENTRY + 6 * DAY, ENTRY + 6 * DAY);
        assertThat(shopper.mature(ENTRY + 7 * DAY))
                .extracting(
                        maturity -> maturity.enrollment().experiment(),
                        maturity -> maturity.matured().values())
                .containsExactly(
                        tuple("e", List.of()),
                        tuple("e", List.of(value("GBP", 10, 0))),
                        tuple("next", List.of(value("GBP", 0, 100))));
    }

    @Test
    void shouldKeepNoMoreExperimentsThanItsCapacity() {
        for (int i = 0; i <= ShopperObservations.CAPACITY; i++) {
            shopper.enter(new Enrollment("e" + i, "a", i, ENTRY + i), Map.of(), null);
        }
        assertThat(shopper.entries()).hasSize(ShopperObservations.CAPACITY);
        assertThat(shopper.entries().get(0).enrollment().experiment()).isEqualTo("e1");
    }

    private record Order(String id, int day) {}

    private static Order order(String id, int day) {
        return new Order(id, day);
    }

    private static boolean repeats(Order... orders) {
        ShopperObservations buyer = new ShopperObservations();
        buyer.enter(ENROLLMENT, Map.of(), null);
        for (Order order : orders) {
            buyer.bought(order.id(), ENTRY + order.day() * DAY);
        }
        List<MaturedWindow> matured = buyer.mature(ENTRY + 60 * DAY);
        return matured.get(matured.size() - 1).matured().values().get(0).response() == 1;
    }

    private static MaturedWindow maturity(String measure, long time, MaturedMeasure.Value... values) {
        return new MaturedWindow(ENROLLMENT, new MaturedMeasure(measure, List.of(values), null, List.of()), time);
    }

    private MaturedWindow fourWeeks() {
        return shopper.mature(ENTRY + 28 * DAY).get(2);
    }

    private static MaturedWindow fourWeeks(long margin, boolean did, long discount) {
        return new MaturedWindow(
                ENROLLMENT,
                new MaturedMeasure(
                        "revenue28d",
                        List.of(),
                        Covariates.BLANK,
                        List.of(
                                other("margin28d", margin),
                                other("returnRate28d", did),
                                other("dismissalRate28d", did),
                                other("discount28d", discount),
                                other("conversion28d", did))),
                ENTRY + 28 * DAY);
    }

    private static MaturedMeasure.Other other(String measure, long pounds) {
        return new MaturedMeasure.Other(measure, pounds == 0 ? List.of() : List.of(value("GBP", (double) pounds, 0)));
    }

    private static MaturedMeasure.Other other(String measure, boolean did) {
        return new MaturedMeasure.Other(measure, List.of(value(null, did ? 1 : 0, 0)));
    }

    private static MaturedMeasure.Value value(String currency, double response, double covariate) {
        return new MaturedMeasure.Value(currency, response, covariate);
    }
}
