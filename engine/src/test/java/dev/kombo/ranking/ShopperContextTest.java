package dev.kombo.ranking;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import org.junit.jupiter.api.Test;

class ShopperContextTest {
    private static final long DAY = 86_400_000L;

    private final Requests request = new Requests();

    private float[] context() {
        return ShopperContext.of(request.build());
    }

    private static float halfLog(double count) {
        return (float) (Math.log(1 + count) / 2);
    }

    @Test
    void shouldBeZeroWhenNothingIsKnown() {
        assertThat(context()).containsOnly(0f).hasSize(ShopperContext.SIZE);
    }

    @Test
    void shouldCountWhatTheShopperDid() {
        for (int i = 0; i < 3; i++) {
            request.behavior.record(Events.item(EventType.VIEW, "v" + i, NOW - 10 * DAY));
        }
        request.behavior.record(Events.item(EventType.CLICK, "a", NOW - 9 * DAY));
        request.behavior.record(Events.item(EventType.FAVOURITE, "a", NOW - 9 * DAY));
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "a", NOW - 8 * DAY));
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "b", NOW - 8 * DAY));
        request.behavior.record(Events.item(EventType.PURCHASE, "a", 2, 450, NOW - 8 * DAY));
        float[] expected = {
            halfLog(3), halfLog(2), halfLog(2), halfLog(1), (float) (Math.log(901) / 5), halfLog(10), halfLog(1), 0f
        };
        assertThat(context()).containsExactly(expected, within(1e-5f));
    }

    @Test
    void shouldSayWhatTheTriggerIs() {
        request.trigger = "i:a";
        assertThat(context()[7]).isEqualTo(1f);
        request.trigger = "b:a";
        assertThat(context()[7]).isEqualTo(-1f);
    }

    @Test
    void shouldStayInRangeHoweverMuchThereIs() {
        for (int i = 0; i < 5000; i++) {
            request.behavior.record(Events.item(EventType.VIEW, "v" + i % 7, NOW - i));
        }
        request.behavior.record(Events.item(EventType.PURCHASE, "a", 1_000_000, 1_000_000_000L, NOW - 5000 * DAY));
        request.behavior.record(Events.item(EventType.RETURN, "b", 1, 5, NOW));
        for (float input : context()) {
            assertThat(input).isBetween(-3f, 3f);
        }
        assertThat(context()[0]).isEqualTo(3f);
    }
}
