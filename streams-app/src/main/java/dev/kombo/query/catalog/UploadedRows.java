package dev.kombo.query.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.query.catalog.CatalogTable.BadCellException;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.source.JsonBody;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses uploaded rows: JSON lines, or CSV whose header names columns of a {@link CatalogTable}. */
final class UploadedRows {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int MOST_ROWS = 10_000;

    private final String text;
    private final List<Row> rows = new ArrayList<>();
    private int at;
    private int line = 1;

    /**
     * A parsed row.
     *
     * @param line its first line, from 1
     * @param document null if the row is invalid
     * @param field field at fault
     * @param problem what is wrong; null: nothing
     */
    record Row(int line, ObjectNode document, String field, String problem) {}

    private UploadedRows(String text) {
        this.text = text;
    }

    /**
     * Parses CSV, separated by commas, semicolons or tabs as the header is.
     *
     * @param currency of rows that name none; null: none
     * @throws ApiException 400 if the header names an unknown column, or there are too many rows
     */
    static List<Row> csv(byte[] body, CatalogTable table, String currency) {
        return new UploadedRows(decoded(body)).csv(table, currency);
    }

    /**
     * Parses JSON lines.
     *
     * @throws ApiException 400 if there are too many
     */
    static List<Row> json(byte[] body) {
        UploadedRows rows = new UploadedRows(decoded(body));
        for (String one : rows.text.split("\n", -1)) {
            if (!one.isBlank()) {
                rows.add(documentOf(rows.line, one));
            }
            rows.line++;
        }
        return rows.rows;
    }

    private static Row documentOf(int line, String text) {
        try {
            JsonNode document = JsonBody.read(text.getBytes(StandardCharsets.UTF_8));
            return document instanceof ObjectNode object
                    ? new Row(line, object, null, null)
                    : new Row(line, null, "body", "expected an object, found " + document.getNodeType());
        } catch (ApiException e) {
            String problem = e.getMessage().replaceFirst("^the body", "the row").replace("(line 1, ", "(");
            return new Row(line, null, "body", problem);
        }
    }

    private void add(Row row) {
        if (rows.size() == MOST_ROWS) {
            throw ApiException.badField("body", "at most " + MOST_ROWS + " rows are accepted");
        }
        rows.add(row);
    }

    private static String decoded(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw ApiException.badField("body", "the body is not in UTF-8");
        }
    }

    private List<Row> csv(CatalogTable table, String currency) {
        char delimiter = CatalogTable.delimiter(text.lines().findFirst().orElse(""));
        List<String> header = cells(delimiter);
        List<String> names =
                header == null ? List.of() : header.stream().map(String::strip).toList();
        for (String name : names) {
            if (!table.columns().contains(name)) {
                throw ApiException.badField(
                        "body", "the column " + name + " is unknown; known are " + String.join(", ", table.columns()));
            }
        }
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw ApiException.badField("body", "the first row must name each column once");
        }
        while (at < text.length()) {
            int start = line;
            List<String> cells = cells(delimiter);
            if (cells == null || cells.size() > 1 || !cells.get(0).isBlank()) {
                add(row(start, names, cells, table, currency));
            }
        }
        return rows;
    }

    private static Row row(int line, List<String> names, List<String> cells, CatalogTable table, String currency) {
        if (cells == null) {
            return new Row(line, null, "row", "expected balanced quotes");
        }
        if (cells.size() != names.size()) {
            return new Row(line, null, "row", "expected " + names.size() + " columns, found " + cells.size());
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            values.put(names.get(i), cells.get(i));
        }
        try {
            return new Row(line, table.document(values, currency), null, null);
        } catch (BadCellException e) {
            return new Row(line, null, e.column(), e.getMessage());
        }
    }

    /**
     * Returns the cells up to the end of the row (RFC 4180); null if quotes are not balanced: then only the current
     * line is consumed.
     */
    private List<String> cells(char delimiter) {
        int start = at;
        int startLine = line;
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        while (at < text.length() && line - startLine <= CatalogTable.MOST_LINES) {
            char c = text.charAt(at++);
            line += c == '\n' ? 1 : 0;
            if (c == '"' && (quoted || cell.isEmpty())) {
                boolean doubled = quoted && at < text.length() && text.charAt(at) == '"';
                if (doubled) {
                    cell.append('"');
                    at++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == delimiter && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n' && !quoted) {
                break;
            } else if (c != '\r' || quoted) {
                cell.append(c);
            }
        }
        if (quoted) {
            int end = text.indexOf('\n', start);
            at = end < 0 ? text.length() : end + 1;
            line = startLine + 1;
            return null;
        }
        cells.add(cell.toString());
        return cells;
    }
}
