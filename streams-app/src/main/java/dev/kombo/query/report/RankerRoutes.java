package dev.kombo.query.report;

import dev.kombo.engine.model.ContestHistory;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.QuerySources;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import java.util.List;
import java.util.stream.Stream;

/** The endpoint that says which ranker ranks best. */
public final class RankerRoutes {
    private final QuerySources sources;

    public RankerRoutes(QuerySources sources) {
        this.sources = sources;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(Method.GET, "/v1/reports/rankers", "Reports", "rankerReport")
                .summary("Which ranker ranks best in the shop, by what shoppers chose who had not been shown an offer"
                        + " shortly before.")
                .answers(BodySchema.of(RankerReportView.class))
                .by(this::report));
    }

    /** The contest of rankers. */
    record RankerReportView(List<OccasionView> occasions) {
        /** The contest on one occasion. */
        record OccasionView(
                @Described("empty-basket, basket (something is in it), or holdings (a customer who holds products)")
                String occasion,

                @Described("choices counted so far; 0: what a new shop starts with ranks")
                long choices,

                @Described("name of the ranker that won; where it is linear, arms that value bundles use prior, or"
                        + " holdings")
                String inForce,

                List<RankerView> rankers,

                @Described("how it went since the instance started: at most 120 publications, the latest last")
                List<PointView> history) {}

        /** A ranker. */
        record RankerView(
                String ranker,

                @Described("mean gain, 0 to 1: 1 / log2(1 + rank) of a choice that it ranks among the first 20, else 0;"
                        + " recent choices count more; null before the first choice")
                Double gain,

                @Described("standard error of the difference to the gain of the ranker in force")
                Double error) {}

        /** The gains at some time. */
        record PointView(
                @Described("time of publication, epoch milliseconds")
                long time,

                @Described("choices counted until then") long choices,

                @Described("mean gains, in the order of the rankers")
                List<Double> gains) {}
    }

    private ApiResponse report(Request request) {
        sources.requireInformed();
        ContestHistory history = sources.models().contest();
        return ApiResponse.ok(new RankerReportView(Stream.of(Occasion.values())
                .map(occasion -> view(history, occasion))
                .toList()));
    }

    private static RankerReportView.OccasionView view(ContestHistory history, Occasion occasion) {
        Contest contest = history.latest();
        long choices = contest.choices(occasion);
        Contestant inForce = contest.champion(occasion);
        return new RankerReportView.OccasionView(
                occasion.label(),
                choices,
                inForce.label(),
                Stream.of(Contestant.values())
                        .map(ranker -> new RankerReportView.RankerView(
                                ranker.label(),
                                choices == 0 ? null : contest.gain(occasion, ranker),
                                choices == 0 ? null : contest.error(occasion, ranker, inForce)))
                        .toList(),
                history.points().stream()
                        .filter(point -> point.contest().choices(occasion) > 0)
                        .map(point -> view(point, occasion))
                        .toList());
    }

    private static RankerReportView.PointView view(ContestHistory.Point point, Occasion occasion) {
        return new RankerReportView.PointView(
                point.time(),
                point.contest().choices(occasion),
                Stream.of(Contestant.values())
                        .map(ranker -> point.contest().gain(occasion, ranker))
                        .toList());
    }
}
