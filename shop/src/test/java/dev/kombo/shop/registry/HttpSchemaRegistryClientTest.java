package dev.kombo.shop.registry;

import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class HttpSchemaRegistryClientTest extends SchemaRegistryClientContract {

    private EmbeddedSchemaRegistry registry;

    @BeforeEach
    void start(@TempDir Path directory) {
        registry = EmbeddedSchemaRegistry.start(directory, 0);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Override
    String url() {
        return registry.url().toString();
    }
}
