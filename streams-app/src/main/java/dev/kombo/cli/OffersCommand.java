package dev.kombo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.catalog.Bundle;
import dev.kombo.console.MoneyText;
import dev.kombo.console.QueryOptions;
import dev.kombo.console.TextTable;
import dev.kombo.instance.CommandContext;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a shopper's current offer and profile. */
@Command(name = "offers", description = "Shows a shopper's open offer and profile.")
final class OffersCommand implements Callable<Integer> {
    @Parameters(paramLabel = "USER", description = "User id.")
    private String user;

    @Option(names = "--session", description = "The id is a session's.")
    private boolean session;

    @Mixin
    private final QueryOptions query = new QueryOptions();

    @Spec
    private CommandSpec spec;

    private final CommandContext wiring;

    OffersCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() throws InterruptedException {
        QueryClient client = new QueryClient(query.url, wiring.environment().get(QueryOptions.TOKEN));
        String path = "/v1/users/" + QueryClient.path(user);
        String parameters = session ? "?session=true" : "";
        JsonNode offers = client.get(path + "/offers" + parameters);
        PrintWriter out = spec.commandLine().getOut();
        if (query.json) {
            out.println(offers.toPrettyString());
        } else {
            printProfile(out, client.get(path + "/profile" + parameters));
            printOffers(out, offers);
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void printProfile(PrintWriter out, JsonNode profile) {
        List<String> events = new ArrayList<>();
        profile.path("events").properties().forEach(count -> events.add(count.getKey() + " " + count.getValue()));
        List<String> spend = new ArrayList<>();
        profile.path("spend").forEach(amount -> spend.add(money(amount)));
        List<String> categories = new ArrayList<>();
        profile.path("categories")
                .forEach(one -> categories.add(one.path("category").asText()));
        List<String> cart = new ArrayList<>();
        profile.path("cart")
                .forEach(line -> cart.add(line.path("quantity").asText() + " x "
                        + line.path("itemId").asText()));
        String arm = profile.path("enrollment").path("arm").asText("none yet");
        out.println((profile.path("session").asBoolean() ? "Session " : "User ")
                + profile.path("id").asText()
                + (profile.path("robot").asBoolean() ? ", flagged as a robot" : ""));
        out.println("  seen        " + time(profile.path("firstSeen")) + " to " + time(profile.path("lastSeen")));
        out.println("  events      " + orNone(events));
        out.println("  spent       " + orNone(spend));
        out.println("  categories  " + orNone(categories));
        out.println("  cart        " + orNone(cart));
        out.println("  arm         " + arm);
        out.println();
    }

    private static void printOffers(PrintWriter out, JsonNode offers) {
        JsonNode offer = offers.path("offer");
        if (offer.isObject()) {
            out.println("Offer " + offer.path("offerId").asText() + ", placement "
                    + offer.path("placement").asText() + ", arm "
                    + offer.path("arm").asText() + ", valid until "
                    + time(offer.path("expiresAt")));
            out.print(positions(offer));
        } else if (offers.path("preview").isObject()) {
            out.println("No open offer. This would be offered now; it is not recorded.");
            out.print(positions(offers.path("preview")));
        } else {
            out.println("No open offer. Nothing would be offered now: "
                    + offers.path("reason").asText() + ".");
        }
    }

    private static TextTable positions(JsonNode offer) {
        List<String> header = new ArrayList<>(List.of("rank", "bundle", "title", "price", "saving", "members"));
        boolean priced = !offer.findValuesAsText("currency").stream().allMatch(Bundle.NO_CURRENCY::equals);
        if (!priced) {
            header.removeAll(List.of("price", "saving"));
        }
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (JsonNode bundle : offer.path("bundles")) {
            List<String> members = new ArrayList<>();
            bundle.path("members")
                    .forEach(member -> members.add(member.path("quantity").asText() + " x "
                            + member.path("itemId").asText()));
            String id = bundle.path("bundleId").asText();
            List<String> row = new ArrayList<>(List.of(
                    bundle.path("rank").asText(),
                    id,
                    offer.path("display").path("titles").path(id).asText("")));
            if (priced) {
                row.addAll(List.of(amount(bundle, "priceMinor"), amount(bundle, "savingMinor")));
            }
            row.add(String.join(", ", members));
            table.row((Object[]) row.toArray(String[]::new));
        }
        return table;
    }

    private static String amount(JsonNode bundle, String field) {
        String currency = bundle.path("currency").asText();
        return currency.equals(Bundle.NO_CURRENCY)
                ? ""
                : MoneyText.of(bundle.path(field).asLong(), currency);
    }

    private static String orNone(List<String> words) {
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static String time(JsonNode millis) {
        return Instant.ofEpochMilli(millis.asLong()).toString();
    }

    private static String money(JsonNode amount) {
        return MoneyText.of(
                amount.path("amountMinor").asLong(), amount.path("currency").asText());
    }
}
