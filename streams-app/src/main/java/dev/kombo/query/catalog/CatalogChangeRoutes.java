package dev.kombo.query.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.CatalogRules.Problem;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.JsonBody;
import dev.kombo.query.source.QuerySources;
import dev.kombo.query.source.RecordResults;
import dev.kombo.serde.AvroJson;
import dev.kombo.table.RejectedRowException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Endpoints that put, patch, remove and upload items, or bundles: validates changes as the stream does, and publishes
 * them.
 *
 * @param <D> item or bundle
 * @param <A> its Avro record
 */
final class CatalogChangeRoutes<D, A extends SpecificRecord> {
    private static final String AREA = "Catalogue";
    private static final int MOST_ROWS = 10_000;
    /** Number of rows that count as one request: rows cost the service little more than parsing. */
    private static final int ROWS_A_REQUEST = 20;

    private final QuerySources sources;
    private final CatalogKind<D, A> kind;
    private final CatalogWrites<D> writes;

    CatalogChangeRoutes(QuerySources sources, CatalogKind<D, A> kind) {
        this.sources = sources;
        this.kind = kind;
        this.writes = new CatalogWrites<>(sources, kind);
    }

    List<Endpoint> endpoints(String putAdvice, String deleteAdvice) {
        Schema schema = SpecificData.get().getSchema(kind.type);
        String path = "/v1/" + kind.name + "s";
        String operation = Character.toUpperCase(kind.name.charAt(0)) + kind.name.substring(1);
        Parameter id = Parameter.id("id", operation + " id.");
        Parameter confirm = Parameter.flag(
                "confirm",
                "Accepts a bundle's price that looks like a mistake: above the sum of its items' prices, below their"
                        + " cost, or less than half of the sum. Items need none.");
        return List.of(
                Endpoint.of(Method.PUT, path + "/{id}", AREA, "put" + operation)
                        .summary("Adds the " + kind.name + " to the catalogue, or replaces it. " + putAdvice)
                        .role(Role.ADMIN)
                        .takes(id, confirm)
                        .body(BodySchema.partOf(schema))
                        .accepts(BodySchema.of(schema))
                        .problems(HttpStatus.CONFLICT_409, HttpStatus.PRECONDITION_FAILED_412)
                        .by(request -> change(request, true)),
                Endpoint.of(Method.PATCH, path + "/{id}", AREA, "patch" + operation)
                        .summary("Changes the fields that are sent; null resets a field to its default.")
                        .role(Role.ADMIN)
                        .takes(id, confirm)
                        .body(BodySchema.partOf(schema))
                        .accepts(BodySchema.of(schema))
                        .problems(HttpStatus.NOT_FOUND_404, HttpStatus.CONFLICT_409, HttpStatus.PRECONDITION_FAILED_412)
                        .by(request -> change(request, false)),
                Endpoint.of(Method.DELETE, path + "/{id}", AREA, "delete" + operation)
                        .summary("Removes the " + kind.name + " from the catalogue. " + deleteAdvice)
                        .role(Role.ADMIN)
                        .takes(id)
                        .accepts(BodySchema.of(RemovalView.class))
                        .problems(HttpStatus.NOT_FOUND_404, HttpStatus.PRECONDITION_FAILED_412)
                        .by(this::remove),
                Endpoint.of(Method.POST, path, AREA, "put" + operation + "s")
                        .summary("Adds or replaces many " + kind.name
                                + "s, one JSON record per line. Reports how many were accepted, and why the others"
                                + " were rejected; 400 if all were. The command catalog import sends CSV files.")
                        .role(Role.ADMIN)
                        .takes(confirm)
                        .body(BodySchema.text("application/x-ndjson"))
                        .accepts(BodySchema.of(CatalogRowsView.class))
                        .by(this::many));
    }

    /** The entry that was removed. */
    record RemovalView(String id) {}

    /** The results of uploaded rows. */
    record CatalogRowsView(
            @Described("number of rows that were published") int accepted,
            @Described("the first 100 invalid rows") List<RejectedRow> rejected,
            @Described("number of invalid rows") int rejectedCount) {}

    /** Why a row was rejected. */
    record RejectedRow(
            @Described("line of the body, from 1") int line,

            @Described(nullable = true) String id,
            @Described("invalid field") String field,
            @Described("found and expected value") String detail) {}

    /** A row that the broker did not accept. */
    record FailedRow(int line, String id, String detail) {}

    /** A mistake in a record. */
    private record RowFault(String field, String detail) {}

    /** A parsed record, or its mistake; a doubtful one is accepted once it is confirmed. */
    private record Checked<D>(D value, RowFault fault, String doubt) {
        static <D> Checked<D> fault(String field, String detail) {
            return new Checked<>(null, new RowFault(field, detail), null);
        }

        Checked<D> unless(boolean confirmed) {
            return doubt == null || confirmed ? this : fault("priceMinor", doubt);
        }
    }

    private ApiResponse change(Request request, boolean whole) {
        sources.requireInformed();
        String id = request.text("id");
        if (!(JsonBody.read(request.body()) instanceof ObjectNode sent)) {
            throw ApiException.badField("body", "an object is expected");
        }
        if (sent.hasNonNull(kind.idField) && !sent.path(kind.idField).asText().equals(id)) {
            throw ApiException.badField(
                    kind.idField, kind.idField + " differs from the id in the path; it cannot be changed");
        }
        sent.put(kind.idField, id);
        return published(id, () -> {
            D present = whole ? writes.present(id) : known(id);
            requireUnchanged(request, present);
            Checked<D> checked = check(whole ? null : AvroJson.write(kind.toAvro.apply(present)), sent, present);
            if (checked.fault() != null) {
                throw ApiException.badField(
                        checked.fault().field(), checked.fault().detail());
            }
            if (checked.doubt() != null && !request.flag("confirm")) {
                throw new ApiException(
                        HttpStatus.CONFLICT_409, "confirmation-needed", "Confirmation needed", checked.doubt());
            }
            return checked.value();
        });
    }

    /**
     * Returns the current entry.
     *
     * @throws ApiException 404 if there is none
     */
    D known(String id) {
        D present = writes.present(id);
        if (present == null) {
            throw ApiException.unknown(kind.name, id);
        }
        return present;
    }

    /** Refuses a change if the entry is not the one that the client has read, according to If-Match. */
    private void requireUnchanged(Request request, D present) {
        String expected = request.header("If-Match").orElse(null);
        if (expected == null || (present != null && (expected.equals("*") || names(expected, kind.tag(present))))) {
            return;
        }
        throw new ApiException(
                HttpStatus.PRECONDITION_FAILED_412,
                "changed-meanwhile",
                "Changed meanwhile",
                "the " + kind.name + (present == null ? " is not in the catalogue" : " was changed since it was read")
                        + ", so If-Match refuses this change; read it again");
    }

    /**
     * Whether a list of tags contains that of an entry. Tags of GET have the rest of the response behind a point, and
     * are weak where a proxy compresses responses.
     */
    private static boolean names(String tags, String tag) {
        return Arrays.stream(tags.split(",", -1))
                .map(one -> one.strip().replaceFirst("^W/", "").replaceFirst("\\.[^\"]*\"$", "\""))
                .anyMatch(tag::equals);
    }

    /** Publishes a change of an entry, after earlier and before later changes of it, and returns the response. */
    ApiResponse published(String id, Supplier<D> change) {
        D value;
        CompletableFuture<Void> publication;
        synchronized (writes.turn(id)) {
            value = change.get();
            publication = writes.publish(id, value);
        }
        EndpointHelpers.await(publication);
        return value == null
                ? ApiResponse.accepted(new RemovalView(id))
                : ApiResponse.accepted(AvroJson.write(kind.toAvro.apply(value))).with("ETag", kind.tag(value));
    }

    /**
     * Builds the record of a document.
     *
     * @param base the entry to change; null: a new one is created
     */
    private Checked<D> check(ObjectNode base, ObjectNode sent, D before) {
        try {
            kind.readTexts(sent, before);
        } catch (RejectedRowException e) {
            return Checked.fault(e.field(), e.field() + ": " + e.getMessage());
        }
        ObjectNode document = base == null ? JsonNodeFactory.instance.objectNode() : base;
        ObjectNode old =
                before == null ? JsonNodeFactory.instance.objectNode() : AvroJson.write(kind.toAvro.apply(before));
        Set<String> given = new HashSet<>();
        sent.properties().forEach(field -> {
            boolean left = base == null
                    && (field.getValue().isNull()
                            || field.getValue().equals(CatalogChangeRoutes::difference, old.path(field.getKey())));
            if (!left && !field.getKey().equals(kind.idField)) {
                given.add(field.getKey());
            }
            if (field.getValue().isNull()) {
                document.remove(field.getKey());
            } else {
                document.set(field.getKey(), field.getValue());
            }
        });
        Set<String> known = new HashSet<>();
        document.fieldNames().forEachRemaining(known::add);
        kind.prepare(document, sent);
        AvroJson.Read<A> read = AvroJson.read(document, kind.type);
        if (!read.faults().isEmpty()) {
            AvroJson.Fault first = read.faults().get(0);
            return Checked.fault(first.field(), first.field() + ": " + first.detail());
        }
        CatalogKind.Validated<D> validated = kind.validate(
                read.record(),
                new CatalogKind.Change<>(known, given, before),
                sources.settings().catalogRules(),
                sources.catalog(),
                new CatalogKind.Times(sources.clock().now(), sources.shopTime()));
        Problem problem = validated.problem();
        if (problem != null) {
            return Checked.fault(problem.field(), problem.toString());
        }
        String doubt = validated.doubt() == null
                ? null
                : "the price " + validated.doubt() + "; confirm=true, or --confirm, accepts it";
        return new Checked<>(validated.value(), null, doubt);
    }

    private static int difference(JsonNode one, JsonNode other) {
        return one.isIntegralNumber() && other.isIntegralNumber()
                ? Long.compare(one.asLong(), other.asLong())
                : one.equals(other) ? 0 : 1;
    }

    private ApiResponse remove(Request request) {
        sources.requireInformed();
        String id = request.text("id");
        requireUnchanged(request, known(id));
        kind.removing(id, sources, request.client().name());
        return published(id, () -> {
            requireUnchanged(request, known(id));
            return null;
        });
    }

    private ApiResponse many(Request request) {
        sources.requireInformed();
        List<JsonBody.BodyLine> lines = JsonBody.lines(request.body(), MOST_ROWS);
        request.charge().accept(lines.size() / ROWS_A_REQUEST);
        RecordResults<RejectedRow> results = new RecordResults<>();
        for (JsonBody.BodyLine line : lines) {
            JsonNode named = line.document() == null ? null : line.document().get(kind.idField);
            String id = named != null && named.isTextual() ? named.textValue() : null;
            synchronized (writes.turn(id)) {
                Checked<D> checked = line.problem() == null
                        ? check(null, line.document(), id == null ? null : writes.present(id))
                                .unless(request.flag("confirm"))
                        : Checked.fault("body", line.problem());
                RowFault fault = checked.fault();
                if (fault == null) {
                    results.send(
                            () -> writes.publish(id, checked.value()),
                            problem -> new FailedRow(line.number(), id, problem));
                } else {
                    results.reject(
                            fault.field(),
                            "line " + line.number() + ": " + fault.detail(),
                            new RejectedRow(line.number(), id, fault.field(), fault.detail()));
                }
            }
        }
        int accepted = results.settle("rows", count -> {});
        return ApiResponse.accepted(new CatalogRowsView(accepted, results.listed(), results.rejected()));
    }
}
