package dev.kombo.shop.registry;

import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's classes beside Kombo's, where Kombo brings the registry as well. */
@Tag("real-clients")
class ConfluentSerdeIT {

    private static EmbeddedSchemaRegistry registry;

    @BeforeAll
    static void start(@TempDir Path directory) {
        registry = EmbeddedSchemaRegistry.start(directory, 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Nested
    class OverTheEmbeddedRegistry extends ConfluentSerdeContract {

        @Override
        Map<String, String> registry() {
            return Map.of("schema.registry.url", registry.url().toString());
        }
    }
}
