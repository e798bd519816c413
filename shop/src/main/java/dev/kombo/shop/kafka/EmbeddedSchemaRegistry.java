package dev.kombo.shop.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kombo.client.InMemorySchemaRegistry;
import dev.kombo.client.SchemaRegistryException;
import dev.kombo.shop.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry in this process, for a broker in this process: implements the core of Confluent's REST protocol on
 * 127.0.0.1, as far as serializers and deserializers use it. A new schema of a subject must be able to read what the
 * latest one wrote. Thread-safe.
 *
 * <p>Registrations are stored in {@code registry.json} in order, which determines the ids: so ids survive a restart,
 * and stored bytes stay readable. No id is returned before it is in the file.
 */
public final class EmbeddedSchemaRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSchemaRegistry.class);
    private static final int MOST_BYTES = 1 << 20;
    /** Codes by which Confluent's protocol tells errors of one HTTP status apart. */
    private static final int VERSION_NOT_FOUND = 40402;

    private static final int INVALID_SCHEMA = 42201;
    private static final int INVALID_VERSION = 42202;
    private static final int STORE_ERROR = 50001;

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InMemorySchemaRegistry schemas = new InMemorySchemaRegistry("embedded");
    private final Path file;
    /** In order of registration. Guarded by this. */
    private final Set<Registration> registrations = new LinkedHashSet<>();
    /** Number of registrations in the file. Guarded by this. */
    private int saved;

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> new Thread(task, "kombo-schema-registry"));

    private record Registration(String subject, String schema) {}

    private EmbeddedSchemaRegistry(Path file, int port) throws IOException {
        this.file = file;
        try {
            if (Files.exists(file)) {
                for (Registration each : JSON.readValue(file.toFile(), new TypeReference<List<Registration>>() {})) {
                    register(each.subject(), new Schema.Parser().parse(each.schema()));
                }
                saved = registrations.size();
            }
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not the state of a schema registry: " + e.getOriginalMessage(), e);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts a registry.
     *
     * @param directory folder of its state; created if missing; used by this registry alone while it runs
     * @param port port on 127.0.0.1; 0: any free one
     * @throws UncheckedIOException if the directory or the port cannot be used
     */
    public static EmbeddedSchemaRegistry start(Path directory, int port) {
        try {
            return new EmbeddedSchemaRegistry(Files.createDirectories(directory).resolve("registry.json"), port);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot start a schema registry in " + directory + " on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The address for {@code schema.registry.url}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stops; everything that was answered is already in the file. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                write(exchange, HttpStatus.OK_200, answer(exchange));
            } catch (SchemaRegistryException e) {
                write(exchange, e.status(), Map.of("error_code", e.errorCode(), "message", e.getMessage()));
            } catch (IOException | RuntimeException e) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                write(
                        exchange,
                        HttpStatus.INTERNAL_SERVER_ERROR_500,
                        Map.of(
                                "error_code",
                                STORE_ERROR,
                                "message",
                                "Error in the backend data store: " + e.getMessage()));
            }
        }
    }

    private static void write(HttpExchange exchange, int status, Object document) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Object answer(HttpExchange exchange) throws IOException {
        // A subject may have any name, so a slash in it is encoded.
        String path = exchange.getRequestURI().getRawPath();
        String[] parts = path.split("/", -1);
        String name = parts.length > 2 ? URLDecoder.decode(parts[2].replace("+", "%2B"), StandardCharsets.UTF_8) : "";
        String last = parts[parts.length - 1];
        String route =
                path.replaceFirst("^/subjects/[^/]+", "/subjects/*").replaceFirst("/(versions|ids)/[^/]+$", "/$1/*");
        return switch (exchange.getRequestMethod() + " " + route) {
            case "GET /subjects" -> subjects();
            case "POST /subjects/*" -> lookUp(name, schemaOf(exchange));
            case "GET /subjects/*/versions" ->
                IntStream.rangeClosed(1, schemas.versions(name).size()).boxed().toList();
            case "POST /subjects/*/versions" -> Map.of("id", registerAndSave(name, schemaOf(exchange)));
            case "GET /subjects/*/versions/*" -> version(name, last);
            case "GET /schemas/types" -> List.of("AVRO");
            case "GET /schemas/ids/*" ->
                Map.of("schema", schemas.byId(idOf(last)).toString());
            default ->
                throw SchemaRegistryException.refused(
                        "HTTP 404 Not Found", HttpStatus.NOT_FOUND_404, HttpStatus.NOT_FOUND_404);
        };
    }

    /** An id as text; 0, which no schema has, for all other text. */
    private static int idOf(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private synchronized List<String> subjects() {
        return registrations.stream()
                .map(Registration::subject)
                .distinct()
                .sorted()
                .toList();
    }

    private Map<String, Object> version(String subject, String wanted) {
        List<Schema> versions = schemas.versions(subject);
        if (!wanted.matches("latest|-1|[1-9][0-9]{0,8}")) {
            throw SchemaRegistryException.refused(
                    wanted + " is not a version", HttpStatus.UNPROCESSABLE_ENTITY_422, INVALID_VERSION);
        }
        int version = wanted.matches("[0-9]+") ? Integer.parseInt(wanted) : versions.size();
        if (version > versions.size()) {
            throw SchemaRegistryException.refused(
                    "Version " + version + " not found.", HttpStatus.NOT_FOUND_404, VERSION_NOT_FOUND);
        }
        return found(subject, versions.get(version - 1), version);
    }

    private Map<String, Object> lookUp(String subject, Schema schema) {
        List<String> texts =
                schemas.versions(subject).stream().map(Schema::toString).toList();
        schemas.idOf(subject, schema);
        return found(subject, schema, texts.indexOf(schema.toString()) + 1);
    }

    private Map<String, Object> found(String subject, Schema schema, int version) {
        int id = schemas.idOf(subject, schema);
        return Map.of("subject", subject, "version", version, "id", id, "schema", schema.toString());
    }

    private synchronized int registerAndSave(String subject, Schema schema) throws IOException {
        int id = register(subject, schema);
        if (registrations.size() > saved) {
            JsonFile.write(file, registrations);
            saved = registrations.size();
        }
        return id;
    }

    private int register(String subject, Schema schema) {
        int id = schemas.register(subject, schema);
        registrations.add(new Registration(subject, schema.toString()));
        return id;
    }

    private static Schema schemaOf(HttpExchange exchange) {
        JsonNode body;
        try {
            byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw SchemaRegistryException.refused(
                        "At most " + MOST_BYTES + " bytes are accepted",
                        HttpStatus.PAYLOAD_TOO_LARGE_413,
                        HttpStatus.PAYLOAD_TOO_LARGE_413);
            }
            body = JSON.readTree(bytes);
        } catch (IOException e) {
            throw SchemaRegistryException.refused(
                    "Not a JSON document: " + e.getMessage(), HttpStatus.BAD_REQUEST_400, HttpStatus.BAD_REQUEST_400);
        }
        String type = body.path("schemaType").asText("AVRO");
        if (!body.path("schema").isTextual()
                || !type.equals("AVRO")
                || !body.path("references").isEmpty()) {
            throw SchemaRegistryException.refused(
                    "Invalid schema: a self-contained Avro schema is needed",
                    HttpStatus.UNPROCESSABLE_ENTITY_422,
                    INVALID_SCHEMA);
        }
        try {
            return new Schema.Parser().parse(body.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw SchemaRegistryException.refused(
                    "Invalid schema: " + e.getMessage(), HttpStatus.UNPROCESSABLE_ENTITY_422, INVALID_SCHEMA);
        }
    }
}
