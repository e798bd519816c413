package dev.kombo.shop.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.client.AvroSerdes;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSchemaRegistryTest {

    private static final String BASE = record("{'name':'id','type':'string'}");
    private static final String OPTIONAL =
            record("{'name':'id','type':'string'},{'name':'n','type':'int','default':0}");
    private static final String REQUIRED = record("{'name':'id','type':'string'},{'name':'n','type':'int'}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private EmbeddedSchemaRegistry registry;

    /** Status and document of an answer. */
    private record Answer(int status, JsonNode json) {}

    @BeforeEach
    void start() {
        registry = EmbeddedSchemaRegistry.start(directory, 0);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldRegisterListAndFind() throws Exception {
        expect(post("/subjects/s/versions", schema(BASE)), 200, "{'id':1}");
        expect(post("/subjects/s/versions?normalize=false", schema(BASE.replace(",", " ,\n "))), 200, "{'id':1}");
        expect(post("/subjects/t/versions", schema(BASE)), 200, "{'id':1}");
        expect(post("/subjects/s/versions", schema(OPTIONAL)), 200, "{'id':2}");

        expect(get("/subjects"), 200, "['s','t']");
        expect(get("/subjects/s/versions"), 200, "[1,2]");
        expect(get("/schemas/types"), 200, "['AVRO']");
        assertThat(parsed(get("/schemas/ids/2?fetchMaxId=false"))).isEqualTo(new Schema.Parser().parse(OPTIONAL));

        Answer latest = get("/subjects/s/versions/latest");
        assertThat(latest.json().path("subject").asText()).isEqualTo("s");
        assertThat(latest.json().path("version").asInt()).isEqualTo(2);
        assertThat(latest.json().path("id").asInt()).isEqualTo(2);
        assertThat(parsed(latest)).isEqualTo(new Schema.Parser().parse(OPTIONAL));
        assertThat(get("/subjects/s/versions/1").json().path("id").asInt()).isEqualTo(1);
        assertThat(post("/subjects/s", schema(BASE)).json().path("version").asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldAnswerWithTheProtocolsErrorCodes() throws Exception {
        post("/subjects/s/versions", schema(BASE));

        expectError(get("/subjects/no/versions"), 404, 40401);
        expectError(get("/subjects/no/versions/1"), 404, 40401);
        expectError(post("/subjects/no", schema(BASE)), 404, 40401);
        expectError(get("/subjects/s/versions/2"), 404, 40402);
        expectError(get("/subjects/s/versions/zero"), 422, 42202);
        expectError(get("/schemas/ids/2"), 404, 40403);
        expectError(get("/schemas/ids/1073741834"), 404, 40403);
        expectError(get("/schemas/ids/-1"), 404, 40403);
        expectError(post("/subjects/s", schema(OPTIONAL)), 404, 40403);
        expectError(post("/subjects/s/versions", schema("{\"type\":\"nonsense\"}")), 422, 42201);
        expectError(post("/subjects/s/versions", "{}"), 422, 42201);
        expectError(post("/subjects/s/versions", "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"), 422, 42201);
        expectError(post("/subjects/s/versions", "not json"), 400, 400);
        expectError(post("/subjects/s/versions", " ".repeat((1 << 20) + 1)), 413, 413);
        expectError(get("/nonsense"), 404, 404);
        expectError(send("PATCH", "/subjects/s", "{}"), 404, 404);
        expectError(post("/subjects/s/versions", schema(REQUIRED)), 409, 409);
    }

    @Test
    void shouldKnowEverythingAgainAfterARestart() throws Exception {
        post("/subjects/s/versions", schema(BASE));
        post("/subjects/s/versions", schema(OPTIONAL));
        Serde<ErasureRequest> before = serde();
        ErasureRequest request = new ErasureRequest();
        request.getSchema().getFields().stream()
                .filter(field -> field.schema().getType() == Schema.Type.STRING)
                .forEach(field -> request.put(field.pos(), "text"));
        byte[] stored = before.serializer().serialize("erasure-request", request);

        // What a crash in the middle of a save leaves behind.
        Files.writeString(directory.resolve("registry.json.tmp"), "{\"schemas\":[");
        registry.close();
        registry = EmbeddedSchemaRegistry.start(directory, 0);

        assertThat(serde().deserializer().deserialize("erasure-request", stored))
                .isEqualTo(request);
        expect(get("/subjects"), 200, "['erasure-request-value','s']");
        expect(post("/subjects/s/versions", schema(OPTIONAL)), 200, "{'id':2}");
        expect(post("/subjects/u/versions", schema(REQUIRED)), 200, "{'id':4}");
    }

    @Test
    void shouldSayWhichPortIsTaken(@TempDir Path other) {
        int taken = registry.url().getPort();

        assertThatThrownBy(() -> EmbeddedSchemaRegistry.start(other, taken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + taken);
    }

    @Test
    void shouldRefuseToStartAnewOverAFileItCannotRead() throws IOException {
        registry.close();
        for (String content : new String[] {"", "{\"schemas\":[", "{}", "{\"other\":1}"}) {
            Files.writeString(directory.resolve("registry.json"), content);

            assertThatThrownBy(() -> EmbeddedSchemaRegistry.start(directory, 0))
                    .as(content)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("registry.json is not the state of a schema registry");
            assertThat(directory.resolve("registry.json")).hasContent(content);
        }
    }

    @Test
    void shouldNotHandOutAnIdThatItCannotSave() throws Exception {
        post("/subjects/s/versions", schema(BASE));
        // A folder in the way of the next state's file.
        Files.createDirectories(directory.resolve("registry.json.tmp").resolve("full"));

        expectError(post("/subjects/s/versions", schema(OPTIONAL)), 500, 50001);

        Files.delete(directory.resolve("registry.json.tmp").resolve("full"));
        Files.delete(directory.resolve("registry.json.tmp"));
        expect(post("/subjects/s/versions", schema(OPTIONAL)), 200, "{'id':2}");
    }

    private Serde<ErasureRequest> serde() {
        return new AvroSerdes(Map.of("schema.registry.url", registry.url().toString())).value(ErasureRequest.class);
    }

    private static String record(String fields) {
        return "{'type':'record','name':'R','fields':[".replace('\'', '"') + fields.replace('\'', '"') + "]}";
    }

    private static String schema(String text) {
        return JSON.createObjectNode().put("schema", text).toString();
    }

    private static Schema parsed(Answer answer) {
        return new Schema.Parser().parse(answer.json().path("schema").asText());
    }

    private static void expect(Answer answer, int status, String json) throws IOException {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json()).isEqualTo(JSON.readTree(json.replace('\'', '"')));
    }

    private static void expectError(Answer answer, int status, int code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error_code").asInt()).isEqualTo(code);
        assertThat(answer.json().path("message").asText()).isNotBlank();
    }

    private Answer get(String path) throws Exception {
        return send("GET", path, null);
    }

    private Answer post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private Answer send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }
}
