package dev.kombo.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.ScriptedSources.Published;
import dev.kombo.schema.Bundle;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An API over the tea shop, whose catalogue is edited. */
abstract class CatalogEdits {
    static final ObjectMapper JSON = new ObjectMapper();
    final ScriptedSources sources = new ScriptedSources().withTeaShop();
    final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    final ApiClient client = new ApiClient(api.url());

    @BeforeEach
    void index() {
        sources.indexing = true;
    }

    @AfterEach
    void stop() {
        api.close();
    }

    Published last() {
        return sources.published.get(sources.published.size() - 1);
    }

    Bundle lastBundle() {
        return (Bundle) last().value();
    }

    JsonNode accepted(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return ApiClient.json(response);
    }

    String refused(String method, String path, String body) throws Exception {
        return ApiClient.problem(400, client.change(method, path, body))
                .path("detail")
                .asText();
    }

    static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    static dev.kombo.entity.Item cup(String title, long stock) {
        return new dev.kombo.entity.Item("cup", title, null, 600, "GBP", -1, stock);
    }

    void importRow(ObjectNode row) throws Exception {
        accepted(post("/v1/bundles", row.toString()));
    }

    HttpResponse<String> post(String path, String lines) throws Exception {
        return client.post(path, "application/x-ndjson; charset=utf-8", lines.getBytes(StandardCharsets.UTF_8));
    }
}
