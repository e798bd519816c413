package dev.kombo.query;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.profile.ShopperKey;
import dev.kombo.schema.UserProfile;
import io.javalin.Javalin;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Map;

/** The paths of the API. */
final class QueryRoutes {
    /** Attribute of a request that found its endpoint but no such id. */
    static final String UNKNOWN_ID = "kombo.unknown.id";

    /** Prometheus' text format. */
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final QuerySources sources;

    private QueryRoutes(QuerySources sources) {
        this.sources = sources;
    }

    static void add(Javalin server, QuerySources sources) {
        QueryRoutes routes = new QueryRoutes(sources);
        server.get("/health/live", routes::live);
        server.get("/health/ready", routes::ready);
        server.get("/metrics", context -> context.contentType(METRICS)
                .result(sources.metrics().get()));
        server.get("/v1/users/{id}/profile", routes::profile);
        server.get("/v1/users/{id}/offers", routes::offers);
        server.get("/v1/items/{id}", routes::item);
        server.get("/v1/bundles/{id}", routes::bundle);
        server.get("/v1/reports/conversions", routes::conversions);
    }

    private void live(Context context) {
        health(context, sources.health().live());
    }

    private void ready(Context context) {
        health(context, sources.health().ready());
    }

    private void health(Context context, boolean well) {
        String state = sources.health().state();
        if (well) {
            context.json(Map.of("status", "UP", "state", state));
        } else {
            Problems.unavailable(context, "not-running", "the instance is " + state);
        }
    }

    private void profile(Context context) {
        String id = context.pathParam("id");
        boolean session = session(context);
        context.json(ProfileView.of(id, session, shopper(context, id, session)));
    }

    private void offers(Context context) {
        String id = context.pathParam("id");
        boolean session = session(context);
        Long at = at(context);
        context.json(SlateView.of(id, session, shopper(context, id, session), at, sources.catalog()));
    }

    private void item(Context context) {
        requireReady();
        String id = context.pathParam("id");
        Item item = sources.catalog().item(id);
        TargetModel model = sources.catalog().model(Target.ofItem(id));
        if (item == null && model == null) {
            throw unknown(context, "item", id);
        }
        context.json(ItemView.of(id, item, model));
    }

    private void bundle(Context context) {
        requireReady();
        String id = context.pathParam("id");
        BundleEntry entry = sources.catalog().bundle(id);
        if (entry == null) {
            throw unknown(context, "bundle", id);
        }
        context.json(BundleView.of(entry.bundle(), sources.catalog()));
    }

    private void conversions(Context context) {
        requireReady();
        List<ReportView> reports = sources.reports().latest().stream()
                .sorted(ReportView.ORDER)
                .map(ReportView::of)
                .toList();
        context.json(Map.of("reports", reports));
    }

    private UserProfile shopper(Context context, String id, boolean session) {
        requireReady();
        UserProfile profile = sources.profiles().find(session ? ShopperKey.ofSession(id) : ShopperKey.ofUser(id));
        if (profile == null) {
            throw unknown(context, session ? "session" : "user", id);
        }
        return profile;
    }

    /** An instance that is not running knows only a part: that something is missing there means nothing. */
    private void requireReady() {
        if (!sources.health().ready()) {
            throw new StateUnavailableException(
                    "the instance is " + sources.health().state(), null);
        }
    }

    private static boolean session(Context context) {
        String value = context.queryParam("session");
        if (value == null || value.equals("false")) {
            return false;
        }
        if (!value.equals("true")) {
            throw new BadRequestResponse("session must be true or false, found " + value);
        }
        return true;
    }

    private static Long at(Context context) {
        String value = context.queryParam("at");
        try {
            return value == null ? null : Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw new BadRequestResponse("at must be epoch milliseconds, found " + value);
        }
    }

    private static NotFoundResponse unknown(Context context, String kind, String id) {
        context.attribute(UNKNOWN_ID, true);
        return new NotFoundResponse("no " + kind + " " + id + " is known");
    }
}
