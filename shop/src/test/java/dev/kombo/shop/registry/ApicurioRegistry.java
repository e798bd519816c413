package dev.kombo.shop.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A real Apicurio Registry in a process of its own, with its schemas in memory, on 127.0.0.1 in plain text and over
 * TLS. It is told to check compatibility as a new registry of Confluent's does; its own default is not to.
 */
final class ApicurioRegistry implements AutoCloseable {

    private static final String CONFLUENT_API = "/apis/ccompat/v7";
    private static final Pattern LISTENING =
            Pattern.compile("Listening on: (http://\\S+:\\d+) and (https://\\S+:\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path output;
    private String url;
    private String tlsUrl;

    private ApicurioRegistry(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a registry and returns when it answers.
     *
     * @param folder where what it prints is kept
     * @param keyStore its key for TLS, of {@link Certificates}
     */
    static ApicurioRegistry start(Path folder, Path keyStore) throws IOException, InterruptedException {
        Path output = folder.resolve("apicurio.out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dquarkus.http.host=127.0.0.1",
                        // Any ports that are free; its log says which.
                        "-Dquarkus.http.port=0",
                        "-Dquarkus.http.ssl-port=0",
                        "-Dquarkus.management.port=0",
                        "-Dquarkus.http.ssl.certificate.key-store-file=" + keyStore,
                        "-Dquarkus.http.ssl.certificate.key-store-password=" + Certificates.PASSWORD,
                        "-jar",
                        System.getProperty("kombo.apicurio"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ApicurioRegistry registry = new ApicurioRegistry(process, output);
        try {
            Awaitility.await().atMost(PATIENCE).until(registry::listens);
            registry.send("PUT", "/config", "{\"compatibility\":\"BACKWARD\"}");
            return registry;
        } catch (RuntimeException | IOException | InterruptedException e) {
            registry.close();
            throw e;
        }
    }

    private boolean listens() {
        String printed = printed();
        if (!process.isAlive()) {
            throw new IllegalStateException("Apicurio Registry ended before it was ready:\n" + printed);
        }
        Matcher listening = LISTENING.matcher(printed);
        if (!listening.find()) {
            return false;
        }
        url = listening.group(1) + CONFLUENT_API;
        tlsUrl = listening.group(2) + CONFLUENT_API;
        return true;
    }

    private String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url;
    }

    String tlsUrl() {
        return tlsUrl;
    }

    /** Forgets all subjects, and with them the schemas. */
    void clear() throws IOException, InterruptedException {
        for (JsonNode subject : new ObjectMapper().readTree(send("GET", "/subjects", ""))) {
            // A path segment: unlike a form, it has %20 for a space.
            String path = "/subjects/"
                    + URLEncoder.encode(subject.asText(), StandardCharsets.UTF_8)
                            .replace("+", "%20");
            send("DELETE", path, "");
            send("DELETE", path + "?permanent=true", "");
        }
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        // Nothing of it is kept, so there is nothing to wait for.
        process.destroyForcibly();
    }
}
