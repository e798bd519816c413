package dev.kombo.cli;

import static dev.kombo.cli.QueryClient.joined;
import static dev.kombo.cli.QueryClient.text;
import static dev.kombo.cli.QueryClient.time;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.console.Columns;
import dev.kombo.console.Figures;

/**
 * Formats the comparisons in an experiment's report for people: verdicts, sample ratio, guardrails, and what Kombo
 * changed.
 */
final class ComparisonText {
    private static final String BROKEN = "sample ratio mismatch: cannot be compared";

    private static final Columns<JsonNode> COMPARED = new Columns<JsonNode>()
            .add("measure per user", comparison -> text(comparison, "measure"))
            .add("arm", comparison -> text(comparison, "arm"))
            .add("mean", comparison -> mean(comparison, "mean"))
            .add("reference", comparison -> text(comparison, "reference"))
            .add("reference mean", comparison -> mean(comparison, "referenceMean"))
            .add("verdict", ComparisonText::verdict);

    private static final Columns<JsonNode> GUARDED = new Columns<JsonNode>()
            .add("guardrail", guardrail -> text(guardrail, "measure"))
            .add("arm", guardrail -> text(guardrail, "arm"))
            .add("control", guardrail -> text(guardrail, "control"))
            .add("margin", guardrail -> percent(guardrail.path("margin")).substring(1))
            .add("change", guardrail -> known(guardrail, "change"))
            .add("at least", guardrail -> known(guardrail, "bound"))
            .add("action", guardrail -> text(guardrail, "action"))
            .add("", guardrail -> guardrail.path("crossed").asBoolean() ? "crossed" : "");

    private static final Columns<JsonNode> PLANNED = new Columns<JsonNode>()
            .add("to see an effect of", planned -> percent(planned.path("effect")))
            .add("users", planned -> planned.path("users").isNumber() ? count(planned, "users") : "never")
            .add("days from now", planned -> planned.path("days").isNumber() ? count(planned, "days") : "");

    private ComparisonText() {}

    /**
     * Returns the comparisons of a report, the check of the sample ratio, guardrails and the latest change by Kombo;
     * empty if the report has none.
     */
    static String of(JsonNode report) {
        StringBuilder text = new StringBuilder();
        JsonNode comparisons = report.path("comparisons");
        if (!comparisons.isEmpty()) {
            text.append(System.lineSeparator()).append(COMPARED.text(comparisons));
        }
        for (JsonNode comparison : comparisons) {
            boolean decides = !text(comparison, "role").equals("EXPLORATORY");
            if (decides && comparison.path("prior").isNumber()) {
                text.append(System.lineSeparator()).append(prior(comparison)).append(System.lineSeparator());
            }
        }
        JsonNode ratio = report.path("sampleRatio");
        if (ratio.isObject()) {
            text.append(System.lineSeparator()).append(shares(ratio)).append(System.lineSeparator());
        }
        JsonNode plan = report.path("plan");
        if (!plan.isEmpty()) {
            text.append(System.lineSeparator()).append(PLANNED.text(plan));
        }
        JsonNode guardrails = report.path("guardrails");
        if (!guardrails.isEmpty()) {
            text.append(System.lineSeparator()).append(GUARDED.text(guardrails));
        }
        for (JsonNode crossing : report.path("crossings")) {
            text.append(System.lineSeparator()).append(crossed(crossing)).append(System.lineSeparator());
        }
        JsonNode move = report.path("lastMove");
        if (move.isObject()) {
            text.append(System.lineSeparator()).append(moved(move)).append(System.lineSeparator());
        }
        return text.toString();
    }

    /** Returns one sentence about one comparison. */
    static String verdict(JsonNode comparison) {
        boolean end = text(comparison, "spending").equals("AT_END");
        String at = end ? " at the planned end: " : ": ";
        return switch (text(comparison, "verdict")) {
            case "WINNING" -> "winning" + at + effect(comparison) + users(comparison);
            case "LOSING" -> "losing" + at + effect(comparison) + users(comparison);
            case "UNDECIDED" ->
                "undecided" + at + (end ? "" : more(comparison) + "; ") + effect(comparison) + users(comparison);
            case "EXPLORATORY" -> "explored, no verdict: " + effect(comparison) + users(comparison);
            case "TOO_EARLY" -> tooEarly(comparison);
            case "BROKEN" -> BROKEN;
            default -> "unknown to this version";
        };
    }

    /** Returns a sentence about the difference of two arms before assignment, where there can be none but by chance. */
    private static String prior(JsonNode comparison) {
        String arms = text(comparison, "arm") + " and " + text(comparison, "reference");
        String found = text(comparison, "measure") + " " + percent(comparison.path("prior")) + ", between "
                + percent(comparison.path("priorLow")) + " and " + percent(comparison.path("priorHigh"));
        boolean alike = comparison.path("priorLow").asDouble() <= 0
                && comparison.path("priorHigh").asDouble() >= 0;
        return alike
                ? "Before assignment, users of " + arms + " were alike: expected " + found + "."
                : "Before assignment, users of " + arms + " were not alike: expected " + found
                        + ". Find out why before you act on their comparison.";
    }

    private static String tooEarly(JsonNode comparison) {
        long users = comparison.path("users").asLong();
        long reference = comparison.path("referenceUsers").asLong();
        String arm = comparison.path(users < reference ? "arm" : "reference").asText();
        return Figures.text(
                "too early: %,d of %,d users in arm %s",
                Math.min(users, reference), comparison.path("burnIn").asLong(), arm);
    }

    private static String more(JsonNode comparison) {
        JsonNode more = comparison.path("moreUsers");
        return more.isNumber() ? Figures.text("about %,d more users needed", more.asLong()) : "no end in sight";
    }

    /** Returns the difference, and the relative difference if the reference's mean is known well enough. */
    static String effect(JsonNode comparison) {
        String currency = comparison.path("currency").asText(null);
        String difference = difference(comparison.path("difference"), currency) + ", between "
                + difference(comparison.path("differenceLow"), currency) + " and "
                + difference(comparison.path("differenceHigh"), currency);
        if (!comparison.path("relative").isNumber()) {
            return difference;
        }
        return percent(comparison.path("relative")) + ", between " + percent(comparison.path("relativeLow")) + " and "
                + percent(comparison.path("relativeHigh")) + " (" + difference + ")";
    }

    private static String users(JsonNode comparison) {
        return Figures.text(
                ", after %,d and %,d users",
                comparison.path("users").asLong(),
                comparison.path("referenceUsers").asLong());
    }

    private static String mean(JsonNode comparison, String field) {
        JsonNode amount = comparison.path(field);
        if (!amount.isNumber()) {
            return "";
        }
        return comparison.path("currency").isTextual()
                ? Figures.money(Math.round(amount.asDouble()), text(comparison, "currency"))
                : Figures.percent(amount.asDouble());
    }

    private static String difference(JsonNode amount, String currency) {
        if (currency == null) {
            return Figures.text("%+.2f points", 100 * amount.asDouble());
        }
        long minor = Math.round(amount.asDouble());
        return (minor > 0 ? "+" : "") + Figures.money(minor, currency);
    }

    private static String percent(JsonNode part) {
        return Figures.text("%+.1f %%", 100 * part.asDouble());
    }

    private static String count(JsonNode planned, String field) {
        return Figures.count(planned.path(field).asLong());
    }

    private static String known(JsonNode guardrail, String field) {
        return guardrail.path(field).isNumber() ? percent(guardrail.path(field)) : "";
    }

    private static String crossed(JsonNode crossing) {
        return "Guardrail crossed at " + time(crossing, "time") + ", "
                + text(crossing, "action") + " with version "
                + crossing.path("version").asLong() + ": "
                + text(crossing, "reason") + ".";
    }

    private static String moved(JsonNode move) {
        if (move.path("reason").isTextual()) {
            return "Kombo changed the strategy with version "
                    + move.path("version").asLong() + " at " + time(move, "time") + ", "
                    + text(move, "kind") + ": " + text(move, "reason") + ".";
        }
        return "Shares of new users moved with version " + move.path("version").asLong() + " at " + time(move, "time")
                + ": " + joined(move.path("arms"), ComparisonText::movedArm) + ".";
    }

    private static String movedArm(JsonNode arm) {
        return Figures.text(
                "%s to %.1f %% (best with a probability of %.1f %%)",
                text(arm, "arm"),
                100 * arm.path("share").asDouble(),
                100 * arm.path("probabilityBest").asDouble());
    }

    private static String shares(JsonNode ratio) {
        String odds = Figures.text("p = %.3g", ratio.path("pValue").asDouble());
        return ratio.path("fits").asBoolean()
                ? "Users were assigned in the planned shares (" + odds + ")."
                : "Users were not assigned in the planned shares (" + odds + "): "
                        + joined(ratio.path("arms"), ComparisonText::mismatch) + ".";
    }

    private static String mismatch(JsonNode arm) {
        return Figures.text(
                "%s (version %d) %,d instead of %,.0f",
                text(arm, "arm"),
                arm.path("strategyVersion").asLong(),
                arm.path("entered").asLong(),
                arm.path("expected").asDouble());
    }
}
