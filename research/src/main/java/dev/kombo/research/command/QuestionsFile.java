package dev.kombo.research.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.research.evaluation.EvaluationOptions.Questions;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes for {@code kombo evaluate} what each ranker achieved on each question, as lines of JSON. */
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
            String dataset, long seed, String question, Map<String, Map<String, Double>> byRanker) {
        try {
            out = out == null ? Files.newBufferedWriter(file) : out;
            for (Map.Entry<String, Map<String, Double>> ranker : byRanker.entrySet()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("dataset", dataset);
                line.put("seed", seed);
                line.put("question", question);
                line.put("ranker", ranker.getKey());
                line.putAll(ranker.getValue());
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
