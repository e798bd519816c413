package dev.kombo.shop.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code shop.py}: a client of Kafka and of the registry that shares no code with Java's. */
final class PythonShop {

    static final ObjectMapper JSON = new ObjectMapper();

    /** Debian's own, which alone sees Debian's packages. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final Path SCRIPT = Path.of("src", "test", "python", "shop.py");
    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;

    PythonShop(Path folder) {
        this.folder = folder;
    }

    /** Whether the packages that it needs are installed. */
    static boolean available() throws IOException, InterruptedException {
        return new File(PYTHON).canExecute()
                && new ProcessBuilder(PYTHON, "-c", "import avro, confluent_kafka.schema_registry, requests")
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
    }

    /**
     * Runs the script to its end.
     *
     * @param input what it is given, a JSON document a line
     * @param arguments its arguments
     * @return what it printed, a document a line
     */
    List<JsonNode> run(List<JsonNode> input, String... arguments) throws IOException, InterruptedException {
        Path in = folder.resolve("shop.in");
        Path out = folder.resolve("shop.out");
        Path err = folder.resolve("shop.err");
        Files.write(in, input.stream().map(JsonNode::toString).toList());
        List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPT.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("shop.py does not end: " + Files.readString(err));
        }
        if (process.exitValue() != 0) {
            throw new IOException("shop.py failed: " + Files.readString(err));
        }
        List<JsonNode> documents = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            documents.add(JSON.readTree(line));
        }
        return documents;
    }
}
