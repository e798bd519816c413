package dev.kombo.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.query.http.RequestLimits.Slots;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    @Test
    void shouldRefuseWhenAllSlotsAreTakenAndTakeAgainWhenOneIsGivenBack() {
        Slots slots = new Slots("requests", 1, 1);
        Runnable first = slots.take(Client.named("shop"));

        refuses(slots, "ops", "the maximum number of requests, 1, is open already");

        first.run();
        slots.take(Client.named("ops")).run();
    }

    @Test
    void shouldKeepSlotsForOthersWhenAClientHasItsPart() {
        Slots slots = new Slots("streams", 4, 2);
        Runnable first = slots.take(Client.named("ops"));
        slots.take(Client.named("ops"));

        refuses(slots, "ops", "the client ops has 2 streams open already");

        Runnable page = slots.take(Client.named("page"));
        slots.take(Client.named("ann"));
        refuses(slots, "bob", "the maximum number of streams, 4, is open already");
        first.run();
        Runnable again = slots.take(Client.named("ops"));
        page.run();
        refuses(slots, "ops", "the client ops has 2 streams open already");
        again.run();
        slots.take(Client.named("ops"));
        slots.take(Client.named("page"));
    }

    @Test
    void shouldKeepHalfOfTheSlotsFromASiteWithManyNetworks() {
        Slots slots = new Slots("requests", 32, 8);
        int taken = 0;
        for (int network = 0; network < 32; network++) {
            Client client = new Client("network " + network, "site");
            try {
                slots.take(client);
                taken++;
            } catch (ApiException e) {
                assertThat(e).hasMessageContaining("or site has 16");
            }
        }

        assertThat(taken).isEqualTo(16);
        for (int i = 0; i < 8; i++) {
            slots.take(new Client("other network", "other site"));
        }
        assertThatThrownBy(() -> slots.take(new Client("other network", "other site")))
                .hasMessageContaining("has 8 requests open already");
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
        assertThatThrownBy(() -> slots.take(client == null ? null : Client.named(client)))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.headers()).containsEntry("Retry-After", "1");
                    assertThat(refused).hasMessageContaining(detail);
                });
    }

    @Test
    void shouldRefuseOnlyTheClientThatAsksTooOften() {
        RequestLimits limits = new RequestLimits(1, 2, () -> 0);
        limits.requireRate(Client.named("shop"));
        limits.requireRate(Client.named("shop"));

        assertThatThrownBy(() -> limits.requireRate(Client.named("shop")))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.status()).isEqualTo(429));
        limits.requireRate(Client.named("ops"));
    }
}
