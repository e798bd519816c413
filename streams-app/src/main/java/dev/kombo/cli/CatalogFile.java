package dev.kombo.cli;

import static dev.kombo.cli.QueryClient.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kombo.console.CommandException;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import dev.kombo.table.RowReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Uploads a file of items or bundles to a running instance: as JSON lines, into which CSV is converted, in parts as
 * large as one request allows.
 */
final class CatalogFile {
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_CHARACTERS = 200_000;
    private static final int MOST_REPORTED = 20;

    private final QueryClient client;
    private final String path;
    private final PrintWriter out;
    private final StringBuilder part = new StringBuilder();
    /** The line of the file for each line of the part. */
    private final List<Integer> lines = new ArrayList<>();
    /** What is wrong with rows, by line of the file. */
    private final SortedMap<Integer, String> problems = new TreeMap<>();

    private int line;
    private long accepted;
    private long rejected;
    private long failed;

    /**
     * @param path to post to
     * @param out receives a line per rejected row
     */
    CatalogFile(QueryClient client, String path, PrintWriter out) {
        this.client = client;
        this.path = path;
        this.out = out;
    }

    /**
     * Sends the whole file: JSON lines if its name says so, otherwise CSV.
     *
     * @param currency of rows without one; null: none
     * @return whether all rows were accepted
     * @throws CommandException if the file cannot be read, or the instance stops accepting
     */
    boolean send(Path file, CatalogTable<?> table, String currency) throws InterruptedException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".ndjson") || name.endsWith(".jsonl") || name.endsWith(".json")) {
                sendLines(file);
            } else {
                sendRows(file, table, currency);
            }
            flush();
        } catch (CharacterCodingException e) {
            throw CommandException.mistake(file + " is not in UTF-8, near line " + (line + 1));
        } catch (IOException e) {
            throw CommandException.mistake(file + " cannot be read: " + e.getMessage());
        } finally {
            String untaken = failed == 0 ? "" : String.format(", %,d not accepted by the broker", failed);
            out.printf("%,d rows accepted, %,d rejected%s%n", accepted, rejected, untaken);
            out.flush();
        }
        return rejected == 0;
    }

    private void sendLines(Path file) throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.mistake("no such file: " + file);
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
                line++;
                if (!next.isBlank()) {
                    add(next);
                }
            }
        }
    }

    private void sendRows(Path file, CatalogTable<?> table, String currency) throws IOException, InterruptedException {
        try (RowReader reader = table.open(file)) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                line = row.line();
                try {
                    add(table.documentOfLine(row.cells(), currency).toString());
                } catch (RejectedRowException e) {
                    problems.put(line, e.field() + ": " + e.getMessage());
                }
            }
        }
    }

    private void add(String document) throws InterruptedException {
        part.append(document).append('\n');
        lines.add(line);
        if (lines.size() >= MOST_ROWS || part.length() > MOST_CHARACTERS) {
            flush();
        }
    }

    private void flush() throws InterruptedException {
        QueryClient.Reply reply =
                lines.isEmpty() ? null : client.send("POST", path, "application/x-ndjson", part.toString());
        JsonNode body = reply == null ? MissingNode.getInstance() : reply.body();
        accepted += body.path("accepted").asLong();
        failed += body.path("failed").size();
        for (JsonNode row : body.path("rejected")) {
            problems.put(lines.get(row.path("line").asInt() - 1), text(row, "field") + ": " + text(row, "detail"));
        }
        problems.forEach((at, problem) -> {
            if (rejected++ < MOST_REPORTED) {
                out.println("line " + at + ": " + problem);
            }
        });
        long refused = body.path("rejectedCount").asLong();
        rejected += Math.max(0, refused - body.path("rejected").size());
        if (reply != null && (reply.status() != HttpStatus.BAD_REQUEST_400 || refused == 0)) {
            client.expect(reply);
        }
        problems.clear();
        lines.clear();
        part.setLength(0);
    }
}
