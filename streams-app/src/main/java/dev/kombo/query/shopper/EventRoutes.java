package dev.kombo.query.shopper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.config.Topic;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.query.format.EventFormat;
import dev.kombo.query.format.EventFormats;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.JsonBody;
import dev.kombo.query.source.QuerySources;
import dev.kombo.query.source.RecordResults;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.EventMapper;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Endpoints that accept events. Each event is reported once: as accepted, when the broker has it; as rejected, with the
 * rule that it breaks; or as failed, when the broker did not accept it and it should be sent again with the same id.
 */
public final class EventRoutes {
    private static final int MOST_EVENTS = 10_000;

    private final QuerySources sources;

    public EventRoutes(QuerySources sources) {
        this.sources = sources;
    }

    public List<Endpoint> endpoints() {
        Endpoint own = Endpoint.of(Method.POST, "/v1/events", "Events", "publishEvents")
                .summary("Checks and publishes one event, or an array of events. Reports how many were accepted, and"
                        + " why the others were rejected; 400 if all were.")
                .role(Role.INGEST)
                .body(BodySchema.oneOrMany(BehaviorEvent.getClassSchema()))
                .accepts(BodySchema.of(EventsView.class))
                .by(this::publish);
        Parameter format = Parameter.id("format", "The format: ga4, segment or snowplow.");
        Parameter history = Parameter.flag(
                "history", "The events are of the past: Kombo learns from them, and counts them in no experiment.");
        Endpoint foreign = Endpoint.of(Method.POST, "/v1/events/{format}", "Events", "publishForeignEvents")
                .summary("Checks and publishes one document of another format, or an array of them. A document may"
                        + " contain several events; a rejected one is reported with the index of its document.")
                .role(Role.INGEST)
                .takes(format, history)
                .body(BodySchema.oneOrManyObjects())
                .accepts(BodySchema.of(EventsView.class))
                .problems(HttpStatus.NOT_FOUND_404)
                .by(this::publishForeign);
        return List.of(own, foreign);
    }

    /** The results of sent events. */
    public record EventsView(
            @Described("number of events that were published")
            int accepted,

            @Described("the first 100 events that break a rule; sending them again does not help")
            List<Rejection> rejected,

            @Described("number of events that break a rule") int rejectedCount) {}

    /** Why an event was rejected. */
    public record Rejection(
            @Described("index in the array, from 0") int index,
            @Described(nullable = true) String eventId,
            @Described("invalid field") String field,
            @Described("short stable code") String reason,
            @Described("found and expected value") String detail) {}

    /** An event that the broker did not accept. */
    record Failure(int index, String eventId, String detail) {}

    private ApiResponse publish(Request request) {
        List<JsonNode> documents = JsonBody.readOneOrMany(request.body(), MOST_EVENTS);
        request.charge().accept(documents.size() - 1);
        return ApiResponse.accepted(
                publish(documents, document -> List.of(AvroJson.read(document, BehaviorEvent.class))));
    }

    private ApiResponse publishForeign(Request request) {
        EventFormat format = EventFormats.BY_NAME.get(request.text("format"));
        if (format == null) {
            throw ApiException.unknown("format", request.text("format"));
        }
        List<JsonNode> documents = JsonBody.readOneOrMany(request.body(), MOST_EVENTS);
        long now = sources.clock().now();
        return ApiResponse.accepted(publish(documents, document -> {
            List<EventFormat.Converted> converted = format.read(document, now);
            request.charge().accept(converted.size());
            List<AvroJson.Read<BehaviorEvent>> read =
                    converted.stream().map(EventFormat.Converted::read).toList();
            if (request.flag("history")) {
                read.stream()
                        .map(AvroJson.Read::record)
                        .filter(Objects::nonNull)
                        .forEach(event -> event.setHistory(true));
            }
            return read;
        }));
    }

    /**
     * Publishes the events of documents.
     *
     * @param reader converts a document to events
     * @throws ApiException 400 if none can be accepted, 503 if the broker did not accept some
     */
    public EventsView publish(List<JsonNode> documents, Function<JsonNode, List<AvroJson.Read<BehaviorEvent>>> reader) {
        RecordResults<Rejection> results = new RecordResults<>();
        for (int i = 0; i < documents.size(); i++) {
            int index = i;
            for (AvroJson.Read<BehaviorEvent> read : reader.apply(documents.get(index))) {
                Rejection rejection = rejectionOf(index, documents.get(index), read);
                if (rejection == null) {
                    BehaviorEvent event = read.record();
                    results.send(() -> publication(event), problem -> new Failure(index, event.getEventId(), problem));
                } else {
                    results.reject(rejection.field(), rejection.field() + ": " + rejection.detail(), rejection);
                    sources.engine().counters().count(KomboMetric.API_EVENTS_REJECTED, rejection.reason());
                }
            }
        }
        int accepted = results.settle("events", sources.engine().counters().counter(KomboMetric.API_EVENTS)::add);
        return new EventsView(accepted, results.listed(), results.rejected());
    }

    private Rejection rejectionOf(int index, JsonNode document, AvroJson.Read<BehaviorEvent> read) {
        JsonNode id = document.path("eventId");
        String converted = read.record() == null ? null : read.record().getEventId();
        String eventId = id.isTextual() ? id.textValue() : converted;
        if (!read.faults().isEmpty()) {
            AvroJson.Fault fault = read.faults().get(0);
            return new Rejection(index, eventId, fault.field(), fault.reason(), fault.detail());
        }
        EventRules.Violation violation = sources.settings()
                .rules()
                .check(EventMapper.toDomain(read.record()), sources.clock().now());
        return violation == null
                ? null
                : new Rejection(index, eventId, violation.field(), violation.reason(), violation.detail());
    }

    private CompletableFuture<Void> publication(BehaviorEvent event) {
        ShopperEvent shopperEvent = EventMapper.toDomain(event);
        return sources.outbox().publish(Topic.BEHAVIOR_EVENT, shopperEvent.partitionId(), event);
    }
}
