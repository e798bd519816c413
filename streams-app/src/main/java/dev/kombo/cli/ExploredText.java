package dev.kombo.cli;

import static dev.kombo.cli.QueryClient.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats the explored part of an experiment's report for people: effects by part of the shoppers or of time, and
 * revenue as conversion times what is paid. None of it is a verdict.
 */
final class ExploredText {
    private static final Columns<JsonNode> EXPLORED = new Columns<JsonNode>()
            .add("explored, no verdict", ExploredText::part)
            .add("arm", effect -> text(effect.path("comparison"), "arm"))
            .add("reference", effect -> text(effect.path("comparison"), "reference"))
            .add("users", effect -> users(effect.path("comparison")))
            .add("effect", effect -> ComparisonText.effect(effect.path("comparison")));

    private static final Columns<JsonNode> PARTS = new Columns<JsonNode>()
            .add("arm", part -> text(part, "arm"))
            .add("ordered", part -> share(part, "conversion"))
            .add("each paid", part -> paid(part, "paidMinor"))
            .add("reference", part -> text(part, "reference"))
            .add("reference ordered", part -> share(part, "referenceConversion"))
            .add("each there paid", part -> paid(part, "referencePaidMinor"));

    private ExploredText() {}

    /**
     * Returns tables of the effects by part and of the two parts of revenue, and whether an effect changes with time.
     */
    static String of(JsonNode report) {
        StringBuilder text = new StringBuilder();
        List<JsonNode> effects = new ArrayList<>();
        for (JsonNode effect : report.path("explored")) {
            if (text(effect, "kind").equals("NOVELTY")) {
                text.append(novelty(effect.path("comparison")));
            } else {
                effects.add(effect);
            }
        }
        if (!effects.isEmpty()) {
            text.insert(0, System.lineSeparator() + EXPLORED.text(effects));
        }
        if (!report.path("parts").isEmpty()) {
            text.append(System.lineSeparator()).append(PARTS.text(report.path("parts")));
        }
        return text.toString();
    }

    private static String part(JsonNode effect) {
        String name = text(effect, "name");
        return switch (text(effect, "kind")) {
            case "DAYS" -> name.equals("1") ? "day 1" : "days " + name;
            case "WEEK" -> "assigned in the week of " + name;
            default -> name;
        };
    }

    private static String users(JsonNode comparison) {
        long users = comparison.path("users").asLong()
                + comparison.path("referenceUsers").asLong();
        return Figures.count(users);
    }

    private static String novelty(JsonNode comparison) {
        String found = switch (text(comparison, "verdict")) {
            case "WINNING" -> "grows";
            case "LOSING" -> "fades";
            default -> "is not known to change";
        };
        return Figures.text(
                "%nThe effect of %s against %s %s with time: days 15 to 28 less days 1 to 14, %s.%n",
                text(comparison, "arm"), text(comparison, "reference"), found, ComparisonText.effect(comparison));
    }

    private static String share(JsonNode part, String field) {
        return Figures.percent(part.path(field).asDouble());
    }

    private static String paid(JsonNode part, String field) {
        return Figures.money(Math.round(part.path(field).asDouble()), text(part, "currency"));
    }
}
