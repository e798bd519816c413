package dev.kombo.query.report;

import dev.kombo.attribution.account.BundleTotals;
import dev.kombo.attribution.account.BundleTotals.BundleTotal;
import dev.kombo.attribution.account.BundleTotals.Sorting;
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
import dev.kombo.query.source.Money;
import dev.kombo.query.source.QuerySources;
import dev.kombo.query.source.StoreReading;
import dev.kombo.topology.task.StoreNames;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** Endpoints that report what the bundles of an experiment earned. */
public final class BundleReportRoutes {
    private static final int STANDARD_LIST = 50;
    private static final int LONGEST_LIST = 1000;
    /** A response reads the account of each bundle in each arm, so only a few run at a time. */
    private static final int MOST_AT_A_TIME = 2;

    private final QuerySources sources;
    private final Owners owners;
    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);

    public BundleReportRoutes(QuerySources sources, Owners owners) {
        this.sources = sources;
        this.owners = owners;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(Method.GET, "/v1/reports/bundles", "Reports", "bundleReports")
                .summary("Results of the offers of each bundle since the start of an experiment, over all arms; the"
                        + " best first.")
                .takes(
                        Parameter.text("experiment", "Experiment id; default: that of the active strategy."),
                        Parameter.choice(
                                "sort",
                                List.of("revenue", "conversions", "offers"),
                                "What bundles are sorted by; default: revenue, in the currency in which most bundles"
                                        + " sold."),
                        EndpointHelpers.limit(LONGEST_LIST, STANDARD_LIST))
                .answers(BodySchema.of(BundleReportsView.class))
                .by(this::best));
    }

    /** The bundles of an experiment. */
    record BundleReportsView(
            String experiment,
            @Described("what bundles are sorted by") String sort,
            List<BundleEarnings> bundles,

            @Described("whether it comes from a copy that may lag behind")
            boolean stale) {}

    /** What a bundle earned, over all arms. */
    record BundleEarnings(
            String bundleId,

            @Described(value = "current title in the catalogue", nullable = true)
            String title,

            @Described("slates that contain it") long offers,
            long clicks,
            @Described("purchases of all of its items") long conversions,

            @Described("attributed to offers of it, minus returns; one entry per currency")
            List<Money> revenue) {}

    /** The best bundles of the experiments whose accounts an instance holds. */
    record BestPart(String experiment, List<BundleTotal> bundles, boolean stale) {}

    private ApiResponse best(Request request) {
        String experiment = request.text("experiment");
        if (experiment == null) {
            sources.requireInformed();
            experiment = sources.models().strategy().plan().salt();
        }
        ReportRequest question =
                new ReportRequest(experiment, measureOf(request), request.number("limit", STANDARD_LIST));
        return owners.gather(
                request,
                StoreNames.BUNDLE_ACCOUNT,
                own -> part(question, own),
                BestPart.class,
                parts -> best(question, parts));
    }

    private ApiResponse best(ReportRequest question, List<BestPart> parts) {
        BundleTotals all = new BundleTotals();
        for (BestPart part : parts) {
            // While a new strategy takes effect, another instance may report on the one before.
            if (part.experiment().equals(question.experiment())) {
                part.bundles().forEach(all::add);
            }
        }
        boolean stale = parts.stream().anyMatch(BestPart::stale);
        List<BundleEarnings> bundles = all.best(question.measure(), question.most()).stream()
                .map(this::view)
                .toList();
        String sort = question.measure().name().toLowerCase(Locale.ROOT);
        return EndpointHelpers.withStaleness(new BundleReportsView(question.experiment(), sort, bundles, stale), stale);
    }

    private record ReportRequest(String experiment, Sorting measure, int most) {}

    private static Sorting measureOf(Request request) {
        String sort = request.text("sort");
        return sort == null ? Sorting.REVENUE : Sorting.valueOf(sort.toUpperCase(Locale.ROOT));
    }

    /** All accounts of an experiment are in one partition, so the best of each part give the best of all. */
    private BestPart part(ReportRequest question, List<Integer> partitions) {
        if (!places.tryAcquire()) {
            throw ApiException.unavailable("busy", "the instance is already computing bundle reports");
        }
        try {
            StoreReading<BundleTotals> read = sources.reports().bundlesOf(question.experiment(), partitions);
            return new BestPart(
                    question.experiment(), read.value().best(question.measure(), question.most()), read.stale());
        } finally {
            places.release();
        }
    }

    private BundleEarnings view(BundleTotal total) {
        return new BundleEarnings(
                total.bundleId(),
                EndpointHelpers.bundleTitle(sources.catalog(), total.bundleId()),
                total.offers(),
                total.clicks(),
                total.conversions(),
                total.revenueMinor().entrySet().stream()
                        .map(amount -> new Money(amount.getValue(), amount.getKey()))
                        .toList());
    }
}
