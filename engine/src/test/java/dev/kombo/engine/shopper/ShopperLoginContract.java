package dev.kombo.engine.shopper;

import static dev.kombo.engine.shopper.TestedShoppers.NOW;
import static dev.kombo.engine.shopper.TestedShoppers.SESSION;
import static dev.kombo.engine.shopper.TestedShoppers.USER;
import static dev.kombo.engine.shopper.TestedShoppers.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kombo.engine.event.EventOutputs.Login;
import dev.kombo.engine.shopper.ShopperOutput.HandedOver;
import dev.kombo.engine.shopper.ShopperOutput.SessionAsked;
import dev.kombo.engine.shopper.ShopperOutput.SessionMoved;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.Cart;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.settings.Millis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How the shopper task merges sessions into users, over whichever tables: a class that implements it says where they
 * are.
 */
public interface ShopperLoginContract {
    /** When the user logs in. */
    long LOGIN = NOW + Millis.MINUTE;

    /** Empty tables. */
    ShopperTables tables();

    @Test
    default void shouldMoveWhatASessionHoldsToItsUser() {
        TestedShoppers sessions = new TestedShoppers(tables());
        TestedShoppers users = new TestedShoppers(tables());
        visit(sessions);
        Login login = logIn(users);
        assertThat(login).isEqualTo(new Login(USER, SESSION, "login", LOGIN));

        List<ShopperOutput> moved = sessions.outputsOf(new ShopperInput.SessionAsked(login, LOGIN));
        assertThat(TestedShoppers.of(SessionMoved.class, moved)).hasSize(1);
        assertThat(TestedShoppers.of(ShopperOutput.CurrentOffer.class, moved))
                .singleElement()
                .extracting(ShopperOutput.CurrentOffer::offer)
                .as("the session's offer ends")
                .isNull();
        assertThat(sessions.stored().get("profiles")).isEmpty();
        assertThat(sessions.stored().get("histories")).isEmpty();
        assertThat(sessions.stored().get("offers")).isEmpty();
        assertThat(sessions.stored().get("schedule"))
                .as("the end of the mark of the merge is left")
                .hasSize(1);
        assertThat(sessions.counters.get(KomboMetric.SESSIONS_LINKED, "moved")).isEqualTo(1);

        int before = users.shopper("u:" + USER).ledger().offers().size();
        SessionMoved session = TestedShoppers.of(SessionMoved.class, moved).get(0);
        users.accept(new ShopperInput.SessionMoved(session.login(), session.session(), session.time()));
        assertThat(users.shopper("u:" + USER)).satisfies(user -> {
            assertThat(user.behavior().cart().lines())
                    .extracting(Cart.Line::itemId)
                    .containsExactly("b");
            assertThat(user.behavior().firstSeen()).isEqualTo(NOW);
            assertThat(user.ledger().offers()).hasSize(before + 1);
        });

        assertThat(sessions.outputsOf(new ShopperInput.SessionAsked(login, LOGIN)))
                .as("it moves once")
                .isEmpty();
        assertThat(sessions.counters.get(KomboMetric.SESSIONS_LINKED, "empty")).isEqualTo(1);
    }

    @Test
    default void shouldKeepTheSessionWhereItCannotBeSent() {
        TestedShoppers sessions = new TestedShoppers(tables());
        visit(sessions);
        Map<String, Map<String, String>> before = sessions.stored();
        ShopperInput asked = new ShopperInput.SessionAsked(new Login(USER, SESSION, "login", LOGIN), LOGIN);
        for (int output = 0; output < 2; output++) {
            sessions.accepted = output;
            assertThatIllegalStateException().isThrownBy(() -> sessions.accept(asked));
            assertThat(sessions.stored()).isEqualTo(before);
        }
        sessions.accepted = Integer.MAX_VALUE;
        assertThat(TestedShoppers.of(SessionMoved.class, sessions.outputsOf(asked)))
                .hasSize(1);
    }

    @Test
    default void shouldHandOverWhatASessionDidBeforeItsMerge() {
        TestedShoppers sessions = new TestedShoppers(tables());
        visit(sessions);
        sessions.accept(new ShopperInput.SessionAsked(new Login(USER, SESSION, "login", LOGIN), LOGIN));
        Map<String, Map<String, String>> before = sessions.stored();
        ShopperEvent late = event("late", null, SESSION, EventType.VIEW, "b", LOGIN - 1);
        assertThat(sessions.happen(late)).containsExactly(new HandedOver(late, USER, LOGIN - 1));
        assertThat(sessions.stored()).isEqualTo(before);

        sessions.startAgain();
        assertThat(sessions.happen(late)).containsExactly(new HandedOver(late, USER, LOGIN - 1));
        sessions.happen(event("next", null, SESSION, EventType.VIEW, "b", LOGIN + 1));
        assertThat(sessions.shopper("s:" + SESSION).behavior().firstSeen()).isEqualTo(LOGIN + 1);
    }

    private static void visit(TestedShoppers sessions) {
        sessions.happen(event("view", null, SESSION, EventType.VIEW, "a", NOW));
        sessions.happen(event("cart", null, SESSION, EventType.ADD_TO_CART, "b", NOW + 1));
        assertThat(sessions.stored().get("offers")).hasSize(1);
    }

    private static Login logIn(TestedShoppers users) {
        List<ShopperOutput> outputs = users.happen(event("login", USER, SESSION, EventType.FAVOURITE, "a", LOGIN));
        assertThat(TestedShoppers.of(SessionAsked.class, outputs)).hasSize(1);
        return TestedShoppers.of(SessionAsked.class, outputs).get(0).login();
    }
}
