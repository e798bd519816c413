package dev.kombo.engine.shopper;

import static dev.kombo.engine.shopper.TestedShoppers.NOW;
import static dev.kombo.engine.shopper.TestedShoppers.SESSION;
import static dev.kombo.engine.shopper.TestedShoppers.USER;
import static dev.kombo.engine.shopper.TestedShoppers.buy;
import static dev.kombo.engine.shopper.TestedShoppers.event;
import static dev.kombo.engine.shopper.TestedShoppers.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.shopper.ShopperOutput.Rejected;
import dev.kombo.engine.shopper.ShopperOutput.SessionErased;
import dev.kombo.engine.shopper.ShopperOutput.SessionsErased;
import dev.kombo.math.StableHash;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.settings.Millis;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the shopper task erases shoppers, over whichever tables: a class that implements it says where they are. */
public interface ShopperErasureContract {
    /** When the shop asks for it. */
    long ASKED = NOW + Millis.HOUR;

    /** Empty tables. */
    ShopperTables tables();

    @Test
    default void shouldLeaveNothingOfAnErasedUser() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        shoppers.happen(view("other", "bob", NOW));
        Map<String, Map<String, String>> others = shoppers.stored();
        shop(shoppers);
        Map<String, Map<String, String>> before = shoppers.stored();
        for (String table : List.of("profiles", "histories", "offers", "schedule")) {
            assertThat(before.get(table).keySet()).as(table).anyMatch(key -> key.contains("u:" + USER));
        }
        assertThat(before.get("schedule").keySet())
                .as("a timer and a visit")
                .filteredOn(key -> key.contains("u:" + USER))
                .hasSize(2);

        List<ShopperOutput> outputs = shoppers.erase(USER, ASKED);
        assertThat(TestedShoppers.of(SessionsErased.class, outputs))
                .singleElement()
                .satisfies(erased -> {
                    assertThat(erased.sessions()).hasSize(1);
                    assertThat(erased.erasedAt()).isEqualTo(ASKED);
                });
        assertThat(TestedShoppers.of(ShopperOutput.CurrentOffer.class, outputs))
                .singleElement()
                .extracting(ShopperOutput.CurrentOffer::offer)
                .isNull();
        assertThat(shoppers.counters.get(KomboMetric.USERS_ERASED)).isEqualTo(1);
        Map<String, Map<String, String>> after = shoppers.stored();
        assertThat(after.get("profiles")).isEqualTo(others.get("profiles"));
        assertThat(after.get("histories")).isEqualTo(others.get("histories"));
        assertThat(after.get("offers")).isEqualTo(others.get("offers"));
        assertThat(after.get("gone")).as("when it was, by a hash").hasSize(1);
        assertThat(after.get("schedule").keySet()).noneMatch(key -> key.contains(USER));
    }

    @Test
    default void shouldForgetTheSessionsOfAnErasedUser() {
        TestedShoppers users = new TestedShoppers(tables());
        TestedShoppers sessions = new TestedShoppers(tables());
        shop(users);
        ShopperEvent visit = event("visit", null, SESSION, EventType.VIEW, "a", NOW);
        sessions.happen(visit);
        sessions.happen(event("another", null, "another", EventType.VIEW, "a", NOW));
        SessionsErased erased = TestedShoppers.of(SessionsErased.class, users.erase(USER, ASKED))
                .get(0);
        sessions.accept(new ShopperInput.SessionsErased(erased.sessions(), erased.erasedAt(), erased.time()));
        assertThat(sessions.stored().get("profiles")).containsOnlyKeys("s:another");
        assertThat(sessions.stored().get("offers").keySet()).hasSize(1).allMatch(key -> key.startsWith("s:another"));
        assertThat(sessions.happen(visit)).as("what it did before").isEmpty();
        assertThat(sessions.count(visit, "erased")).isEqualTo(1);
    }

    @Test
    default void shouldEraseAllSessionsWhereTheMarkersOfOneCannotBeRead() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        ShopperEvent visit = event("visit", null, SESSION, EventType.VIEW, "a", NOW);
        shoppers.happen(visit);
        shoppers.happen(event("another", null, "another", EventType.VIEW, "a", NOW));
        long session = ShopperKey.hash("s:" + SESSION);
        String marker = HexFormat.of().toHexDigits(StableHash.of("s:" + SESSION));
        shoppers.tables.gone().put(marker, TestedShoppers.UNREADABLE);
        shoppers.tables.gone().put(MergedSessions.marker(session), TestedShoppers.UNREADABLE);
        List<ShopperOutput> outputs = shoppers.outputsOf(
                new ShopperInput.SessionsErased(new long[] {ShopperKey.hash("s:another"), session}, ASKED, ASKED));
        assertThat(TestedShoppers.of(ShopperOutput.CurrentOffer.class, outputs))
                .as("what is deleted is told")
                .hasSize(2)
                .allSatisfy(current -> assertThat(current.offer()).isNull());
        assertThat(shoppers.stored().get("profiles")).isEmpty();
        assertThat(shoppers.stored().get("offers")).isEmpty();
        assertThat(shoppers.failures).containsExactly(MergedSessions.marker(session), "s:" + SESSION);
        assertThat(shoppers.happen(visit)).as("the marker is written anew").isEmpty();
        assertThat(shoppers.count(visit, "erased")).isEqualTo(1);
    }

    @Test
    default void shouldDropWhatAnErasedUserDidBefore() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        shop(shoppers);
        shoppers.erase(USER, ASKED);
        Map<String, Map<String, String>> before = shoppers.stored();
        ShopperEvent earlier = view("earlier", USER, ASKED);
        assertThat(shoppers.happen(earlier)).isEmpty();
        shoppers.startAgain();
        assertThat(shoppers.happen(event("both", USER, SESSION, EventType.VIEW, "a", NOW)))
                .as("the session may not have been known to be the user's")
                .containsExactly(new SessionErased(SESSION, ASKED, NOW));
        assertThat(shoppers.stored()).isEqualTo(before);
        assertThat(shoppers.count(earlier, "erased")).isEqualTo(2);

        assertThat(shoppers.happen(view("later", USER, ASKED + 1))).isNotEmpty();
        assertThat(shoppers.shopper("u:" + USER).behavior().firstSeen()).isEqualTo(ASKED + 1);
    }

    @Test
    default void shouldForgetAVisitorUnlessItCameAfterTheErasure() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        shoppers.happen(event("visit", null, SESSION, EventType.VIEW, "a", NOW));
        Map<String, Map<String, String>> before = shoppers.stored();
        shoppers.accept(new ShopperInput.SessionErased(SESSION, NOW - 1, NOW));
        assertThat(shoppers.stored().get("profiles")).isEqualTo(before.get("profiles"));
        shoppers.accept(new ShopperInput.SessionErased(SESSION, NOW, NOW));
        assertThat(shoppers.stored().get("profiles")).isEmpty();
        assertThat(shoppers.stored().get("offers")).isEmpty();

        shoppers.happen(event("again", null, "again", EventType.VIEW, "a", NOW));
        shoppers.accept(new ShopperInput.ErasureAsked("again", null, "again", ASKED, ASKED));
        assertThat(shoppers.stored().get("profiles")).isEmpty();
        assertThat(shoppers.counters.get(KomboMetric.USERS_ERASED)).isEqualTo(1);
    }

    @Test
    default void shouldRejectARequestThatNamesNobodyOrComesToAnotherPartition() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        shop(shoppers);
        Map<String, Map<String, String>> before = shoppers.stored();
        assertThat(rejection(shoppers.outputsOf(new ShopperInput.ErasureAsked(USER, " ", null, ASKED, ASKED))))
                .isEqualTo("no-shopper");
        assertThat(rejection(shoppers.erase(TestedShoppers.ELSEWHERE, ASKED))).isEqualTo("wrong-partition");
        assertThat(shoppers.stored()).isEqualTo(before);
        assertThat(shoppers.counters.get(KomboMetric.USERS_ERASED)).isZero();
        assertThat(shoppers.counters.get(KomboMetric.ERASURES_REJECTED, "no-shopper"))
                .isEqualTo(1);
        assertThat(shoppers.counters.get(KomboMetric.ERASURES_REJECTED, "wrong-partition"))
                .isEqualTo(1);
    }

    private static String rejection(List<ShopperOutput> outputs) {
        assertThat(outputs).hasSize(1);
        Rejected rejected = (Rejected) outputs.get(0);
        assertThat(rejected.source()).isEqualTo(Rejected.Source.ERASURE);
        return rejected.violation().reason();
    }

    /** A user with a session views, gets an offer, and buys something else, so that there is something of everything. */
    private static void shop(TestedShoppers shoppers) {
        shoppers.happen(event("view", USER, SESSION, EventType.VIEW, "a", NOW));
        shoppers.happen(buy("buy", USER, "a", NOW + Millis.MINUTE));
    }
}
