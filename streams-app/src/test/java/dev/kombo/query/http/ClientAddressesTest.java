package dev.kombo.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.TrackerSettings;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By whom requests are counted that come through a proxy, or claim to. */
class ClientAddressesTest {
    private static final String PROXIES = ApiSettings.PROXIES.name();
    private static final String FORWARDED = "X-Forwarded-For";

    private QueryApi api;
    private ApiClient client;

    /** Starts an API that takes two requests of a client, as its clock stands still. */
    private void start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(ApiSettings.RATE.name(), "1");
        settings.put(TrackerSettings.KEY_SHOWN.name(), "shop-key");
        api = QueryApi.start(
                ScriptedSources.config(settings),
                new ScriptedSources(settings).withTeaShop().sources());
        client = new ApiClient(api.url());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private int ask(String forwarded) throws Exception {
        return client.get("/v1/items/tea", FORWARDED, forwarded).statusCode();
    }

    private int answered(int asked, String forwarded) throws Exception {
        int answered = 0;
        for (int i = 0; i < asked; i++) {
            answered += ask(String.format(forwarded, i)) == 200 ? 1 : 0;
        }
        return answered;
    }

    @Test
    void shouldCountTheAddressesOfANetworkAsOneClientAndThoseOfASiteAsFour() throws Exception {
        start(Map.of(PROXIES, "127.0.0.1"));

        assertThat(answered(9, "2001:db8:1:1::%x")).isEqualTo(2);
        assertThat(answered(300, "2001:db8:2:%x::1")).isEqualTo(8);
        assertThat(answered(9, "192.0.2.%d")).isEqualTo(9);
    }

    @Test
    void shouldBelieveNobodyButAProxyWhoseAddressIsForwarded() throws Exception {
        start(Map.of(PROXIES, "192.0.2.0/24"));

        assertThat(answered(9, "198.51.100.%d")).isEqualTo(2);
        // Neither does naming a proxy make somebody one.
        assertThat(answered(9, "198.51.100.%d, 192.0.2.1")).isZero();
    }

    @Test
    void shouldBelieveOfWhatAProxyForwardsTheLastAddressAlone() throws Exception {
        start(Map.of(PROXIES, "127.0.0.1"));

        assertThat(answered(9, "198.51.100.%d, 203.0.113.1")).isEqualTo(2);
        assertThat(answered(9, "unknown, 203.0.113.1:%d")).isZero();
        assertThat(client.get("/v1/items/tea", FORWARDED, "198.51.100.1", FORWARDED, "203.0.113.1")
                        .statusCode())
                .isEqualTo(429);
        assertThat(answered(9, "203.0.113.1, 198.51.100.%d")).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "203.0.113.1, unknown", "_hidden", "", "203.0.113.1,", "localhost", "1.2.3"})
    void shouldCountClientsThatAProxyHidesByTheAddressOfTheProxy(String hidden) throws Exception {
        start(Map.of(PROXIES, "127.0.0.1"));

        assertThat(answered(9, hidden)).isEqualTo(2);
        ApiClient.problem(429, client.get("/v1/items/tea"));
        assertThat(answered(1, "203.0.113.1")).isEqualTo(1);
        // A page is limited by the tracker.
        String page = "?key=shop-key&session=web-0123456789abcdef0123456789abcdef";
        assertThat(client.get("/v1/tracker/offers" + page, FORWARDED, hidden).statusCode())
                .isEqualTo(200);
    }
}
