package dev.kombo.lab.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.lab.quality.protocol.EvaluationOptions.Questions;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what each ranker achieved on each question as a line of JSON, for comparisons with other methods. */
final class QuestionsFile implements Closeable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private Writer out;

    /**
     * @param file null: nothing is written
     */
    QuestionsFile(Path file) {
        this.file = file;
    }

    /** Returns a receiver of the questions of a data set. */
    Questions of(String dataset) {
        return file == null ? Questions.NONE : (seed, question, values) -> write(dataset, seed, question, values);
    }

    private synchronized void write(
            String dataset, long seed, String question, Map<String, Map<String, Double>> byMetric) {
        Map<String, Map<String, Object>> lines = new LinkedHashMap<>();
        byMetric.forEach((metric, values) -> values.forEach((ranker, value) -> {
            Map<String, Object> line = lines.computeIfAbsent(ranker, none -> new LinkedHashMap<>());
            line.putIfAbsent("dataset", dataset);
            line.putIfAbsent("seed", seed);
            line.putIfAbsent("question", question);
            line.putIfAbsent("ranker", ranker);
            line.put(metric, value);
        }));
        try {
            out = out == null ? Files.newBufferedWriter(file) : out;
            for (Map<String, Object> line : lines.values()) {
                out.write(MAPPER.writeValueAsString(line) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
