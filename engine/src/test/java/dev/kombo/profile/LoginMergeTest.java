package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.entity.Entity;
import dev.kombo.math.StableHash;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A session's behaviour is merged into the user's. */
class LoginMergeTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final long DAY = 86_400_000L;
    private static final ProfileLimits LIMITS = new ProfileLimits(4, 6, DAY, 6, 7 * DAY, 3, 3, true, Set.of());

    private final Behavior user = new Behavior(LIMITS);
    private final Behavior session = new Behavior(LIMITS);

    private void login() {
        LoginMerge.absorb(user, session, DAY);
    }

    private static long hash(String itemId) {
        return StableHash.of(Entity.ofItem(itemId));
    }

    @Test
    void shouldKeepInteractionsInOrderOfTimeAndTheLatestOfBoth() {
        for (int i = 0; i < 3; i++) {
            user.interacted(10 + i, EventType.VIEW, null, NOW + 20L * i);
            session.interacted(20 + i, EventType.CLICK, null, NOW + 20L * i + 10);
        }
        login();
        RecentInteractions recent = user.recent();
        assertThat(recent.size()).isEqualTo(4);
        long[] entities = {11, 21, 12, 22};
        for (int i = 0; i < 4; i++) {
            assertThat(recent.entity(i)).isEqualTo(entities[i]);
            assertThat(recent.time(i)).isEqualTo(NOW + 20 + 10L * i);
        }
        assertThat(recent.type(3)).isEqualTo(EventType.CLICK);
    }

    @Test
    void shouldAddCountsAndSpendAndKeepTheWidestTimes() {
        user.record(Events.item(EventType.PURCHASE, "a", 2, 100, NOW + 10));
        session.record(Events.item(EventType.VIEW, "a", NOW));
        session.record(Events.item(EventType.PURCHASE, "b", 1, 400, NOW + 30));
        login();
        assertThat(user.count(EventType.PURCHASE)).isEqualTo(2);
        assertThat(user.count(EventType.VIEW)).isEqualTo(1);
        assertThat(Stream.of(EventType.values()).mapToInt(user::count).sum()).isEqualTo(3);
        assertThat(user.spend()).containsExactly(Map.entry("GBP", 600L));
        assertThat(user.history().parts().revenue().upTo(NOW + 30)).containsExactly(Map.entry("GBP", 600L));
        assertThat(user.firstSeen()).isEqualTo(NOW);
        assertThat(user.lastSeen()).isEqualTo(NOW + 30);
        assertThat(user.logPriceCount()).isEqualTo(2);
        assertThat(user.logPriceMean()).isCloseTo((Math.log(100) + Math.log(400)) / 2, within(1e-12));
        assertThat(user.purchases().count(hash("a"))).isEqualTo(1);
        assertThat(user.purchases().lastTime(hash("b"))).isEqualTo(NOW + 30);
    }

    @Test
    void shouldTakeOverMoneyInAsManyCurrenciesAsAShopperMayPayIn() {
        for (int i = 1; i < EventRules.MOST_CURRENCIES; i++) {
            user.spend().put("U" + i, 1L);
        }
        for (String currency : List.of("S1", "S2", "U1")) {
            session.spend().put(currency, 10L);
            session.history().parts().revenue().add(currency, 10, NOW);
        }
        login();
        assertThat(user.spend())
                .hasSize(EventRules.MOST_CURRENCIES)
                .containsEntry("U1", 11L)
                .containsEntry("S1", 10L)
                .doesNotContainKey("S2");
        assertThat(user.history().parts().revenue().upTo(NOW)).containsOnlyKeys("U1", "S1");
    }

    @Test
    void shouldKnowTheEventsOfBothOnceAndTheLatestWhenThereAreTooMany() {
        for (int i = 0; i < 4; i++) {
            user.record(Events.item(EventType.VIEW, "u" + i, NOW + 2L * i));
            session.record(Events.item(EventType.VIEW, "s" + i, NOW + 2L * i + 1));
        }
        ShopperEvent both = Events.item(EventType.PURCHASE, "a", NOW + 9);
        user.record(both);
        session.record(both);
        session.record(Events.item(EventType.RETURN, "a", NOW + 10));
        login();
        assertThat(user.knownEvents().others().size()).isEqualTo(6);
        assertThat(user.knownEvents().others().contains("e-VIEW-u0-" + NOW)).isFalse();
        assertThat(user.knownEvents().others().contains("e-VIEW-s0-" + (NOW + 1)))
                .isFalse();
        assertThat(user.knownEvents().others().contains("e-VIEW-u1-" + (NOW + 2)))
                .isTrue();
        assertThat(user.knownEvents().others().contains("e-VIEW-s3-" + (NOW + 7)))
                .isTrue();
        assertThat(user.history().parts().paidEventIds().size()).isEqualTo(2);
        assertThat(user.knownEvents().contains(both)).isTrue();
    }

    @Test
    void shouldPutCartsTogetherWithoutWhatTheUserBoughtMeanwhile() {
        user.record(Events.item(EventType.ADD_TO_CART, "a", 1, 100, NOW));
        session.record(Events.item(EventType.ADD_TO_CART, "b", 1, 100, NOW - 5));
        session.record(Events.item(EventType.ADD_TO_CART, "a", 2, 100, NOW + 5));
        session.record(Events.item(EventType.ADD_TO_CART, "c", 1, 100, NOW + 6));
        user.record(Events.item(EventType.PURCHASE, "c", 1, 100, NOW + 7));
        login();
        assertThat(user.cart().lines()).containsExactly(new Cart.Line("b", 1, NOW - 5), new Cart.Line("a", 3, NOW + 5));
    }

    @Test
    void shouldKeepTheUsersSegmentsAndTakeThoseOfTheSessionWhereThereAreNone() {
        session.segments(Set.of("vip"));
        login();
        assertThat(user.segments()).containsExactly("vip");

        Behavior other = new Behavior(LIMITS);
        other.segments(Set.of("staff"));
        LoginMerge.absorb(user, other, DAY);
        assertThat(user.segments()).containsExactly("vip");
    }

    @Test
    void shouldAddExposuresOfOneWindowAndForgetThoseBefore() {
        user.exposures().addWithin(1, NOW, DAY);
        session.exposures().addWithin(1, NOW + DAY - 1, DAY);
        user.exposures().addWithin(2, NOW, DAY);
        user.exposures().addWithin(2, NOW, DAY);
        session.exposures().addWithin(2, NOW + DAY, DAY);
        user.exposures().addWithin(3, NOW + DAY, DAY);
        session.exposures().addWithin(3, NOW, DAY);
        login();
        assertThat(user.exposures().count(1)).isEqualTo(2);
        assertThat(user.exposures().count(2)).as("a window apart").isEqualTo(1);
        assertThat(user.exposures().lastTime(2)).isEqualTo(NOW + DAY);
        assertThat(user.exposures().count(3)).as("the user's is the later").isEqualTo(1);
        assertThat(user.exposures().firstTime(1)).isEqualTo(NOW);
    }

    @Test
    void shouldAddTheClicksOnWhatWasOfferedToBoth() {
        user.exposures().addWithin(1, NOW, DAY);
        user.exposures().responded(1, 1, 0.25);
        session.exposures().addWithin(1, NOW + 120 * DAY, DAY);
        session.exposures().responded(1, 1, 0.5);
        session.exposures().addWithin(2, NOW, DAY);
        session.exposures().responded(2, 0, 0.125);
        login();
        assertThat(user.exposures().clicksAt(0))
                .as("half of the older click is left")
                .isEqualTo(1.5);
        assertThat(user.exposures().expectedAt(0)).isEqualTo(0.625);
        assertThat(user.exposures().expectedAt(1)).isEqualTo(0.125);
    }

    @Test
    void shouldKeepTheBoundOfWhatIsCountedByTheLatest() {
        for (int i = 0; i < 3; i++) {
            user.purchases().add(10 + i, NOW + 2L * i);
            session.purchases().add(20 + i, NOW + 2L * i + 1);
        }
        login();
        assertThat(user.purchases().size()).isEqualTo(3);
        assertThat(user.purchases().count(22)).isEqualTo(1);
        assertThat(user.purchases().count(12)).isEqualTo(1);
        assertThat(user.purchases().count(21)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheLatestOfferByPlacement() {
        user.lastOfferAt().putAll(Map.of("home", NOW, "cart", NOW + 9));
        session.lastOfferAt().putAll(Map.of("home", NOW + 5, "cart", NOW, "search", NOW));
        login();
        assertThat(user.lastOfferAt())
                .containsOnly(Map.entry("home", NOW + 5), Map.entry("cart", NOW + 9), Map.entry("search", NOW));
    }

    @Test
    void shouldAddInterestsAsTheyAreAtTheSameTimeAndKeepTheStrongest() {
        user.record(Events.item(EventType.VIEW, "a", NOW));
        user.interacted(1, EventType.PURCHASE, "tea", NOW);
        session.record(Events.item(EventType.VIEW, "b", NOW + 30 * DAY));
        session.interacted(2, EventType.PURCHASE, "tea", NOW + 30 * DAY);
        for (int i = 0; i < CategoryAffinities.MAX_CATEGORIES; i++) {
            session.interacted(3, EventType.VIEW, "weak" + i, NOW + 30 * DAY);
        }
        login();
        assertThat(user.categories().strongestFirst()).hasSize(CategoryAffinities.MAX_CATEGORIES);
        assertThat(user.categories().strongestFirst().get(0).category()).isEqualTo("tea");
        assertThat(user.categories().strongestFirst().get(0).weight()).isCloseTo(1.5f, within(1e-5f));
    }

    @Test
    void shouldStayARobotWhenOneLogsIn() {
        for (int i = 0; i < 3; i++) {
            user.rate().action(NOW, 5, DAY);
            session.rate().action(NOW + 1, 5, DAY);
        }
        login();
        assertThat(user.rate().robotAt(NOW + 2)).isFalse();
        assertThat(user.rate().action(NOW + 2, 6, 0)).as("the seventh action").isTrue();
        Behavior robot = new Behavior(LIMITS);
        robot.rate().action(NOW, 0, DAY);
        LoginMerge.absorb(user, robot, DAY);
        assertThat(user.rate().robotAt(NOW + 2)).isTrue();
    }

    @Test
    void shouldChangeNothingWhenTheSessionDidNothing() {
        user.record(Events.item(EventType.PURCHASE, "a", NOW));
        login();
        assertThat(Stream.of(EventType.values()).mapToInt(user::count).sum()).isEqualTo(1);
        assertThat(user.firstSeen()).isEqualTo(NOW);
        assertThat(user.lastSeen()).isEqualTo(NOW);
        assertThat(user.logPriceMean()).isCloseTo(Math.log(1000), within(1e-12));
    }
}
