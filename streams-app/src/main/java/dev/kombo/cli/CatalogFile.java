package dev.kombo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.console.CommandException;
import dev.kombo.query.catalog.CatalogTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Uploads a file of items or bundles to a running instance, in parts as large as one request allows. */
final class CatalogFile {
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_CHARACTERS = 200_000;
    private static final int MOST_TOLD = 20;
    private static final int REJECTED = 400;

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
    private long failed;
    private boolean quoted;
    private int quotedLines;

    /**
     * @param path to post to
     * @param csv whether the file is CSV; otherwise JSON lines
     * @param out receives a line per rejected row
     */
    CatalogFile(QueryClient client, String path, boolean csv, PrintWriter out) {
        this.client = client;
        this.path = path;
        this.csv = csv;
        this.out = out;
    }

    /** Whether a file is CSV, by its name. */
    static boolean isCsv(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.endsWith(".ndjson") && !name.endsWith(".jsonl") && !name.endsWith(".json");
    }

    /**
     * Sends the whole file.
     *
     * @return whether all rows were accepted
     * @throws CommandException if the file cannot be read, or the instance stops accepting
     */
    boolean send(Path file) throws InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.mistake("no such file: " + file);
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
                line++;
                if (csv && line == 1) {
                    header = next + "\n";
                    firstLine = 2;
                    continue;
                }
                part.append(next).append('\n');
                rows++;
                if (!goesOn(next) && (rows >= MOST_ROWS || part.length() > MOST_CHARACTERS)) {
                    flush();
                }
            }
            flush();
            if (csv && line == 0) {
                throw CommandException.mistake(file + " is empty; a header is expected");
            }
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

    /** Whether the row continues on the next line: a quoted value, which starts where a cell starts, may span lines. */
    private boolean goesOn(String next) {
        char delimiter = CatalogTable.delimiter(header);
        boolean empty = !quoted;
        for (int i = 0; csv && i < next.length(); i++) {
            char c = next.charAt(i);
            if (c != '"' || !(quoted || empty)) {
                empty = c == delimiter && !quoted;
            } else if (quoted && next.startsWith("\"\"", i)) {
                empty = false;
                i++;
            } else {
                quoted = !quoted;
            }
        }
        quotedLines = quoted ? quotedLines + 1 : 0;
        if (quotedLines > CatalogTable.MOST_LINES) {
            quoted = false;
            quotedLines = 0;
        }
        return quoted;
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
        failed += body.path("failed").size();
        if (reply.status() != REJECTED || body.path("rejectedCount").asLong() == 0) {
            client.expect(reply);
        }
        part.setLength(0);
        rows = 0;
        firstLine = line + 1;
    }
}
