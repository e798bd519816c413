package dev.kombo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.console.MoneyText;
import dev.kombo.console.QueryOptions;
import dev.kombo.console.TextTable;
import dev.kombo.instance.CommandContext;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the arms of experiments earned. */
@Command(name = "report", description = "Shows what the arms of the experiments earned.")
final class ReportCommand implements Callable<Integer> {
    /** Kinds of windows. */
    enum Window {
        TOTAL,
        DAY,
        HOUR
    }

    @Option(
            names = "--window",
            defaultValue = "TOTAL",
            description = "One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Window window;

    @Mixin
    private final QueryOptions query = new QueryOptions();

    @Spec
    private CommandSpec spec;

    private final CommandContext wiring;

    ReportCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = new QueryClient(query.url, wiring.environment().get(QueryOptions.TOKEN))
                .get("/v1/reports/conversions?limit=1000&window=" + window.name());
        PrintWriter out = spec.commandLine().getOut();
        if (query.json) {
            out.println(answer.toPrettyString());
        } else {
            print(out, answer.path("reports"));
        }
        out.flush();
        return ExitCode.OK;
    }

    private void print(PrintWriter out, JsonNode reports) {
        boolean none = true;
        for (JsonNode report : reports) {
            if (!report.path("window").asText().equals(window.name())) {
                continue;
            }
            out.println((none ? "" : System.lineSeparator()) + "Experiment "
                    + report.path("experiment").asText() + ", " + when(report) + ", up to "
                    + time(report.path("lastEventTime")));
            out.print(table(report.path("arms")));
            out.println();
            out.print(answers(report.path("arms")));
            printPlacements(out, report.path("arms"));
            out.print(ComparisonText.of(report));
            none = false;
        }
        if (none) {
            out.println("No report yet.");
        }
    }

    private String when(JsonNode report) {
        String start = time(report.path("windowStart"));
        return window == Window.TOTAL ? "since the start" : window.name().toLowerCase(Locale.ROOT) + " from " + start;
    }

    private static TextTable table(JsonNode arms) {
        TextTable table = new TextTable(
                "arm", "users", "offers", "seen", "clicks", "CTR", "bought", "CVR", "revenue", "attributed", "saving");
        for (JsonNode arm : arms) {
            table.row(
                    arm.path("arm").asText(),
                    count(arm, "users"),
                    count(arm, "offers"),
                    count(arm, "impressions"),
                    count(arm, "clicks"),
                    percent(arm, "clickThroughRate"),
                    count(arm, "conversions"),
                    percent(arm, "conversionRate"),
                    money(arm, "revenueMinor"),
                    money(arm, "attributedMinor"),
                    money(arm, "savingMinor"));
        }
        return table;
    }

    /** Feedback on offers other than purchases, and revenue per user. */
    private static TextTable answers(JsonNode arms) {
        TextTable table = new TextTable(
                "arm",
                "model stage",
                "revenue per user",
                "view-through",
                "by view-through",
                "partial",
                "cross-bundle",
                "returned",
                "dismissed");
        for (JsonNode arm : arms) {
            table.row(
                    arm.path("arm").asText(),
                    arm.path("modelStage").asText("-"),
                    money(arm, "revenuePerUser"),
                    count(arm, "viewThroughConversions"),
                    money(arm, "viewThroughMinor"),
                    count(arm, "partialConversions"),
                    count(arm, "crossConversions"),
                    percent(arm, "returnedShare"),
                    percent(arm, "dismissalRate"));
        }
        return table;
    }

    private static void printPlacements(PrintWriter out, JsonNode arms) {
        TextTable table =
                new TextTable("arm", "placement", "offers", "seen", "clicks", "dismissed", "bought", "attributed");
        for (JsonNode arm : arms) {
            for (JsonNode placement : arm.path("placements")) {
                table.row(
                        arm.path("arm").asText(),
                        placement.path("placement").asText(),
                        count(placement, "offers"),
                        count(placement, "impressions"),
                        count(placement, "clicks"),
                        count(placement, "dismissals"),
                        count(placement, "conversions"),
                        attributed(placement));
            }
        }
        if (table.size() > 0) {
            out.println();
            out.print(table);
        }
    }

    private static String count(JsonNode arm, String field) {
        return String.format(Locale.ROOT, "%,d", arm.path(field).asLong());
    }

    private static String percent(JsonNode arm, String field) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * arm.path(field).asDouble());
    }

    /** Formats one amount of an arm in each currency that it has. */
    private static String money(JsonNode arm, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode amount : arm.path("amounts")) {
            if (amount.path(field).isNumber()) {
                texts.add(MoneyText.of(
                        Math.round(amount.path(field).asDouble()),
                        amount.path("currency").asText()));
            }
        }
        return String.join(", ", texts);
    }

    private static String attributed(JsonNode placement) {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> amount :
                placement.path("attributedMinor").properties()) {
            texts.add(MoneyText.of(amount.getValue().asLong(), amount.getKey()));
        }
        return String.join(", ", texts);
    }

    private static String time(JsonNode millis) {
        return Instant.ofEpochMilli(millis.asLong()).toString();
    }
}
