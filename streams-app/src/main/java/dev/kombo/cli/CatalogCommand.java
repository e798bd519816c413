package dev.kombo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.query.CatalogTable;
import dev.kombo.query.CatalogTable.BadCellException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads and changes the catalogue through the query API of a running instance, which validates what it is sent. */
@Command(
        name = "catalog",
        description =
                "Brings items and bundles into the catalogue of a running instance, writes them to a file, changes one,"
                        + " or stops a bundle.",
        synopsisSubcommandLabel = "COMMAND")
final class CatalogCommand {
    private static final String JSON = "application/json";
    private static final int NOT_FOUND = 404;

    @Spec
    private CommandSpec spec;

    private final Wiring wiring;

    CatalogCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Kinds of catalogue entries. */
    enum Kind {
        ITEMS,
        BUNDLES;

        CatalogTable table() {
            return this == ITEMS ? CatalogTable.ITEMS : CatalogTable.BUNDLES;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        String path() {
            return "/v1/" + this;
        }
    }

    private QueryClient client(QueryOptions query) {
        return new QueryClient(query.url, wiring.environment().get(QueryOptions.TOKEN));
    }

    @Command(
            name = "import",
            description =
                    "Puts each row of a file, in place of what has its id; 1 where a row was rejected, 0 where none was."
                            + " A CSV file names its columns in the first row, as export writes them; price, cost and the like are"
                            + " amounts such as 12.99, members of a bundle are written tea*2|cup, a bar within a value as \\|. A file whose name ends with .ndjson,"
                            + " .jsonl or .json holds a record as JSON in each line.")
    int bring(
            @Mixin QueryOptions query,
            @Parameters(paramLabel = "KIND", description = "What the file holds: ${COMPLETION-CANDIDATES}.") Kind kind,
            @Parameters(paramLabel = "FILE", description = "The file, in UTF-8.") Path file,
            @Option(
                            names = "--currency",
                            paramLabel = "CODE",
                            description = "Currency of rows that name none, such as EUR.")
                    String currency)
            throws InterruptedException {
        String path = kind.path() + (currency == null ? "" : "?currency=" + QueryClient.path(currency));
        boolean all = new CatalogFile(
                        client(query),
                        path,
                        CatalogFile.isCsv(file),
                        spec.commandLine().getOut())
                .send(file);
        return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    @Command(description = "Prints all items or bundles, as import reads them.")
    int export(
            @Mixin QueryOptions query,
            @Parameters(paramLabel = "KIND", description = "What to print: ${COMPLETION-CANDIDATES}.") Kind kind,
            @Option(names = "--ndjson", description = "A record as JSON in each line, instead of CSV.") boolean lines)
            throws InterruptedException {
        QueryClient client = client(query);
        PrintWriter out = spec.commandLine().getOut();
        if (!lines) {
            out.println(csv(kind.table().columns()));
        }
        String after = "";
        while (after != null) {
            JsonNode page = client.get(kind.path() + "?limit=1000" + after);
            for (JsonNode entry : page.path(kind.toString())) {
                JsonNode record = kind == Kind.BUNDLES ? entry.path("bundle") : entry;
                out.println(lines ? record.toString() : csv(kind.table().row(record)));
            }
            after = page.path("next").isTextual()
                    ? "&after=" + page.path("next").asText()
                    : null;
        }
        out.flush();
        return ExitCode.OK;
    }

    private static String csv(List<String> cells) {
        return String.join(
                ",",
                cells.stream()
                        .map(cell -> cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell)
                        .toList());
    }

    @Command(
            description =
                    "Changes some columns of an item or a bundle, or puts a new one: put items tea price=4.50 stock=12."
                            + " COLUMN= takes a value back to its default. Columns are those that export prints.")
    int put(
            @Mixin QueryOptions query,
            @Parameters(paramLabel = "KIND", description = "What it is: ${COMPLETION-CANDIDATES}.") Kind kind,
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Parameters(arity = "1..*", paramLabel = "COLUMN=VALUE", description = "What it is to have.")
                    Map<String, String> row)
            throws InterruptedException {
        QueryClient client = client(query);
        String path = kind.path() + "/" + QueryClient.path(id);
        QueryClient.Reply known = client.send("GET", path, null, "");
        if (known.status() != NOT_FOUND) {
            client.expect(known);
        }
        boolean there = known.done() && known.body().path("catalogued").asBoolean(true);
        JsonNode priced = known.body();
        String members = row.getOrDefault("members", "");
        if (!there && !members.isBlank()) {
            // A bundle has the currency of its items.
            String first = document(kind, Map.of("members", members), null)
                    .at("/members/0/itemId")
                    .asText();
            priced = client.send("GET", Kind.ITEMS.path() + "/" + QueryClient.path(first), null, "")
                    .body();
        }
        ObjectNode document =
                document(kind, row, priced.path("price").path("currency").asText(null));
        JsonNode record = client.expect(client.send(there ? "PATCH" : "PUT", path, JSON, document.toString()));
        PrintWriter out = spec.commandLine().getOut();
        if (query.json) {
            out.println(record.toPrettyString());
        } else {
            Map<String, String> cells = new LinkedHashMap<>();
            List<String> values = kind.table().row(record);
            for (int i = 0; i < values.size(); i++) {
                cells.put(kind.table().columns().get(i), values.get(i));
            }
            cells.forEach((column, value) -> out.print(value.isEmpty() ? "" : column + "=" + value + "\n"));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static ObjectNode document(Kind kind, Map<String, String> row, String currency) {
        for (String column : row.keySet()) {
            if (!kind.table().columns().contains(column)) {
                throw CommandException.mistake("the column " + column + " is not known; "
                        + String.join(", ", kind.table().columns()) + " are");
            }
        }
        try {
            ObjectNode document = kind.table().document(row, currency);
            row.forEach((column, value) -> {
                if (value.isBlank()) {
                    document.putNull(kind.table().field(column));
                }
            });
            return document;
        } catch (BadCellException e) {
            throw CommandException.mistake(e.column() + ": " + e.getMessage());
        }
    }

    @Command(description = "Stops bundles: they are not offered from now on. To go on: put bundles ID stoppedAt=")
    int stop(
            @Mixin QueryOptions query,
            @Parameters(arity = "1..*", paramLabel = "BUNDLE", description = "Bundle ids.") List<String> bundles)
            throws InterruptedException {
        QueryClient client = client(query);
        for (String bundle : bundles) {
            client.expect(client.send("POST", "/v1/bundles/" + QueryClient.path(bundle) + "/stop", null, ""));
            spec.commandLine().getOut().println("The bundle " + bundle + " is stopped.");
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
