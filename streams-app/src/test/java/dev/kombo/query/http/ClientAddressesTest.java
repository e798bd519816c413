package dev.kombo.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
}
