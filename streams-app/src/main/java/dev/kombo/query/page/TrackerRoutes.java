package dev.kombo.query.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.config.Hmac;
import dev.kombo.config.TrackerSettings;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import dev.kombo.query.shopper.EventRoutes;
import dev.kombo.query.shopper.Shoppers;
import dev.kombo.query.shopper.ShownOffer;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.JsonBody;
import dev.kombo.query.source.QuerySources;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.OfferJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/** Endpoints for the shop's pages: send what their visitor does, and read what that visitor is offered. */
public final class TrackerRoutes {
    private static final String AREA = "Tracker";
    private static final int MOST_EVENTS = 100;
    private static final int MOST_UNITS = 1_000;
    private static final int LARGEST_SLATE = 100;
    private static final String PAGE = "web:";
    private static final int HASH_BYTES = 16;

    private final QuerySources sources;
    private final Shoppers shoppers;
    private final EventRoutes events;
    private final TrackerGate gate;

    public TrackerRoutes(QuerySources sources, Shoppers shoppers, EventRoutes events) {
        this.sources = sources;
        this.shoppers = shoppers;
        this.events = events;
        this.gate = sources == null ? null : new TrackerGate(sources);
    }

    /** The results of sent events. */
    record TrackedView(
            @Described("number of events that were published")
            int accepted,

            @Described("when they arrived, used as their event time, epoch milliseconds")
            long at,

            @Described("events that break a rule") List<EventRoutes.Rejection> rejected) {}

    /** A visitor's current offer. */
    record VisitorOffers(
            @Described(
                    value = "the latest offer with valid prices, with the fields that a visitor may see: id, placement,"
                            + " times, titles, and of each bundle its id, rank, prices, currency and members",
                    nullable = true,
                    avro = BundleOffer.class)
            JsonNode offer) {}

    public List<Endpoint> endpoints() {
        Parameter key = Parameter.text("key", "The publishable key, kombo.tracker.key.");
        Parameter session = Parameter.text("session", "The visit: web- and 22 to 60 random letters, digits, - or _.");
        Parameter user = Parameter.text("user", "Id of the user who is logged in.");
        Parameter signature = Parameter.text(
                "signature", "HMAC-SHA256 of the user id by kombo.tracker.user.secret, in hexadecimal; with user.");
        Parameter[] who = {key.asNeeded(), session.asNeeded(), user, signature};
        Parameter[] any = {key, session, user, signature};
        return List.of(
                Endpoint.of(Method.POST, "/v1/tracker/events", AREA, "trackEvents")
                        .summary("Publishes up to 100 events of the visit. They contain neither a shopper nor"
                                + " attributes nor the discount on the cart, and their time is that of their"
                                + " arrival; only purchases have a price.")
                        .role(Role.PAGE)
                        .gate((request, header) -> gate.admit(request, header))
                        .takes(who)
                        .body(BodySchema.oneOrMany(BehaviorEvent.getClassSchema()))
                        .accepts(BodySchema.of(TrackedView.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::track),
                Endpoint.of(Method.GET, "/v1/tracker/offers", AREA, "trackedOffer")
                        .summary(
                                "The visitor's latest offer with valid prices, with the fields that a visitor may see.")
                        .role(Role.PAGE)
                        .gate((request, header) -> gate.admit(request, header))
                        .takes(who)
                        .takes(EndpointHelpers.PLACEMENT)
                        .answers(BodySchema.of(VisitorOffers.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::offer),
                preflight("/v1/tracker/events", "trackEventsPreflight", any),
                preflight("/v1/tracker/offers", "trackedOfferPreflight", any, EndpointHelpers.PLACEMENT));
    }

    private Endpoint preflight(String path, String name, Parameter[] visitor, Parameter... more) {
        return Endpoint.of(Method.OPTIONS, path, AREA, name)
                .summary("Answers CORS preflight requests of the allowed origins.")
                .role(Role.PAGE)
                .gate((request, header) -> gate.admitPreflight(request, header))
                .takes(visitor)
                .takes(more)
                .answers(BodySchema.text("text/plain"))
                .problems(HttpStatus.NOT_FOUND_404)
                .by(request -> ApiResponse.text("text/plain", "allowed\n")
                        .with("Access-Control-Allow-Methods", "GET, POST")
                        .with("Access-Control-Allow-Headers", "Content-Type")
                        .with("Access-Control-Max-Age", "86400"));
    }

    private ApiResponse track(Request request) {
        List<JsonNode> documents = JsonBody.readOneOrMany(request.body(), MOST_EVENTS);
        gate.charge(request, documents.size() - 1);
        long now = sources.clock().now();
        EventRoutes.EventsView taken = events.publish(documents, document -> List.of(read(document, request, now)));
        return ApiResponse.accepted(new TrackedView(taken.accepted(), now, taken.rejected()));
    }

    private AvroJson.Read<BehaviorEvent> read(JsonNode document, Request request, long now) {
        AvroJson.Read<BehaviorEvent> read = AvroJson.read(document, BehaviorEvent.class);
        if (read.record() == null) {
            return read;
        }
        List<AvroJson.Fault> faults = faults(read.record());
        if (!faults.isEmpty()) {
            return new AvroJson.Read<>(null, faults, List.of());
        }
        read.record().setEventId(idOfPage(read.record().getEventId(), request.text("session")));
        read.record().setSessionId(request.text("session"));
        read.record().setUserId(request.text("user"));
        read.record().setEventTime(now);
        return read;
    }

    /**
     * Returns an id that begins with web: and depends on the session, so that no page can take the id of an event that
     * the shop's server sends, or another visitor. An id that would become longer than ids may be is hashed; one that
     * was too long, or blank, stays as it is, and is refused as everywhere.
     */
    private String idOfPage(String id, String session) {
        int longest = sources.settings().rules().maxIdLength();
        if (id.isBlank() || id.length() > longest) {
            return id;
        }
        String readable = PAGE + Long.toHexString(StableHash.of(session)) + ":" + id;
        if (readable.length() <= longest) {
            return readable;
        }
        byte[] hash = Hmac.of(session.getBytes(StandardCharsets.UTF_8), id.getBytes(StandardCharsets.UTF_8));
        return PAGE + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
    }

    private List<AvroJson.Fault> faults(BehaviorEvent event) {
        List<AvroJson.Fault> faults = new ArrayList<>();
        EventType type = EventType.valueOf(event.getType().name());
        boolean allowed = sources.settings().get(TrackerSettings.TYPES).contains(type);
        boolean named = event.getUserId() != null || event.getSessionId() != null;
        refuseIf(!allowed, faults, "type", type + " is not in kombo.tracker.types");
        refuseIf(named, faults, "userId", "the shopper is a parameter of the request; events must not name one");
        refuseIf(!event.getAttributes().isEmpty(), faults, "attributes", "pages must not send attributes");
        refuseIf(event.getHistory(), faults, "history", "pages must not send events of the past");
        refuseIf(
                event.getCartDiscountBasisPoints() != null,
                faults,
                "cartDiscountBasisPoints",
                "pages must not state the discount on the cart");
        if (type != EventType.PURCHASE) {
            refuseIf(event.getUnitPriceMinor() != null, faults, "unitPriceMinor", "only a purchase has a price");
            refuseIf(event.getCurrency() != null, faults, "currency", "only a purchase has a currency");
            refuseIf(event.getOrderId() != null, faults, "orderId", "only a purchase has an order");
            refuseIf(event.getQuantity() > MOST_UNITS, faults, "quantity", "at most " + MOST_UNITS + " are accepted");
        }
        refuseIf(
                type != EventType.RATING && event.getRatingValue() != null,
                faults,
                "ratingValue",
                "only a rating has a value");
        return faults;
    }

    private static void refuseIf(boolean wrong, List<AvroJson.Fault> faults, String field, String detail) {
        if (wrong) {
            faults.add(new AvroJson.Fault(field, "not-for-pages", detail));
        }
    }

    private ApiResponse offer(Request request) {
        boolean session = request.text("user") == null;
        try {
            return shoppers.answer(
                    request, request.text(session ? "session" : "user"), session, found -> shown(request, found));
        } catch (ApiException e) {
            if (e.status() != HttpStatus.NOT_FOUND_404) {
                throw e;
            }
            // Nothing of the visit was processed yet.
            return ApiResponse.ok(new VisitorOffers(null));
        }
    }

    private VisitorOffers shown(Request request, Shoppers.Found found) {
        ShownOffer shown = ShownOffer.of(
                found, shoppers.momentOf(request, found), request.text("placement"), LARGEST_SLATE, sources);
        return new VisitorOffers(shown == null ? null : OfferJson.visitor(shown.offer()));
    }
}
