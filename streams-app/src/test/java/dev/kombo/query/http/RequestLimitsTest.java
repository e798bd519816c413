package dev.kombo.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    @Test
    void shouldRefuseWhenAllPlacesAreTakenAndTakeAgainWhenOneIsGivenBack() {
        RequestLimits limits = new RequestLimits(0, 1, () -> 0);
        RequestLimits.Place place = limits.take("shop", false);

        assertThatThrownBy(() -> limits.take("ops", false))
                .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.headers()).containsEntry("Retry-After", "1");
                });

        place.giveBack();
        limits.take("ops", false).giveBack();
    }

    @Test
    void shouldKeepPlacesForRequestsOfOtherInstances() {
        RequestLimits limits = new RequestLimits(0, 1, () -> 0);
        limits.take("shop", false);

        limits.take("shop", true).giveBack();
    }

    @Test
    void shouldKeepPlacesForStreams() {
        RequestLimits limits = new RequestLimits(0, 1, () -> 0);
        limits.take("shop", false);
        RequestLimits.Place first = limits.takeForStream("ops");
        for (int i = 1; i < RequestLimits.MOST_STREAMS_OF_CLIENT; i++) {
            limits.takeForStream("ops");
        }

        refusesStream(limits, "ops", "the client ops has 8 streams open already");
        List<RequestLimits.Place> others = new ArrayList<>();
        for (int i = RequestLimits.MOST_STREAMS_OF_CLIENT; i < RequestLimits.MOST_STREAMS; i++) {
            others.add(limits.takeForStream("page" + i));
        }
        refusesStream(limits, "page", "the maximum number of streams, 16, is open already");
        first.giveBack();
        RequestLimits.Place again = limits.takeForStream("ops");
        others.get(0).giveBack();
        refusesStream(limits, "ops", "the client ops has 8 streams open already");
        again.giveBack();
        limits.takeForStream("ops");
        limits.takeForStream("page");
    }

    private static void refusesStream(RequestLimits limits, String client, String detail) {
        assertThatThrownBy(() -> limits.takeForStream(client)).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused).hasMessageContaining(detail);
        });
    }

    @Test
    void shouldRefuseWithoutTakingAPlaceWhenAClientAsksTooOften() {
        RequestLimits limits = new RequestLimits(1, 2, () -> 0);
        limits.take("shop", false);
        limits.take("shop", false).giveBack();

        assertThatThrownBy(() -> limits.take("shop", false))
                .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(429));
        limits.take("ops", false).giveBack();
    }
}
