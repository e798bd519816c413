package dev.kombo.query.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleState;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.CatalogSearch;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.entity.Item;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.Money;
import dev.kombo.query.source.QuerySources;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.table.PriceTierText;
import dev.kombo.table.SlotText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;

/** Endpoints that search and change the catalogue: list, put, change and remove entries, and stop bundles. */
public final class CatalogEditRoutes {
    private static final String AREA = "Catalogue";
    private static final int STANDARD_LIST = 50;
    private static final int LONGEST_LIST = 1000;

    private final QuerySources sources;
    private final CatalogChangeRoutes<Bundle, dev.kombo.schema.Bundle> bundles;

    public CatalogEditRoutes(QuerySources sources) {
        this.sources = sources;
        bundles = new CatalogChangeRoutes<>(sources, CatalogKind.BUNDLE);
    }

    public List<Endpoint> endpoints() {
        Parameter query = Parameter.text("query", "Part of an id or title, ignoring case; default: all.");
        Parameter limit = EndpointHelpers.limit(LONGEST_LIST, STANDARD_LIST);
        List<Endpoint> endpoints = new ArrayList<>(List.of(
                Endpoint.of(Method.GET, "/v1/items", AREA, "items")
                        .summary("Items of the catalogue in the order of their ids, in the form that PUT accepts.")
                        .takes(query, limit, EndpointHelpers.after())
                        .answers(BodySchema.of(ItemsView.class))
                        .by(this::items),
                Endpoint.of(Method.GET, "/v1/bundles", AREA, "bundles")
                        .summary("Bundles of the catalogue in the order of their ids, in the form that PUT accepts,"
                                + " each with its state.")
                        .takes(
                                query,
                                Parameter.choice("state", states(), "State of the bundles; default: all."),
                                limit,
                                EndpointHelpers.after())
                        .answers(BodySchema.of(BundlesView.class))
                        .by(this::list),
                Endpoint.of(Method.POST, "/v1/bundles/{id}/stop", AREA, "stopBundle")
                        .summary("Stops a bundle: it is no longer offered, and open offers no longer show it. A"
                                + " purchase is still credited to an earlier offer. To resume, patch stoppedAt to"
                                + " null.")
                        .role(Role.ADMIN)
                        .takes(Parameter.id("id", "Bundle id."))
                        .accepts(BodySchema.of(dev.kombo.schema.Bundle.getClassSchema()))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::stop)));
        endpoints.addAll(new CatalogChangeRoutes<>(sources, CatalogKind.ITEM)
                .endpoints(
                        "Fields that are not sent get their defaults.",
                        "Bundles that contain it are no longer offered."));
        endpoints.addAll(bundles.endpoints(
                "Unless sent, currency, list price and margin are computed from its members, the price, too, if"
                        + " priceTiers state how it follows from theirs, and a stopped bundle stays stopped. Members,"
                        + " tiers and slots may be texts, as in a CSV file.",
                "It is not mined again; /stop is the temporary alternative."));
        return endpoints;
    }

    /** A page of items. */
    record ItemsView(
            @Described(avro = dev.kombo.schema.Item.class) List<JsonNode> items,

            @Described(value = "pass as after to get the next page; null: this is the last page", nullable = true)
            String next) {}

    /** A page of bundles. */
    record BundlesView(
            List<ListedBundle> bundles,

            @Described(value = "pass as after to get the next page; null: this is the last page", nullable = true)
            String next) {}

    /** A bundle with its state. */
    record ListedBundle(
            @Described(avro = dev.kombo.schema.Bundle.class) JsonNode bundle,

            @Described("whether it can be offered at the shop's current time, or why not")
            BundleState state,

            @Described(value = "total price of its members bought separately, as shown in offers", nullable = true)
            Money listPrice,

            @Described(value = "list price minus price, as shown in offers", nullable = true)
            Money saving,

            @Described(
                    value = "lowest price of the last 30 days, where it is below the list price: with"
                            + " kombo.rule.prior.price an offer tells its saving against it",
                    nullable = true)
            Money priorPrice,

            @Described("how its price follows from its members' prices, as in a CSV file; empty: it does not")
            List<String> priceTiers,

            @Described("places that each offer fills, as in a CSV file")
            List<String> slots,

            @Described(value = "why it was mined; null: it was not", nullable = true)
            EvidenceView evidence) {
        static ListedBundle of(BundleEntry entry, LiveModels models, long now) {
            JsonNode bundle = AvroJson.write(CatalogMapper.BUNDLES.toAvro(entry.catalogued()));
            return new ListedBundle(
                    bundle,
                    BundleState.of(entry, now),
                    Money.orNull(entry.listPriceMinor(), entry.bundle().currency()),
                    savingOf(entry),
                    priorPriceOf(entry, models.catalog(), now),
                    PriceTierText.of(bundle),
                    SlotText.of(bundle),
                    EvidenceView.orNull(models.suggestions(), entry.bundle().id()));
        }

        /** Returns the lowest price of 30 days; null where it is not below the list price. */
        private static Money priorPriceOf(BundleEntry entry, CatalogIndex catalog, long now) {
            Bundle bundle = entry.bundle();
            long lowest = catalog.prices().lowest(bundle.id(), bundle.members(), catalog::item, now, 0);
            return lowest < entry.listPriceMinor() ? Money.orNull(lowest, bundle.currency()) : null;
        }

        /** Returns the saving shown to a shopper; null if the list price is unknown. */
        private static Money savingOf(BundleEntry entry) {
            long listPrice = entry.listPriceMinor();
            return listPrice == Item.UNKNOWN
                    ? null
                    : Money.orNull(
                            Math.max(0, listPrice - entry.priceMinor()),
                            entry.bundle().currency());
        }
    }

    private static List<String> states() {
        return Arrays.stream(BundleState.values())
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Searches for one more entry than is shown, to know whether there is another page. */
    private CatalogSearch search(Request request) {
        sources.requireInformed();
        String query = request.text("query");
        return new CatalogSearch(
                sources.catalog(),
                query == null ? "" : query.strip(),
                EndpointHelpers.placeAfter(request),
                request.number("limit", STANDARD_LIST) + 1);
    }

    private ApiResponse items(Request request) {
        Page<JsonNode> page = Page.of(
                search(request).items(),
                request.number("limit", STANDARD_LIST),
                Item::id,
                item -> AvroJson.write(CatalogMapper.ITEMS.toAvro(item)),
                JsonNode::toString);
        return ApiResponse.ok(new ItemsView(page.entries(), page.next()));
    }

    private ApiResponse list(Request request) {
        String state = request.text("state");
        BundleState wanted = state == null ? null : BundleState.valueOf(state.toUpperCase(Locale.ROOT));
        long now = sources.shopTime();
        Page<ListedBundle> page = Page.of(
                search(request).bundles(entry -> wanted == null || BundleState.of(entry, now) == wanted),
                request.number("limit", STANDARD_LIST),
                entry -> entry.bundle().id(),
                entry -> ListedBundle.of(entry, sources.models(), now),
                listed -> listed.bundle().toString());
        return ApiResponse.ok(new BundlesView(page.entries(), page.next()));
    }

    /**
     * The entries that one response lists: as many as were asked for, unless they are large.
     *
     * @param next where the next page begins; null: this is the last page
     */
    private record Page<V>(List<V> entries, String next) {
        private static final int MOST_CHARACTERS = 1_000_000;

        static <T, V> Page<V> of(
                List<T> found, int most, Function<T, String> id, Function<T, V> view, Function<V, String> text) {
            List<V> entries = new ArrayList<>();
            int characters = 0;
            while (entries.size() < Math.min(most, found.size()) && characters < MOST_CHARACTERS) {
                V entry = view.apply(found.get(entries.size()));
                characters += text.apply(entry).length();
                entries.add(entry);
            }
            boolean last = entries.size() == found.size();
            return new Page<>(entries, last ? null : EndpointHelpers.token(id.apply(found.get(entries.size() - 1))));
        }
    }

    private ApiResponse stop(Request request) {
        sources.requireInformed();
        String id = request.text("id");
        return bundles.published(
                id, () -> bundles.known(id).stop(sources.clock().now()));
    }
}
