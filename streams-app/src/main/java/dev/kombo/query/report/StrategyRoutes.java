package dev.kombo.query.report;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.config.Topic;
import dev.kombo.engine.model.ActiveStrategy;
import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.JsonBody;
import dev.kombo.query.source.Money;
import dev.kombo.query.source.QuerySources;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.StrategyMapper;
import java.util.List;

/** Endpoints that read and change the active strategy. */
public final class StrategyRoutes {
    private static final String AREA = "Strategy";
    private static final String KEY = "default";

    private final QuerySources sources;

    public StrategyRoutes(QuerySources sources) {
        this.sources = sources;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of(Method.GET, "/v1/strategy", AREA, "strategy")
                        .summary(
                                "The active strategy, in the form that POST accepts; version 0 is the built-in one that"
                                        + " runs until one is published.")
                        .answers(BodySchema.of(Strategy.getClassSchema()))
                        .by(this::inForce),
                Endpoint.of(Method.GET, "/v1/strategy/budgets", AREA, "strategyBudgets")
                        .summary("What the discount budgets of the active strategy have spent on the shop's current UTC"
                                + " day.")
                        .answers(BodySchema.of(BudgetsView.class))
                        .by(this::budgets),
                Endpoint.of(Method.POST, "/v1/strategy", AREA, "publishStrategy")
                        .summary("Checks a strategy against the active one and publishes it; the answer lists"
                                + " everything that is wrong with it. It becomes active a moment later.")
                        .role(Role.ADMIN)
                        .body(BodySchema.of(Strategy.getClassSchema()))
                        .accepts(BodySchema.of(PublishedStrategyView.class))
                        .by(this::publish));
    }

    /** The budgets of a strategy. */
    record BudgetsView(
            @Described("the strategy; its users, visitors and shoppers outside the experiment share the budgets")
            String salt,

            @Described("none where the strategy limits no discounts")
            List<BudgetView> budgets) {}

    /** What a budget has spent. */
    record BudgetView(
            @Described(value = "the arm whose discounts it limits; null: those of a bundle", nullable = true)
            String arm,

            @Described(value = "the bundle whose discounts it limits; null: those of an arm", nullable = true)
            String bundleId,

            @Described(value = "current title of the bundle in the catalogue", nullable = true)
            String title,

            @Described("what discounts may cost per UTC day")
            Money perDay,

            @Described("what the days before left, of which today has up to a budget more; below 0: what they cost too"
                    + " much")
            Money carried,

            @Described("what those cost that were bought today")
            Money spent,

            @Described("what open offers are expected to cost today")
            Money reserved,

            @Described("what is left: a larger discount is not offered")
            Money left,

            @Described(
                    value = "when less than a usual discount was left for the first time on the UTC day, epoch"
                            + " milliseconds; null: not yet",
                    nullable = true)
            Long spentAt) {
        static BudgetView of(BudgetSpending total, CatalogIndex catalog) {
            DiscountBudget budget = total.budget();
            return new BudgetView(
                    budget.arm(),
                    budget.bundleId(),
                    budget.bundleId() == null ? null : EndpointHelpers.bundleTitle(catalog, budget.bundleId()),
                    new Money(budget.minorPerDay(), budget.currency()),
                    new Money(total.carriedMinor(), budget.currency()),
                    new Money(total.spentMinor(), budget.currency()),
                    new Money(total.reservedMinor(), budget.currency()),
                    new Money(
                            Math.max(
                                    0,
                                    Math.round(budget.limitMinor(total.carriedMinor())) - total.usedMinor(total.day())),
                            budget.currency()),
                    total.spentAt() == 0 ? null : total.spentAt());
        }
    }

    /** A strategy that was published. */
    record PublishedStrategyView(
            String salt,

            @Described("GET /v1/strategy returns it once it is active")
            long version,

            @Described("fields of earlier versions that were ignored, and what replaces them")
            List<String> warnings) {}

    private ApiResponse inForce(Request request) {
        sources.requireInformed();
        return ApiResponse.ok(AvroJson.write(
                StrategyMapper.PLANS.toAvro(sources.models().strategy().plan())));
    }

    private ApiResponse budgets(Request request) {
        sources.requireInformed();
        StrategyPlan plan = sources.models().strategy().plan();
        BudgetBoard board = sources.models().budgets();
        CatalogIndex catalog = sources.catalog();
        long now = sources.shopTime();
        return ApiResponse.ok(new BudgetsView(
                plan.salt(),
                plan.options().budgets().stream()
                        .map(budget -> BudgetView.of(board.total(budget, plan.salt(), now), catalog))
                        .toList()));
    }

    private ApiResponse publish(Request request) {
        sources.requireInformed();
        AvroJson.Read<Strategy> read = AvroJson.read(JsonBody.read(request.body()), Strategy.class);
        if (!read.faults().isEmpty()) {
            AvroJson.Fault first = read.faults().get(0);
            throw refused(first.field(), sentences(read.faults()));
        }
        // What GET returned may be a version that Kombo made.
        read.record().setReason(null);
        StrategyPlan plan = StrategyMapper.PLANS.toDomain(read.record());
        ActiveStrategy active = sources.models().strategy();
        List<String> problems = plan.problemsAfter(active.plan(), active.usedExperiments());
        Strategy record = read.record();
        problems.addAll(plan.eligibility().repetitions(record.getSegments(), record.getPlacements()));
        CatalogIndex catalog = sources.catalog();
        problems.addAll(plan.unmeasurable(active.plan(), catalog.costsKnown(), catalog.returnsKnown()));
        if (!problems.isEmpty()) {
            String first = problems.get(0).split(" ", 2)[0];
            throw refused(Strategy.getClassSchema().getField(first) == null ? "body" : first, problems);
        }
        EndpointHelpers.await(sources.outbox().publish(Topic.STRATEGY, KEY, read.record()));
        return ApiResponse.accepted(new PublishedStrategyView(plan.salt(), plan.version(), sentences(read.ignored())));
    }

    private static List<String> sentences(List<AvroJson.Fault> faults) {
        return faults.stream()
                .map(fault -> fault.field() + ": " + fault.detail())
                .toList();
    }

    private static ApiException refused(String field, List<String> problems) {
        return ApiException.badField(field, "the strategy cannot be used: " + String.join("; ", problems))
                .with("problems", problems);
    }
}
