package dev.kombo.query.catalog;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleState;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.ApiSettings;
import dev.kombo.learning.mining.MinedBundles;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.QuerySources;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The endpoint that sums up what a shop has to offer, for the first view of the operators' page. */
public final class OverviewRoutes {
    private static final int STRONGEST = 5;
    private static final int MOST_WAITING = 10_000;

    private final QuerySources sources;

    public OverviewRoutes(QuerySources sources) {
        this.sources = sources;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(Method.GET, "/v1/overview", "Catalogue", "overview")
                .summary(
                        "What there is to offer: bundles by state, those found in orders, those that await a decision.")
                .answers(BodySchema.of(OverviewView.class))
                .by(this::overview));
    }

    /** What there is to offer. */
    record OverviewView(
            @Described("notice to whoever looks at the page, kombo.api.page.notice; empty: none")
            String notice,

            @Described("closed orders learned from") long orders,
            int items,
            @Described("bundles in the catalogue, by state") Map<BundleState, Integer> bundles,

            @Described("bundles in the catalogue that were found in orders")
            int mined,

            @Described("bundles found in orders that await a decision, at most 10,000")
            int waiting,

            @Described("the five of the bundles found in orders and offered with the strongest evidence")
            List<CatalogEditRoutes.ListedBundle> strongest) {}

    private ApiResponse overview(Request request) {
        sources.requireInformed();
        CatalogIndex catalog = sources.catalog();
        SuggestionIndex suggestions = sources.models().suggestions();
        long now = sources.shopTime();
        Map<BundleState, Integer> states = new EnumMap<>(BundleState.class);
        IdentityHashMap<BundleEntry, Double> offered = new IdentityHashMap<>();
        int mined = 0;
        for (int ordinal = 0; ordinal < catalog.bundleCount(); ordinal++) {
            BundleEntry entry = catalog.bundle(ordinal);
            if (entry == null) {
                continue;
            }
            BundleState state = BundleState.of(entry, now);
            states.merge(state, 1, Integer::sum);
            SuggestionIndex.Suggestion found =
                    suggestions.suggestion(entry.bundle().id());
            if (found != null) {
                mined++;
                if (state == BundleState.OFFERED) {
                    offered.put(entry, found.rank());
                }
            }
        }
        return ApiResponse.ok(new OverviewView(
                sources.settings().get(ApiSettings.PAGE_NOTICE),
                catalog.orders(),
                catalog.itemCount(),
                states,
                mined,
                suggestions
                        .open(null, MOST_WAITING, bundle -> MinedBundles.isInCatalog(bundle, catalog))
                        .suggestions()
                        .size(),
                offered.entrySet().stream()
                        .sorted(Map.Entry.<BundleEntry, Double>comparingByValue()
                                .reversed())
                        .limit(STRONGEST)
                        .map(one -> CatalogEditRoutes.ListedBundle.of(one.getKey(), sources.models(), now))
                        .toList()));
    }
}
