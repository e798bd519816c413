package dev.kombo.cli;

import static dev.kombo.cli.QueryClient.joined;
import static dev.kombo.cli.QueryClient.text;
import static dev.kombo.cli.QueryClient.time;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.catalog.Bundle;
import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.QueryOptions;
import dev.kombo.console.TextTable;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a shopper's current offer and profile. */
@Command(name = "offers", description = "Shows a shopper's open offer and profile.")
final class OffersCommand extends PrintingCommand {
    @Parameters(paramLabel = "USER", description = "User id.")
    private String user;

    @Option(names = "--session", description = "The id is a session's.")
    private boolean session;

    @Mixin
    private QueryOptions query;

    @Override
    protected boolean run(PrintWriter out) throws InterruptedException {
        QueryClient client = new QueryClient(query);
        String path = "/v1/users/" + QueryClient.path(user);
        String parameters = session ? "?session=true" : "";
        JsonNode offers = client.get(path + "/offers" + parameters);
        if (query.json) {
            out.println(offers.toPrettyString());
        } else {
            printProfile(out, client.get(path + "/profile" + parameters));
            printOffers(out, offers);
        }
        return true;
    }

    private static void printProfile(PrintWriter out, JsonNode profile) {
        out.println((profile.path("session").asBoolean() ? "Session " : "User ")
                + text(profile, "id")
                + (profile.path("robot").asBoolean() ? ", flagged as a robot" : ""));
        out.println("  seen        " + time(profile, "firstSeen") + " to " + time(profile, "lastSeen"));
        String events = profile.path("events")
                .propertyStream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
        out.println("  events      " + orNone(events));
        out.println("  spent       " + orNone(joined(profile.path("spend"), OffersCommand::money)));
        out.println("  categories  " + orNone(joined(profile.path("categories"), one -> text(one, "category"))));
        out.println("  cart        " + orNone(joined(profile.path("cart"), OffersCommand::units)));
        out.println("  arm         " + profile.path("enrollment").path("arm").asText("none yet"));
        out.println();
    }

    private static void printOffers(PrintWriter out, JsonNode offers) {
        JsonNode offer = offers.path("offer");
        if (offer.isObject()) {
            out.println("Offer " + text(offer, "offerId") + ", placement "
                    + text(offer, "placement") + ", arm "
                    + text(offer, "arm") + ", valid until "
                    + time(offer, "expiresAt"));
            out.print(positions(offer));
        } else if (offers.path("preview").isObject()) {
            out.println("No open offer. This would be offered now; it is not recorded.");
            out.print(positions(offers.path("preview")));
        } else {
            out.println("No open offer. Nothing would be offered now: " + text(offers, "reason") + ".");
        }
    }

    private static TextTable positions(JsonNode offer) {
        Columns<JsonNode> columns = new Columns<JsonNode>()
                .add("rank", bundle -> text(bundle, "rank"))
                .add("bundle", bundle -> text(bundle, "bundleId"))
                .add(
                        "title",
                        bundle -> offer.path("display")
                                .path("titles")
                                .path(text(bundle, "bundleId"))
                                .asText(""));
        if (!offer.findValuesAsText("currency").stream().allMatch(Bundle.NO_CURRENCY::equals)) {
            columns.add("price", bundle -> amount(bundle, "priceMinor"))
                    .add("saving", bundle -> amount(bundle, "savingMinor"));
        }
        return columns.add("members", bundle -> joined(bundle.path("members"), OffersCommand::units))
                .text(offer.path("bundles"));
    }

    private static String amount(JsonNode bundle, String field) {
        String currency = text(bundle, "currency");
        return currency.equals(Bundle.NO_CURRENCY)
                ? ""
                : Figures.money(bundle.path(field).asLong(), currency);
    }

    private static String orNone(String words) {
        return words.isEmpty() ? "none" : words;
    }

    private static String units(JsonNode line) {
        return text(line, "quantity") + " x " + text(line, "itemId");
    }

    private static String money(JsonNode amount) {
        return Figures.money(amount.path("amountMinor").asLong(), text(amount, "currency"));
    }
}
