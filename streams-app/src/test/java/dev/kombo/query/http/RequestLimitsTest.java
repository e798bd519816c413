package dev.kombo.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.query.http.RequestLimits.Slots;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    @Test
    void shouldRefuseWhenAllSlotsAreTakenAndTakeAgainWhenOneIsGivenBack() {
        Slots slots = new Slots("requests", 1, 1);
        Runnable first = slots.take("shop");

        refuses(slots, "ops", "the maximum number of requests, 1, is open already");

        first.run();
        slots.take("ops").run();
    }

    @Test
    void shouldKeepSlotsForOthersWhenAClientHasItsPart() {
        Slots slots = new Slots("streams", 4, 2);
        Runnable first = slots.take("ops");
        slots.take("ops");

        refuses(slots, "ops", "the client ops has 2 streams open already");

        Runnable page = slots.take("page");
        slots.take("ann");
        refuses(slots, "bob", "the maximum number of streams, 4, is open already");
        first.run();
        Runnable again = slots.take("ops");
        page.run();
        refuses(slots, "ops", "the client ops has 2 streams open already");
        again.run();
        slots.take("ops");
        slots.take("page");
    }

    @Test
    void shouldCountNoClientWhenItIsUnknown() {
        Slots slots = new Slots("bodies", 2, 1);
        slots.take(null);
        Runnable second = slots.take(null);

        refuses(slots, null, "the maximum number of bodies, 2, is open already");

        second.run();
        slots.take(null);
    }

    private static void refuses(Slots slots, String client, String detail) {
        assertThatThrownBy(() -> slots.take(client)).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsEntry("Retry-After", "1");
            assertThat(refused).hasMessageContaining(detail);
        });
    }

    @Test
    void shouldRefuseOnlyTheClientThatAsksTooOften() {
        RequestLimits limits = new RequestLimits(1, 2, () -> 0);
        limits.requireRate("shop");
        limits.requireRate("shop");

        assertThatThrownBy(() -> limits.requireRate("shop"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.status()).isEqualTo(429));
        limits.requireRate("ops");
    }
}
