package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.query.http.OpenApi;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationRoutesTest {
    /** With a tracker, as the reference pages have it. */
    private final Map<String, String> tracked =
            Map.of("kombo.tracker.key", "shop", "kombo.tracker.origins", "https://shop.example");

    private final ScriptedSources sources = new ScriptedSources(tracked).withTeaShop();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(tracked), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldShowWhatTheInstancesRun() throws Exception {
        JsonNode topology = client.found("/v1/topology");

        assertThat(topology.path("subtopologies").findValuesAsText("name")).contains("user-process-event");
        assertThat(topology.path("globalStores").findValuesAsText("topic"))
                .contains("active-strategy", "bundle-suggestion", "suggestion-decision");
    }

    @Test
    void shouldShowItselfWhenItIsTheOnlyInstance() throws Exception {
        sources.lag = 12;

        JsonNode instances = client.found("/v1/instances").path("instances");

        assertThat(instances).hasSize(1);
        assertThat(instances.path(0).path("address").isNull()).isTrue();
        assertThat(instances.path(0).path("self").asBoolean()).isTrue();
        assertThat(instances.path(0).path("instance").path("lag").asLong()).isEqualTo(12);
    }

    @Test
    void shouldAnswerWithoutBodyWhenNothingHasChanged() throws Exception {
        HttpResponse<String> first = client.get("/v1/items/tea");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = client.get("/v1/items/tea", "If-None-Match", "\"other\", " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);

        sources.catalog.removeItem("tea");
        assertThat(client.get("/v1/items/tea", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldCompressWhenTheClientTakesIt() throws Exception {
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(api.url() + "/openapi.json"))
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo(OpenApi.of(QueryRoutes.described()));
    }
}
