package dev.kombo.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens the production topology for a test, with a small catalogue: items a (10.00) and b (20.00), and the bundle ab of
 * both for 27.00. Closes it after the test, whatever happened, and deletes its state.
 */
final class Shop implements BeforeEachCallback, AfterEachCallback {
    private EngineDriver engine;
    private Path stateDir;

    /** The topology with the catalogue. */
    EngineDriver open(Map<String, String> settings) {
        empty(settings);
        engine.item("a", 1000);
        engine.item("b", 2000);
        engine.bundle("ab", 2700, "a", "b");
        return engine;
    }

    /** The topology without a catalogue. Closes the one before, if the test opens a second one. */
    EngineDriver empty(Map<String, String> settings) {
        close();
        engine = new EngineDriver(stateDir, settings);
        return engine;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        stateDir = Files.createTempDirectory("kombo-shop");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        close();
        Utils.delete(stateDir.toFile());
    }

    private void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
