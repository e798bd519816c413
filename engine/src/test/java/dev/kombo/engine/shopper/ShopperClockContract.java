package dev.kombo.engine.shopper;

import static dev.kombo.engine.shopper.TestedShoppers.NOW;
import static dev.kombo.engine.shopper.TestedShoppers.USER;
import static dev.kombo.engine.shopper.TestedShoppers.buy;
import static dev.kombo.engine.shopper.TestedShoppers.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.engine.shopper.ShopperOutput.EntityChanged;
import dev.kombo.settings.Millis;
import dev.kombo.settings.SettingValues;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the shopper task does by the clock, over whichever tables: a class that implements it says where they are. */
public interface ShopperClockContract {
    /** How long an order waits for another line. */
    long QUIET = SettingValues.defaults().get(ShopperSettings.ORDER_CLOSE);

    /** Empty tables. */
    ShopperTables tables();

    @Test
    default void shouldCloseAQuietOrderByTheTimeOfTheTask() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        order(shoppers, USER);
        assertThat(shoppers.tickAfter(QUIET - 1)).isEmpty();
        assertThat(shoppers.shopper("u:" + USER).behavior().order()).isNotNull();

        long later = QUIET + Millis.SECOND;
        List<EntityChanged> changed = TestedShoppers.of(EntityChanged.class, shoppers.tickAfter(later));
        assertThat(changed).extracting(EntityChanged::entity).contains("i:a", "i:b");
        assertThat(changed).extracting(EntityChanged::time).containsOnly(NOW + later);
        assertThat(shoppers.shopper("u:" + USER).behavior().order()).isNull();
        assertThat(TestedShoppers.of(EntityChanged.class, shoppers.tickAfter(2 * later)))
                .as("once")
                .isEmpty();
    }

    @Test
    default void shouldGoOnWithItsTimersWhenItStartsAgain() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        order(shoppers, USER);
        shoppers.startAgain();
        assertThat(shoppers.tickAfter(QUIET + Millis.SECOND))
                .as("the time is not known before an event")
                .isEmpty();
        assertThat(shoppers.happen(buy("b-" + USER, USER, "b", NOW)))
                .as("a duplicate")
                .isEmpty();
        shoppers.happen(view("other", "bob", NOW + QUIET));
        assertThat(TestedShoppers.of(EntityChanged.class, shoppers.tickAfter(Millis.SECOND)))
                .extracting(EntityChanged::entity)
                .contains("i:a", "i:b");
        assertThat(shoppers.shopper("u:" + USER).behavior().order()).isNull();
    }

    @Test
    default void shouldNotHoldUpOthersWhereTheCareForAShopperFails() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        order(shoppers, USER);
        order(shoppers, "bob");
        byte[] profile = shoppers.tables.profiles().get("u:" + USER);
        shoppers.tables.profiles().put("u:" + USER, TestedShoppers.UNREADABLE);
        assertThat(TestedShoppers.of(EntityChanged.class, shoppers.tickAfter(QUIET)))
                .extracting(EntityChanged::entity)
                .contains("i:a", "i:b");
        assertThat(shoppers.failures).as("by its timer and by its visit").containsOnly("u:" + USER);
        int failed = shoppers.failures.size();
        assertThat(shoppers.shopper("u:bob").behavior().order()).isNull();

        shoppers.tables.profiles().put("u:" + USER, profile);
        assertThat(shoppers.tickAfter(QUIET + 10 * Millis.MINUTE - 1)).isEmpty();
        assertThat(shoppers.shopper("u:" + USER).behavior().order()).isNotNull();
        assertThat(TestedShoppers.of(EntityChanged.class, shoppers.tickAfter(QUIET + 10 * Millis.MINUTE)))
                .extracting(EntityChanged::entity)
                .contains("i:a", "i:b");
        assertThat(shoppers.failures).hasSize(failed);
        assertThat(shoppers.shopper("u:" + USER).behavior().order()).isNull();
    }

    @Test
    default void shouldTryAgainWhereAnOutputOfTheCareIsRefused() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        order(shoppers, USER);
        String before = shoppers.stored().get("profiles").get("u:" + USER);
        shoppers.accepted = 1;
        assertThat(shoppers.tickAfter(QUIET)).isEmpty();
        assertThat(shoppers.failures).containsExactly("u:" + USER);
        assertThat(shoppers.stored().get("profiles")).containsEntry("u:" + USER, before);
        shoppers.accepted = Integer.MAX_VALUE;
        assertThat(TestedShoppers.of(EntityChanged.class, shoppers.tickAfter(QUIET + 10 * Millis.MINUTE)))
                .extracting(EntityChanged::entity)
                .contains("i:a", "i:b");
    }

    private static void order(TestedShoppers shoppers, String user) {
        shoppers.happen(buy("a-" + user, user, "a", NOW));
        shoppers.happen(buy("b-" + user, user, "b", NOW));
    }
}
