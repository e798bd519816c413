package dev.kombo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Settings;
import dev.kombo.config.Topics;
import dev.kombo.query.QueryRoutes;
import dev.kombo.query.http.OpenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.TopologyDescription;

/** The generated pages of {@code topology-docs}: made from the code that runs, so that they cannot say anything else. */
final class ReferencePages {
    private final Map<String, String> pages = new TreeMap<>();

    ReferencePages(KomboConfig config, TopologyDescription topology) {
        Topics topics = Topics.of(config);
        add("topology", "Topology", TopologyPage.of(topology));
        add("topics", "Topics", TopicsPage.of(topics));
        add("stores", "Stores", StoresPage.of(config, topology));
        add("metrics", "Metrics", MetricsPage.of());
        add("settings", "Settings", SettingsPage.of(Settings.BY_NAME.values()));
        add("schemas", "Schemas", SchemasPage.of(topics));
        String openApi = OpenApi.of(QueryRoutes.described());
        pages.put("openapi.json", openApi);
        add("http-api", "Query API", HttpApiPage.of(parsed(openApi)));
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as JSON cannot be read", e);
        }
    }

    private void add(String name, String title, String body) {
        pages.put(
                name + ".md",
                "<!-- Written by ./kombo topology --pages topology-docs; changes made by hand are lost. -->\n# " + title
                        + "\n\n" + body.stripTrailing() + "\n");
    }

    /** File names of the pages. */
    String names() {
        return String.join(", ", pages.keySet());
    }

    /** Writes all pages; the folder is created where it is missing. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
    }

    /** Names of the pages that are missing or say something else. */
    List<String> staleIn(Path folder) throws IOException {
        List<String> stale = new ArrayList<>();
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Path file = folder.resolve(page.getKey());
            if (!Files.isRegularFile(file) || !Files.readString(file).equals(page.getValue())) {
                stale.add(page.getKey());
            }
        }
        return stale;
    }
}
