package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.query.http.OpenApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The documents that describe API and topics. They are kept in the build's folder, where CI checks them. */
class ApiDocumentsTest {
    private static final Path FOLDER = Path.of("target");

    private final QueryApi api = QueryApi.start(
            ScriptedSources.config(Map.of()), new ScriptedSources(Map.of("kombo.tracker.key", "k")).sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldServeTheDocumentOfTheApi() throws Exception {
        String document = client.get("/openapi.json").body();
        assertThat(document).isEqualTo(OpenApi.of(QueryRoutes.described()));
        Files.writeString(FOLDER.resolve("openapi.json"), document);
    }

    @Test
    void shouldServeTheDocumentOfTheTopics() throws Exception {
        String text = client.get("/asyncapi.json").body();
        JsonNode document = ApiClient.json(client.get("/asyncapi.json"));
        assertThat(document.at("/operations/receive-behavior-event/action").asText())
                .isEqualTo("receive");
        assertThat(document.at("/operations/send-bundle-offer/action").asText()).isEqualTo("send");
        assertThat(document.at("/components/schemas/BundleOffer/schema/fields").size())
                .isGreaterThan(1);
        assertThat(document.path("channels").has("training-example")).isFalse();
        Files.writeString(FOLDER.resolve("asyncapi.json"), text);
    }
}
