package dev.kombo.engine.event;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.DECADE;
import static dev.kombo.settings.Millis.MINUTE;
import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;

/** Settings that limit a shopper's profile: robot detection, and how long open carts, orders and exposures count. */
public final class ShopperSettings {
    public static final Setting<Integer> ROBOT_RATE = Setting.ofInt(
                    "kombo.robot.actions.per.minute", 120, between(1, 1_000_000))
            .medium("Actions per minute above which a shopper counts as a robot; the lines of an order are"
                    + " one action.");
    public static final Setting<Long> SESSION_EXPIRY = Setting.ofLong(
                    "kombo.session.expiry.ms", DAY, between(MINUTE, DECADE))
            .medium("How long a visitor without a user id is remembered after the latest event, in milliseconds.");
    public static final Setting<Long> USER_EXPIRY = Setting.ofLong(
                    "kombo.user.expiry.ms", 395 * DAY, between(30 * DAY, DECADE))
            .medium("How long a user is remembered after the latest event, in milliseconds.");
    public static final Setting<Long> CART_EXPIRY = Setting.ofLong(
                    "kombo.cart.expiry.ms", 7 * DAY, between(MINUTE, DECADE))
            .medium("How long an abandoned cart is still used as a signal, in milliseconds.");
    public static final Setting<Long> ORDER_CLOSE = Setting.ofLong(
                    "kombo.order.close.ms", 30 * MINUTE, between(1L, DECADE))
            .medium("Time without a new line after which an order is complete, in milliseconds.");

    private ShopperSettings() {}
}
