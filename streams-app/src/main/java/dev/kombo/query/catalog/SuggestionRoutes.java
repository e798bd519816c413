package dev.kombo.query.catalog;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.kombo.catalog.Bundle;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.config.Topic;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MinedBundles;
import dev.kombo.learning.mining.MinedSlot;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.MemberView;
import dev.kombo.query.source.Money;
import dev.kombo.query.source.QuerySources;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.schema.SuggestionVerdict;
import dev.kombo.serde.CatalogMapper;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpStatus;

/** Endpoints to review mined bundles that await approval. */
public final class SuggestionRoutes {
    private static final String AREA = "Suggestions";
    private static final int STANDARD_LIST = 50;
    private static final int LONGEST_LIST = 500;

    private final QuerySources sources;

    public SuggestionRoutes(QuerySources sources) {
        this.sources = sources;
    }

    public List<Endpoint> endpoints() {
        Parameter bundle = Parameter.id("id", "Id of the suggested bundle.");
        return List.of(
                Endpoint.of(Method.GET, "/v1/suggestions", AREA, "suggestions")
                        .summary("Mined bundles that are neither decided on nor in the catalogue, strongest first: by"
                                + " support times the logarithm of the lift.")
                        .takes(EndpointHelpers.limit(LONGEST_LIST, STANDARD_LIST), EndpointHelpers.after())
                        .answers(BodySchema.of(SuggestionsView.class))
                        .by(this::list),
                Endpoint.of(Method.POST, "/v1/suggestions/{id}/approve", AREA, "approveSuggestion")
                        .summary("Adds a suggested bundle to the catalogue, at the suggested price.")
                        .role(Role.ADMIN)
                        .takes(bundle)
                        .accepts(BodySchema.of(DecisionView.class))
                        .problems(HttpStatus.NOT_FOUND_404, HttpStatus.CONFLICT_409)
                        .by(this::approve),
                Endpoint.of(Method.POST, "/v1/suggestions/{id}/reject", AREA, "rejectSuggestion")
                        .summary("Removes a suggested bundle from the list; it can still be approved later.")
                        .role(Role.ADMIN)
                        .takes(bundle)
                        .accepts(BodySchema.of(DecisionView.class))
                        .problems(HttpStatus.NOT_FOUND_404, HttpStatus.CONFLICT_409)
                        .by(this::reject));
    }

    /** Suggestions. */
    record SuggestionsView(
            List<SuggestionView> suggestions,

            @Described(value = "pass as after to get the next page; null: this is the last page", nullable = true)
            String next) {}

    /** A mined bundle. */
    record SuggestionView(
            String bundleId,
            List<MemberView> members,

            @Described(
                    value = "a place besides the members that one of several items fills; null: none",
                    nullable = true)
            SlotView slot,

            @JsonUnwrapped EvidenceView evidence,

            @Described(value = "with a slot, of the bundle with its first item; null: no price", nullable = true)
            Money price,

            @Described(value = "likewise", nullable = true) Money listPrice,
            @Described("epoch milliseconds of events") long suggestedAt) {}

    /** Interchangeable items, of which a bundle has one. */
    record SlotView(
            @Described("the category of the items; choice where they have none in common")
            String name,

            @Described("strongest first") List<MemberView> items,

            @Described("closed orders with the bundle's item and two of them, partly estimated")
            long togetherOrders) {}

    /** A decision that was published. */
    record DecisionView(String bundleId, SuggestionVerdict verdict) {}

    private SuggestionIndex index() {
        sources.requireInformed();
        return sources.models().suggestions();
    }

    private ApiResponse list(Request request) {
        SuggestionIndex.Page page = index().open(
                        placeOf(EndpointHelpers.placeAfter(request)),
                        request.number("limit", STANDARD_LIST),
                        bundle -> MinedBundles.isInCatalog(bundle, sources.catalog()));
        return ApiResponse.ok(new SuggestionsView(
                page.suggestions().stream().map(this::view).toList(), page.last() == null ? null : token(page.last())));
    }

    private SuggestionView view(Suggestion suggestion) {
        MinedBundle bundle = suggestion.bundle();
        MinedSlot slot = bundle.slot();
        Bundle offered = MinedBundles.offered(bundle, sources.catalog(), suggestion.suggestedAt());
        return new SuggestionView(
                bundle.id(),
                views(bundle.members()),
                slot == null ? null : new SlotView(slot.name(), views(slot.items()), slot.togetherOrders()),
                EvidenceView.of(bundle),
                Money.orNull(offered.priceMinor(), bundle.currency()),
                Money.orNull(offered.listPriceMinor(), bundle.currency()),
                suggestion.suggestedAt());
    }

    private List<MemberView> views(List<String> items) {
        return items.stream()
                .map(item -> MemberView.of(sources.catalog(), item, 1))
                .toList();
    }

    private static String token(SuggestionIndex.Place place) {
        return EndpointHelpers.token(Double.toHexString(place.rank()) + " " + place.id());
    }

    /** Parses a position; null: from the beginning. */
    private static SuggestionIndex.Place placeOf(String text) {
        try {
            String[] parts = text.split(" ", 2);
            return text.isEmpty() ? null : new SuggestionIndex.Place(Double.parseDouble(parts[0]), parts[1]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw EndpointHelpers.badPlace();
        }
    }

    private ApiResponse approve(Request request) {
        Suggestion suggestion = suggestionOf(request);
        String id = suggestion.bundle().id();
        if (MinedBundles.isCurated(suggestion.bundle(), sources.catalog())) {
            throw ApiException.conflict("the catalogue has a bundle of the same items as " + id);
        }
        if (sources.catalog().bundle(id) == null) {
            // The bundle first: if the decision fails to follow, the list still leaves out what is in the catalogue.
            EndpointHelpers.await(sources.outbox()
                    .publish(
                            Topic.BUNDLE_CATALOG,
                            id,
                            CatalogMapper.BUNDLES.toAvro(MinedBundles.offered(
                                    suggestion.bundle(), sources.catalog(), suggestion.suggestedAt()))));
        }
        return decide(request, id, SuggestionVerdict.APPROVED);
    }

    private ApiResponse reject(Request request) {
        String id = suggestionOf(request).bundle().id();
        if (sources.catalog().bundle(id) != null || index().decision(id) == SuggestionIndex.Review.APPROVED) {
            throw ApiException.conflict("the bundle " + id + " is already in the catalogue, or about to be");
        }
        return decide(request, id, SuggestionVerdict.REJECTED);
    }

    private Suggestion suggestionOf(Request request) {
        String id = request.text("id");
        Suggestion suggestion = index().suggestion(id);
        if (suggestion == null) {
            throw ApiException.unknown("suggestion", id);
        }
        return suggestion;
    }

    private ApiResponse decide(Request request, String id, SuggestionVerdict verdict) {
        EndpointHelpers.await(decide(sources, id, verdict, request.client().name()));
        return ApiResponse.accepted(new DecisionView(id, verdict));
    }

    static CompletableFuture<Void> decide(QuerySources sources, String id, SuggestionVerdict verdict, String client) {
        SuggestionDecision decision =
                new SuggestionDecision(id, verdict, sources.clock().now(), client);
        return sources.outbox().publish(Topic.SUGGESTION_DECISION, id, decision);
    }
}
