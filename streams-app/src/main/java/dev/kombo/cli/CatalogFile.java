package dev.kombo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Sends a file of items or bundles to a running instance, in parts that it takes at once. */
final class CatalogFile {
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_CHARACTERS = 200_000;
    private static final int MOST_TOLD = 20;

    private final QueryClient client;
    private final String path;
    private final boolean csv;
    private final PrintWriter out;
    private final StringBuilder part = new StringBuilder();
    private String header = "";
    private int rows;
    private int line;
    private int firstLine = 1;
    private long accepted;
    private long rejected;

    /**
     * @param path to post to
     * @param csv whether it is CSV, not JSON lines
     * @param out told of rows that were rejected
     */
    CatalogFile(QueryClient client, String path, boolean csv, PrintWriter out) {
        this.client = client;
        this.path = path;
        this.csv = csv;
        this.out = out;
    }

    /** Whether a file is CSV by its name. */
    static boolean isCsv(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.endsWith(".ndjson") && !name.endsWith(".jsonl") && !name.endsWith(".json");
    }

    /**
     * Sends all.
     *
     * @return whether all rows were accepted
     * @throws CommandException where the file cannot be read, or the instance takes no more
     */
    boolean send(Path file) throws InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.mistake("no such file: " + file);
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            boolean quoted = false;
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
                line++;
                if (csv && line == 1) {
                    header = next + "\n";
                    firstLine = 2;
                    continue;
                }
                part.append(next).append('\n');
                rows++;
                // A value in quotes may span lines.
                quoted ^= csv && next.chars().filter(c -> c == '"').count() % 2 == 1;
                if (!quoted && (rows >= MOST_ROWS || part.length() > MOST_CHARACTERS)) {
                    flush();
                }
            }
            flush();
        } catch (CharacterCodingException e) {
            throw CommandException.mistake(file + " is not in UTF-8, near line " + (line + 1));
        } catch (IOException e) {
            throw CommandException.mistake(file + " cannot be read: " + e.getMessage());
        } finally {
            out.printf("%,d rows accepted, %,d rejected%n", accepted, rejected);
            out.flush();
        }
        return rejected == 0;
    }

    private void flush() throws InterruptedException {
        if (part.toString().isBlank()) {
            return;
        }
        QueryClient.Reply reply = client.send("POST", path, csv ? "text/csv" : "application/x-ndjson", header + part);
        JsonNode body = reply.body();
        accepted += body.path("accepted").asLong();
        for (JsonNode row : body.path("rejected")) {
            if (rejected++ < MOST_TOLD) {
                int at = firstLine + row.path("line").asInt() - (csv ? 2 : 1);
                out.println("line " + at + ": " + row.path("field").asText() + ": "
                        + row.path("detail").asText());
            }
        }
        rejected += Math.max(
                0, body.path("rejectedCount").asLong() - body.path("rejected").size());
        if (!reply.done() && body.path("rejectedCount").asLong() == 0) {
            client.expect(reply);
        }
        part.setLength(0);
        rows = 0;
        firstLine = line + 1;
    }
}
