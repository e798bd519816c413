package dev.kombo.query.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.query.cluster.Owners;
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
import dev.kombo.query.source.Reports;
import dev.kombo.query.source.StoreReading;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.serde.AvroJson;
import dev.kombo.topology.task.StoreNames;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/** Endpoints that report what experiments and bundles earned, gathered from all instances that hold accounts. */
public final class ReportRoutes {
    private static final int STANDARD_LIST = 200;
    private static final int LONGEST_LIST = 1000;
    private static final List<String> WINDOWS = List.of("TOTAL", "DAY", "HOUR");
    private static final char SEPARATOR = '\u001f';

    private final QuerySources sources;
    private final Owners owners;

    public ReportRoutes(QuerySources sources, Owners owners) {
        this.sources = sources;
        this.owners = owners;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of(Method.GET, "/v1/reports/conversions", "Reports", "conversions")
                        .summary("What each arm of each experiment earned in total, per day and per hour, the newest"
                                + " first; with comparisons of the arms; those of a day are the last ones computed"
                                + " on it.")
                        .takes(
                                Parameter.text("experiment", "Only this experiment."),
                                Parameter.choice("window", WINDOWS, "Only windows of this length."),
                                EndpointHelpers.limit(LONGEST_LIST, STANDARD_LIST),
                                EndpointHelpers.after())
                        .answers(BodySchema.of(ReportsView.class))
                        .by(this::conversions),
                Endpoint.of(Method.GET, "/v1/bundles/{id}/performance", "Reports", "bundlePerformance")
                        .summary("Results of the offers of a bundle, per arm of each experiment since its start.")
                        .takes(Parameter.id("id", "Bundle id."))
                        .answers(BodySchema.of(PerformanceView.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::performance));
    }

    /** Reports of experiments. */
    record ReportsView(
            @Described(avro = ConversionReport.class) List<JsonNode> reports,

            @Described(value = "pass as after to get the next page; null: this is the last page", nullable = true)
            String next,

            @Described("whether a part comes from a copy that may lag behind")
            boolean stale) {}

    /** Reports of one instance, unordered. */
    record ReportsPart(List<JsonNode> reports, boolean stale) {}

    /** What a bundle earned. */
    record PerformanceView(
            String bundleId,
            List<ArmFigures> arms,

            @Described("whether a part comes from a copy that may lag behind")
            boolean stale) {}

    /** What a bundle earned, by the accounts of one instance. */
    record PerformancePart(List<ArmFigures> arms, boolean stale) {}

    /** What a bundle earned in an arm. */
    record ArmFigures(
            String experiment,
            String arm,
            @Described(avro = BundleReport.class) JsonNode figures) {}

    private ApiResponse conversions(Request request) {
        return owners.gather(
                request,
                StoreNames.EXPERIMENT_ACCOUNT,
                own -> reports(request, own),
                ReportsPart.class,
                parts -> page(request, parts));
    }

    private static ApiResponse page(Request request, List<ReportsPart> parts) {
        int limit = request.number("limit", STANDARD_LIST);
        String seen = EndpointHelpers.placeAfter(request);
        List<JsonNode> rest = parts.stream()
                .flatMap(part -> part.reports().stream())
                .sorted(Comparator.comparing(ReportRoutes::place))
                .filter(report -> place(report).compareTo(seen) > 0)
                .toList();
        List<JsonNode> page = rest.subList(0, Math.min(limit, rest.size()));
        String next = page.size() < rest.size() ? EndpointHelpers.token(place(page.get(page.size() - 1))) : null;
        boolean stale = parts.stream().anyMatch(ReportsPart::stale);
        return EndpointHelpers.withStaleness(new ReportsView(page, next, stale), stale);
    }

    private ReportsPart reports(Request request, List<Integer> partitions) {
        String experiment = request.text("experiment");
        String window = request.text("window");
        StoreReading<List<ConversionReport>> read = sources.reports().latest(partitions);
        List<JsonNode> wanted = read.value().stream()
                .filter(report -> experiment == null || experiment.equals(report.getExperiment()))
                .filter(report ->
                        window == null || window.equals(report.getWindow().name()))
                .<JsonNode>map(AvroJson::write)
                .toList();
        return new ReportsPart(wanted, read.stale());
    }

    /** Sorts by experiment, totals before days before hours, newest first. */
    private static String place(JsonNode report) {
        return report.path("experiment").asText()
                + SEPARATOR
                + WINDOWS.indexOf(report.path("window").asText())
                + SEPARATOR
                + String.format(
                        "%019d", Long.MAX_VALUE - report.path("windowStart").asLong());
    }

    private ApiResponse performance(Request request) {
        String id = request.text("id");
        return owners.gather(
                request,
                StoreNames.BUNDLE_ACCOUNT,
                own -> figures(id, own),
                PerformancePart.class,
                parts -> performance(id, parts));
    }

    private ApiResponse performance(String id, List<PerformancePart> parts) {
        List<ArmFigures> arms = parts.stream()
                .flatMap(part -> part.arms().stream())
                .sorted(Comparator.comparing(ArmFigures::experiment).thenComparing(ArmFigures::arm))
                .toList();
        boolean stale = parts.stream().anyMatch(PerformancePart::stale);
        if (arms.isEmpty() && sources.catalog().bundle(id) == null) {
            sources.requireInformed();
            throw ApiException.unknown("bundle", id);
        }
        return EndpointHelpers.withStaleness(new PerformanceView(id, arms, stale), stale);
    }

    private PerformancePart figures(String bundleId, List<Integer> partitions) {
        StoreReading<List<Reports.OfBundle>> read = sources.reports().ofBundle(bundleId, partitions);
        List<ArmFigures> arms = read.value().stream()
                .map(found -> new ArmFigures(found.experiment(), found.arm(), AvroJson.write(found.report())))
                .toList();
        return new PerformancePart(arms, read.stale());
    }
}
