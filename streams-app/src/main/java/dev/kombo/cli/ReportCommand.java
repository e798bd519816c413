package dev.kombo.cli;

import static dev.kombo.cli.QueryClient.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.QueryOptions;
import dev.kombo.console.TextTable;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what the arms of experiments earned. */
@Command(name = "report", description = "Shows what the arms of the experiments earned.")
final class ReportCommand extends PrintingCommand {
    private static final Columns<JsonNode> EARNED = new Columns<JsonNode>()
            .add("arm", arm -> text(arm, "arm"))
            .add("users", arm -> count(arm, "users"))
            .add("offers", arm -> count(arm, "offers"))
            .add("offers seen", arm -> count(arm, "impressions"))
            .add("bundles clicked", arm -> count(arm, "clicks"))
            .add("offers clicked", arm -> percent(arm, "clickThroughRate"))
            .add("bundles bought", arm -> count(arm, "conversions"))
            .add(
                    "per offer seen",
                    arm -> Figures.text("%.4f", arm.path("conversionRate").asDouble()))
            .add("revenue", arm -> money(arm, "revenueMinor"))
            .add("attributed", arm -> money(arm, "attributedMinor"))
            .add("saving", arm -> money(arm, "savingMinor"));

    private static final Columns<JsonNode> ENGAGEMENT = new Columns<JsonNode>()
            .add("arm", arm -> text(arm, "arm"))
            .add("model stage", arm -> arm.path("modelStage").asText("-"))
            .add("revenue per user", arm -> money(arm, "revenuePerUser"))
            .add("view-through", arm -> count(arm, "viewThroughConversions"))
            .add("by view-through", arm -> money(arm, "viewThroughMinor"))
            .add("partial", arm -> count(arm, "partialConversions"))
            .add("cross-bundle", arm -> count(arm, "crossConversions"))
            .add("returned", arm -> percent(arm, "returnedShare"))
            .add("dismissed", arm -> percent(arm, "dismissalRate"));

    private static final Columns<JsonNode> BUDGETS = new Columns<JsonNode>()
            .add("discounts of", budget -> budget.path("arm").asText("bundle " + text(budget, "bundleId")))
            .add("per day", budget -> amount(budget.path("perDay")))
            .add("carried", budget -> amount(budget.path("carried")))
            .add("spent today", budget -> amount(budget.path("spent")))
            .add("reserved", budget -> amount(budget.path("reserved")))
            .add("left", budget -> amount(budget.path("left")))
            .add(
                    "nearly spent at",
                    budget -> budget.path("spentAt").isNumber() ? QueryClient.time(budget, "spentAt") : "-");

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
    private QueryOptions query;

    @Override
    protected boolean run(PrintWriter out) throws InterruptedException {
        QueryClient client = new QueryClient(query);
        ObjectNode answer = (ObjectNode) client.get("/v1/reports/conversions?limit=1000&window=" + window.name());
        QueryClient.Reply reply = client.send("GET", "/v1/strategy/budgets", null, "");
        // An instance of the version before does not know them, during a rolling upgrade.
        JsonNode budgets = reply.status() == HttpStatus.NOT_FOUND_404
                ? answer.arrayNode()
                : client.expect(reply).path("budgets");
        if (query.json) {
            out.println(answer.set("budgets", budgets).toPrettyString());
            return true;
        }
        print(out, answer.path("reports"));
        if (!budgets.isEmpty()) {
            out.println(System.lineSeparator()
                    + "Discount budgets of the active strategy; a discount larger than what is left is not offered");
            out.print(BUDGETS.text(budgets));
        }
        return true;
    }

    private void print(PrintWriter out, JsonNode reports) {
        boolean none = true;
        for (JsonNode report : reports) {
            if (!text(report, "window").equals(window.name())) {
                continue;
            }
            out.println((none ? "" : System.lineSeparator()) + "Experiment "
                    + text(report, "experiment") + ", " + when(report) + ", up to "
                    + QueryClient.time(report, "lastEventTime"));
            if (report.path("advice").isObject()) {
                out.println("Now: " + text(report.path("advice"), "sentence") + ".");
            }
            out.print(EARNED.text(report.path("arms")));
            out.println();
            out.print(ENGAGEMENT.text(report.path("arms")));
            printPlacements(out, report.path("arms"));
            out.print(ComparisonText.of(report));
            none = false;
        }
        if (none) {
            out.println("No offer was made yet, so there is nothing to report. Users are assigned to arms when they do"
                    + " something: past orders that were loaded are no experiment.");
        }
    }

    private String when(JsonNode report) {
        String start = QueryClient.time(report, "windowStart");
        return window == Window.TOTAL ? "since the start" : window.name().toLowerCase(Locale.ROOT) + " from " + start;
    }

    private static void printPlacements(PrintWriter out, JsonNode arms) {
        TextTable table =
                new TextTable("arm", "placement", "offers", "seen", "clicks", "dismissed", "bought", "attributed");
        for (JsonNode arm : arms) {
            for (JsonNode placement : arm.path("placements")) {
                table.row(
                        text(arm, "arm"),
                        text(placement, "placement"),
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
        return Figures.count(arm.path(field).asLong());
    }

    private static String percent(JsonNode arm, String field) {
        return Figures.percent(arm.path(field).asDouble());
    }

    /** Formats one amount of an arm in each currency that it has. */
    private static String money(JsonNode arm, String field) {
        return arm.path("amounts")
                .valueStream()
                .filter(amount -> amount.path(field).isNumber())
                .map(amount -> Figures.money(Math.round(amount.path(field).asDouble()), text(amount, "currency")))
                .collect(Collectors.joining(", "));
    }

    private static String amount(JsonNode money) {
        return Figures.money(money.path("amountMinor").asLong(), text(money, "currency"));
    }

    private static String attributed(JsonNode placement) {
        return placement
                .path("attributedMinor")
                .propertyStream()
                .map(amount -> Figures.money(amount.getValue().asLong(), amount.getKey()))
                .collect(Collectors.joining(", "));
    }
}
