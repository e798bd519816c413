package dev.kombo.shop.registry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Kombo's registry client, and Confluent's beside it, against a registry that neither of them wrote. */
@Tag("real-clients")
class ApicurioRegistryIT {

    @TempDir
    private static Path folder;

    private static ApicurioRegistry registry;
    private static Map<String, String> trust;

    @BeforeAll
    static void start() throws Exception {
        Certificates certificates = new Certificates(folder);
        Path key = certificates.keyStore("apicurio", "ip:127.0.0.1");
        trust = Certificates.trusting(certificates.trustStore("trust-in-apicurio", key));
        registry = ApicurioRegistry.start(folder, key);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Nested
    class InPlainText extends SchemaRegistryClientContract {

        @BeforeEach
        void clear() throws Exception {
            registry.clear();
        }

        @Override
        String url() {
            return registry.url();
        }
    }

    @Nested
    class OverTls extends SchemaRegistryClientContract {

        @BeforeEach
        void clear() throws Exception {
            registry.clear();
        }

        @Override
        String url() {
            return registry.tlsUrl();
        }

        @Override
        Map<String, String> settings() {
            return trust;
        }
    }

    /** Over TLS, so that it is seen as well that both understand the same settings of it. */
    @Nested
    class BesideConfluentsClasses extends ConfluentSerdeContract {

        @Override
        Map<String, String> registry() {
            Map<String, String> settings = new HashMap<>(trust);
            settings.put("schema.registry.url", registry.tlsUrl());
            return settings;
        }
    }
}
