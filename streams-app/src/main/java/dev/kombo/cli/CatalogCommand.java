package dev.kombo.cli;

import static dev.kombo.cli.QueryClient.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.Bundle;
import dev.kombo.console.CommandException;
import dev.kombo.console.QueryOptions;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.RejectedRowException;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads and changes the catalogue through the query API of a running instance, which validates what it is sent. */
@Command(
        name = "catalog",
        description = "Imports items and bundles into the catalogue of a running instance, exports them,"
                + " changes one, or stops a bundle; checks what the topics have.",
        subcommands = CatalogCheckCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class CatalogCommand {
    private static final String JSON = "application/json";
    private static final String CONFIRMED = "?confirm=true";
    private static final String CONFIRM =
            "Accept a bundle's price that looks like a mistake: above the sum of its items'"
                    + " prices, below their cost, or less than half of the sum.";

    @Spec
    private CommandSpec spec;

    /** Kinds of catalogue entries. */
    enum EntryKind {
        ITEMS,
        BUNDLES;

        CatalogTable<?> table() {
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

    @Command(
            name = "import",
            description = "Adds each row of a file, or replaces the entry with its id. Exits with 1 if a row was"
                    + " rejected, else with 0. A CSV file has the columns that export writes, named in the"
                    + " first row; price, cost and other amounts are written 12.99, members of a bundle"
                    + " tea*2|cup, tiers of its price 3 for 20.00|5 for 30.00, slots drink: 1 of tea, cola|any: 3 of"
                    + " category Mugs, and a bar within a value \\|. A file named .ndjson, .jsonl or .json has one"
                    + " JSON record per line.")
    int bring(
            @Mixin QueryOptions query,
            @Parameters(paramLabel = "KIND", description = "Content of the file: ${COMPLETION-CANDIDATES}.")
                    EntryKind kind,
            @Parameters(paramLabel = "FILE", description = "The file, in UTF-8.") Path file,
            @Option(
                            names = "--currency",
                            paramLabel = "CODE",
                            description = "Currency of rows without one, such as EUR.")
                    String currency,
            @Option(
                            names = {"--confirm", "--yes"},
                            description = CONFIRM)
                    boolean confirm)
            throws InterruptedException {
        boolean all = new CatalogFile(
                        new QueryClient(query),
                        kind.path() + (confirm ? CONFIRMED : ""),
                        spec.commandLine().getOut())
                .send(file, kind.table(), currency);
        return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    @Command(
            description = "Prints all items or bundles in the form that import reads. In CSV, a text that a spreadsheet"
                    + " would take for a formula has an apostrophe before it, which import takes off again.")
    int export(
            @Mixin QueryOptions query,
            @Parameters(paramLabel = "KIND", description = "Entries to print: ${COMPLETION-CANDIDATES}.")
                    EntryKind kind,
            @Option(names = "--ndjson", description = "Print one JSON record per line instead of CSV.") boolean lines)
            throws InterruptedException {
        QueryClient client = new QueryClient(query);
        PrintWriter out = spec.commandLine().getOut();
        if (!lines) {
            out.println(kind.table().header());
        }
        String after = "";
        while (after != null) {
            JsonNode page = client.get(kind.path() + "?limit=1000" + after);
            for (JsonNode entry : page.path(kind.toString())) {
                JsonNode record = kind == EntryKind.BUNDLES ? entry.path("bundle") : entry;
                out.println(lines ? record.toString() : kind.table().line(record));
            }
            after = page.path("next").isTextual() ? "&after=" + text(page, "next") : null;
        }
        out.flush();
        return ExitCode.OK;
    }

    @Command(
            description = "Changes columns of an item or a bundle, or adds a new one: put items tea price=4.50"
                    + " stock=12. COLUMN= resets a column to its default. The columns are those that export"
                    + " prints.")
    int put(
            @Mixin QueryOptions query,
            @Parameters(paramLabel = "KIND", description = "Kind of entry: ${COMPLETION-CANDIDATES}.") EntryKind kind,
            @Parameters(paramLabel = "ID", description = "Id of the entry.") String id,
            @Parameters(arity = "1..*", paramLabel = "COLUMN=VALUE", description = "New value of a column.")
                    Map<String, String> row,
            @Option(
                            names = {"--confirm", "--yes"},
                            description = CONFIRM)
                    boolean confirm)
            throws InterruptedException {
        QueryClient client = new QueryClient(query);
        String path = kind.path() + "/" + QueryClient.path(id);
        JsonNode before = find(client, kind, id);
        boolean there = before.isObject();
        JsonNode priced = before;
        String first = there ? "" : firstItem(kind, row);
        if (!first.isEmpty()) {
            // A bundle has the currency of its items.
            priced = find(client, EntryKind.ITEMS, first);
        }
        String currency = priced.path("currency").asText(Bundle.NO_CURRENCY);
        ObjectNode document = document(kind, row, currency.equals(Bundle.NO_CURRENCY) ? null : currency);
        String method = there ? "PATCH" : "PUT";
        QueryClient.Reply reply = client.send(method, path + (confirm ? CONFIRMED : ""), JSON, document.toString());
        if (reply.status() == HttpStatus.CONFLICT_409 && !confirm && accepts(reply)) {
            reply = client.send(method, path + CONFIRMED, JSON, document.toString());
        }
        JsonNode record = client.expect(reply);
        PrintWriter out = spec.commandLine().getOut();
        if (query.json) {
            out.println(record.toPrettyString());
        } else {
            List<String> values = kind.table().row(record);
            for (int i = 0; i < values.size(); i++) {
                out.print(values.get(i).isEmpty() ? "" : kind.table().columns().get(i) + "=" + values.get(i) + "\n");
            }
        }
        out.flush();
        if (kind == EntryKind.BUNDLES) {
            note(client, before, record);
        }
        return ExitCode.OK;
    }

    /** The record of an entry; no object: the catalogue does not have it. */
    private static JsonNode find(QueryClient client, EntryKind kind, String id) throws InterruptedException {
        QueryClient.Reply reply = client.send("GET", kind.path() + "/" + QueryClient.path(id), null, "");
        return reply.status() == HttpStatus.NOT_FOUND_404
                ? MissingNode.getInstance()
                : client.expect(reply).path(kind == EntryKind.BUNDLES ? "bundle" : "item");
    }

    /** Id of the first item that a row of a bundle names; empty: it names none. */
    private static String firstItem(EntryKind kind, Map<String, String> row) {
        Map<String, String> named = new HashMap<>(row);
        named.keySet().retainAll(Set.of("members", "slots"));
        JsonNode document = kind == EntryKind.BUNDLES ? document(kind, named, null) : MissingNode.getInstance();
        return document.at("/members/0/itemId")
                .asText(document.at("/slots/0/items/0").asText());
    }

    /** Asks whether a price that looks like a mistake is meant; no, where nobody can answer. */
    @SuppressWarnings("SystemConsoleNull") // Before Java 22 there is none without a terminal.
    private static boolean accepts(QueryClient.Reply doubt) {
        Console console = System.console();
        if (console == null || !Ansi.AUTO.enabled()) {
            return false;
        }
        String why = text(doubt.body(), "detail").replaceFirst(";.*", "");
        String answer = console.readLine("Is this meant? %s [y/N] ", why);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** Tells what a change of a bundle means that its columns do not show. */
    private void note(QueryClient client, JsonNode before, JsonNode after) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        for (JsonNode member : after.path("members")) {
            String item = text(member, "itemId");
            if (!find(client, EntryKind.ITEMS, item).isObject()) {
                err.println("Note: the catalogue has no item " + item + "; the bundle is not offered until it has.");
            }
        }
        if (!before.path("priceTiers").isEmpty() && after.path("priceTiers").isEmpty()) {
            err.println("Note: the price is fixed from now on, and does not follow the items by priceTiers.");
        }
        if (text(before, "origin").equals("MINED") && text(after, "origin").equals("CURATED")) {
            err.println("Note: this bundle was mined. Its price is yours from now on, and does not follow its items.");
        }
        err.flush();
    }

    private static ObjectNode document(EntryKind kind, Map<String, String> row, String currency) {
        try {
            ObjectNode document = kind.table().document(row, currency);
            row.forEach((column, value) -> {
                if (value.isBlank()) {
                    document.putNull(kind.table().field(column));
                }
            });
            return document;
        } catch (RejectedRowException e) {
            throw CommandException.mistake(e.field() + ": " + e.getMessage());
        }
    }

    @Command(
            description =
                    "Stops bundles, so that they are no longer offered. To resume one: put bundles ID" + " stoppedAt=")
    int stop(
            @Mixin QueryOptions query,
            @Parameters(arity = "1..*", paramLabel = "BUNDLE", description = "Bundle ids.") List<String> bundles)
            throws InterruptedException {
        QueryClient client = new QueryClient(query);
        for (String bundle : bundles) {
            client.expect(client.send("POST", "/v1/bundles/" + QueryClient.path(bundle) + "/stop", null, ""));
            spec.commandLine().getOut().println("The bundle " + bundle + " is stopped.");
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
