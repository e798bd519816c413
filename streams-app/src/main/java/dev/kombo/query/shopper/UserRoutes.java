package dev.kombo.query.shopper;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferPreview;
import dev.kombo.profile.ShopperKey;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.QuerySources;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.serde.OfferJson;
import dev.kombo.serde.OfferMapper;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/** Endpoints about shoppers: profile, offers, explanations and erasure. */
public final class UserRoutes {
    private static final String AREA = "Users";
    private static final int LARGEST_SLATE = 100;

    private final QuerySources sources;
    private final Shoppers shoppers;
    private final Previews previews;

    public UserRoutes(QuerySources sources, Shoppers shoppers, Previews previews) {
        this.sources = sources;
        this.shoppers = shoppers;
        this.previews = previews;
    }

    public List<Endpoint> endpoints() {
        Parameter user = Parameter.id("id", "User id, or session id.");
        return List.of(
                Endpoint.of(Method.GET, "/v1/users/{id}/profile", AREA, "userProfile")
                        .summary("Profile of a shopper: counts, spending, interests, cart, purchases, holdings, offers,"
                                + " arm.")
                        .takes(user, EndpointHelpers.SESSION)
                        .answers(BodySchema.of(ProfileView.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::profile),
                Endpoint.of(Method.GET, "/v1/users/{id}/offers", AREA, "userOffers")
                        .summary("The latest offer with valid prices; if there is none, a preview of what would be"
                                + " offered, which is not recorded. To request an offer, publish an event of the"
                                + " type OFFER_REQUEST.")
                        .takes(
                                user,
                                EndpointHelpers.SESSION,
                                EndpointHelpers.PLACEMENT,
                                Parameter.whole(
                                        "n",
                                        1,
                                        LARGEST_SLATE,
                                        "Maximum number of bundles; default: all of an offer, kombo.offer.size for a"
                                                + " preview."),
                                EndpointHelpers.AT)
                        .answers(BodySchema.of(OffersView.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::offers),
                Endpoint.of(Method.DELETE, "/v1/users/{id}", AREA, "eraseUser")
                        .summary("Erases a user and the user's recent sessions, or a visitor: publishes an erasure"
                                + " request. Records already published stay until their retention ends.")
                        .role(Role.ADMIN)
                        .takes(user, EndpointHelpers.SESSION)
                        .accepts(BodySchema.of(ErasureView.class))
                        .by(this::erase),
                Endpoint.of(Method.GET, "/v1/explain", "Users", "explain")
                        .summary("Why a bundle is or is not offered to a shopper: the rule that excludes it, each"
                                + " signal's value and contribution, its rank, and how its slots are filled.")
                        .takes(
                                Parameter.text("user", "User id, or session id.")
                                        .asNeeded(),
                                Parameter.text("bundle", "Bundle id.").asNeeded(),
                                EndpointHelpers.SESSION,
                                EndpointHelpers.PLACEMENT,
                                EndpointHelpers.AT)
                        .answers(BodySchema.of(ExplanationView.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::explain));
    }

    /** An erasure that was requested. */
    record ErasureView(
            @Described("empty for a visitor") String userId,
            @Described(nullable = true) String sessionId,
            long requestedAt) {}

    private ApiResponse profile(Request request) {
        CatalogIndex catalog = sources.catalog();
        return shoppers.answer(
                request, request.text("id"), request.flag("session"), found -> ProfileView.of(found, catalog));
    }

    private ApiResponse offers(Request request) {
        return shoppers.answer(request, request.text("id"), request.flag("session"), found -> offersOf(request, found));
    }

    private OffersView offersOf(Request request, Shoppers.Found found) {
        long asOf = shoppers.momentOf(request, found);
        int most = request.number("n", LARGEST_SLATE);
        ShownOffer shown = ShownOffer.of(found, asOf, request.text("placement"), most, sources);
        if (shown != null) {
            return OffersView.of(found, asOf, shown, null, null);
        }
        sources.requireInformed();
        OfferPreview.PreviewRequest previewRequest = previewRequest(request, found, asOf);
        OfferPreview.Preview preview = previews.ask(ranker -> ranker.of(previewRequest));
        if (preview.slate().bundles().isEmpty()) {
            return OffersView.of(found, asOf, null, null, preview.slate().emptyReason());
        }
        BundleOffer offer = OfferMapper.toAvro(ShopperKey.shopper(found.key()), previewRequest, preview);
        offer.setDisplay(OfferMapper.display(offer, sources.catalog()));
        return OffersView.of(found, asOf, null, OfferJson.preview(offer), null);
    }

    /** Returns the request for an offer made now. */
    private OfferPreview.PreviewRequest previewRequest(Request request, Shoppers.Found found, long asOf) {
        String placement = request.text("placement");
        return new OfferPreview.PreviewRequest(
                found.key(),
                found.shopper(),
                placement == null ? sources.settings().offers().placement() : placement,
                asOf,
                request.number("n", sources.settings().offers().size()));
    }

    private ApiResponse explain(Request request) {
        String user = request.text("user");
        String bundle = request.text("bundle");
        sources.requireInformed();
        CatalogIndex catalog = sources.catalog();
        if (catalog.bundleOrdinal(bundle) == CatalogIndex.UNKNOWN) {
            throw ApiException.unknown("bundle", bundle);
        }
        return shoppers.answer(request, user, request.flag("session"), found -> {
            long asOf = shoppers.momentOf(request, found);
            OfferPreview.PreviewRequest previewRequest = previewRequest(request, found, asOf);
            return ExplanationView.of(
                    found,
                    previewRequest,
                    bundle,
                    previews.ask(ranker -> ranker.explain(previewRequest, bundle)),
                    catalog);
        });
    }

    private ApiResponse erase(Request request) {
        String id = request.text("id");
        int longest = sources.settings().rules().maxIdLength();
        if (id.isBlank() || id.length() > longest) {
            throw ApiException.badField("id", "an id has 1 to " + longest + " characters");
        }
        long now = sources.clock().now();
        ErasureRequest erasure =
                request.flag("session") ? new ErasureRequest("", now, id) : new ErasureRequest(id, now, null);
        EndpointHelpers.await(sources.outbox().publish(Topic.ERASURE_REQUEST, id, erasure));
        return ApiResponse.accepted(new ErasureView(erasure.getUserId(), erasure.getSessionId(), now));
    }
}
