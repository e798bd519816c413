package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the operators' page is served; what it does is tested in a browser. */
class PageTest {
    private static final Pattern REFERENCE =
            Pattern.compile("(?:from|href=|src=) ?\"((?:\\./|\\.\\./)*[\\w/-]+\\.(?:js|css|svg|json|html))\"");

    private QueryApi api;
    private ApiClient client;

    @BeforeEach
    void start() {
        Map<String, String> settings = Map.of(ApiSettings.TOKENS.name(), "page:read:" + ApiToken.hash("look"));
        api = QueryApi.start(ScriptedSources.config(settings), new ScriptedSources().sources());
        client = new ApiClient(api.url());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldServeThePageToAnyoneAndLetNothingButItsOwnFilesRun() throws Exception {
        HttpResponse<String> page = client.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'")
                .doesNotContain("unsafe", "http");
        assertThat(page.body()).doesNotContainPattern("<script[^>]*>[^<]|<style| style=| on[a-z]+=|https?://");
    }

    @Test
    void shouldServeAllThatThePageRefersTo() throws Exception {
        Set<String> seen = new LinkedHashSet<>(Set.of("/"));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String path = open.pop();
            HttpResponse<String> file = client.get(path);
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            if (path.endsWith(".js")) {
                assertThat(file.headers().firstValue("Content-Type").orElseThrow())
                        .contains("javascript");
            }
            Matcher references = REFERENCE.matcher(path.matches(".*\\.json|/swagger-ui/.*") ? "" : file.body());
            while (references.find()) {
                String referred = URI.create(path).resolve(references.group(1)).getPath();
                if (seen.add(referred)) {
                    open.push(referred);
                }
            }
        }
        assertThat(seen).contains("/page.css", "/js/main.js", "/js/api.js", "/js/views/overview.js", "/openapi.json");
    }

    @Test
    void shouldSendAFileAgainOnlyWhereItChanged() throws Exception {
        HttpResponse<String> first = client.get("/js/main.js");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");

        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(client.get("/js/main.js", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void shouldLetFilesBeReadOnly() throws Exception {
        assertThat(client.options("/").statusCode()).isEqualTo(404);
        assertThat(client.options("/page.css").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldServeNothingElse() throws Exception {
        // First: the server closes the connection after a path that it cannot read, and a POST is not sent again.
        assertThat(client.post("/", "{}").statusCode()).isBetween(400, 405);
        ApiClient.problem(404, client.get("/js/none.js"));
        ApiClient.problem(404, client.get("/js/"));
        for (String path : new String[] {"/../logback.xml", "/js/..%2f..%2flogback.xml", "/%2e%2e/logback.xml"}) {
            assertThat(client.get(path).statusCode()).as(path).isBetween(400, 404);
        }
    }
}
