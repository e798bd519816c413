package dev.kombo.lab.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.client.InMemorySchemaRegistry;
import dev.kombo.client.SchemaRegistryException;
import dev.kombo.lab.data.JsonFile;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.eclipse.jetty.http.UriCompliance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry for embedded runs that implements the core of Confluent's REST protocol on 127.0.0.1, as far as
 * serializers and deserializers use it. A new schema of a subject must be able to read what the latest one wrote.
 * Thread-safe.
 *
 * <p>Registrations are stored in {@code registry.json} in order, which determines the ids: so ids survive a restart,
 * and stored bytes stay readable. No id is returned before it is in the file.
 */
public final class EmbeddedSchemaRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSchemaRegistry.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InMemorySchemaRegistry schemas = new InMemorySchemaRegistry("embedded");
    private final Path file;
    /** In order of registration. Guarded by this. */
    private final Set<Registration> registrations = new LinkedHashSet<>();
    /** Number of registrations in the file. Guarded by this. */
    private int saved;

    private final Javalin server;

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
        server = Javalin.create(EmbeddedSchemaRegistry.this::configure).start("127.0.0.1", port);
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
        } catch (IOException | JavalinException e) {
            throw new UncheckedIOException(
                    "cannot start a schema registry in " + directory + " on port " + port + ": " + e.getMessage(),
                    e instanceof IOException failure ? failure : new IOException(e));
        }
    }

    /** The address for {@code schema.registry.url}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Stops; everything that was answered is already in the file. */
    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jsonMapper(new JavalinJackson(JSON, false));
        // A subject may have any name.
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.UNSAFE));
        RoutesConfig routes = config.routes;
        routes.get("/subjects", context -> answer(context, subjects()));
        routes.get("/subjects/{subject}/versions", context -> answer(context, versions(context)));
        routes.get("/subjects/{subject}/versions/{version}", context -> answer(context, version(context)));
        routes.post("/subjects/{subject}/versions", context -> answer(context, register(context)));
        routes.post("/subjects/{subject}", context -> answer(context, lookUp(context)));
        routes.get("/schemas/types", context -> answer(context, List.of("AVRO")));
        routes.get("/schemas/ids/{id}", context -> {
            Integer id = context.pathParamAsClass("id", Integer.class).getOrDefault(0);
            answer(context, Map.of("schema", schemas.byId(id).toString()));
        });
        routes.exception(
                SchemaRegistryException.class,
                (e, context) -> error(context, e.status(), e.errorCode(), e.getMessage()));
        routes.exception(
                HttpResponseException.class,
                (e, context) -> error(context, e.getStatus(), e.getStatus(), e.getMessage()));
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            error(context, 500, 50001, "Error in the backend data store: " + e.getMessage());
        });
    }

    private static void answer(Context context, Object document) {
        context.json(document).contentType(CONTENT_TYPE);
    }

    private static void error(Context context, int status, int code, String message) {
        answer(context.status(status), Map.of("error_code", code, "message", message));
    }

    private synchronized List<String> subjects() {
        return registrations.stream()
                .map(Registration::subject)
                .distinct()
                .sorted()
                .toList();
    }

    private List<Integer> versions(Context context) {
        int versions = schemas.versions(context.pathParam("subject")).size();
        return IntStream.rangeClosed(1, versions).boxed().toList();
    }

    private Map<String, Object> version(Context context) {
        String wanted = context.pathParam("version");
        List<Schema> versions = schemas.versions(context.pathParam("subject"));
        if (!wanted.matches("latest|-1|[1-9][0-9]{0,8}")) {
            throw SchemaRegistryException.refused(wanted + " is not a version", 422, 42202);
        }
        int version = wanted.matches("[0-9]+") ? Integer.parseInt(wanted) : versions.size();
        if (version > versions.size()) {
            throw SchemaRegistryException.refused("Version " + version + " not found.", 404, 40402);
        }
        return found(context, versions, version);
    }

    private Map<String, Object> lookUp(Context context) {
        Schema schema = schemaOf(context);
        List<Schema> versions = schemas.versions(context.pathParam("subject"));
        schemas.idOf(context.pathParam("subject"), schema);
        List<String> texts = versions.stream().map(Schema::toString).toList();
        return found(context, versions, texts.indexOf(schema.toString()) + 1);
    }

    private Map<String, Object> found(Context context, List<Schema> versions, int version) {
        String subject = context.pathParam("subject");
        Schema schema = versions.get(version - 1);
        return Map.of(
                "subject",
                subject,
                "version",
                version,
                "id",
                schemas.idOf(subject, schema),
                "schema",
                schema.toString());
    }

    private Map<String, Integer> register(Context context) throws IOException {
        return Map.of("id", registerAndSave(context.pathParam("subject"), schemaOf(context)));
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

    private static Schema schemaOf(Context context) {
        JsonNode body;
        try {
            body = JSON.readTree(context.bodyAsBytes());
        } catch (IOException e) {
            throw SchemaRegistryException.refused("Not a JSON document: " + e.getMessage(), 400, 400);
        }
        String type = body.path("schemaType").asText("AVRO");
        if (!body.path("schema").isTextual()
                || !type.equals("AVRO")
                || !body.path("references").isEmpty()) {
            throw SchemaRegistryException.refused("Invalid schema: a self-contained Avro schema is needed", 422, 42201);
        }
        try {
            return new Schema.Parser().parse(body.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw SchemaRegistryException.refused("Invalid schema: " + e.getMessage(), 422, 42201);
        }
    }
}
