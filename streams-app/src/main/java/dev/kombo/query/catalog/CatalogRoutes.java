package dev.kombo.query.catalog;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.learning.mining.Lift;
import dev.kombo.query.catalog.CatalogEditRoutes.ListedBundle;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.FilledSlotView;
import dev.kombo.query.source.MemberView;
import dev.kombo.query.source.Money;
import dev.kombo.query.source.QuerySources;
import dev.kombo.ranking.retrieval.SimilarItems;
import dev.kombo.ranking.retrieval.TrendingEntities;
import dev.kombo.ranking.retrieval.TrendingEntities.Direction;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.CatalogMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;

/** Endpoints that show items and bundles with what was learned of them: neighbours, similar and trending ones. */
public final class CatalogRoutes {
    private static final int STANDARD_LIST = 20;
    private static final int LONGEST_LIST = 100;
    private static final int FEWEST_ORDERS = 3;

    private final QuerySources sources;

    public CatalogRoutes(QuerySources sources) {
        this.sources = sources;
    }

    public List<Endpoint> endpoints() {
        Parameter item = Parameter.id("id", "Item id.");
        Parameter limit = EndpointHelpers.limit(LONGEST_LIST, STANDARD_LIST);
        return List.of(
                Endpoint.of(Method.GET, "/v1/items/{id}", "Catalogue", "item")
                        .summary("An item and what was learned about it: factors, popularity, co-purchase neighbours.")
                        .takes(item)
                        .answers(BodySchema.of(ItemDetailsView.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::item),
                Endpoint.of(Method.GET, "/v1/items/{id}/similar", "Catalogue", "similarItems")
                        .summary("Items with similar factors, by cosine: 0.65 at least, of items with 10 interactions"
                                + " or more.")
                        .takes(item, limit)
                        .answers(BodySchema.of(SimilarItemsView.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::similar),
                Endpoint.of(Method.GET, "/v1/items/{id}/bought-together", "Catalogue", "boughtTogether")
                        .summary("Items bought in the same orders, in at least three of them or more often than by"
                                + " chance with a confidence of 95 %; the largest lower bound of the lift first.")
                        .takes(item, limit)
                        .answers(BodySchema.of(BoughtTogetherView.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::boughtTogether),
                Endpoint.of(Method.GET, "/v1/bundles/{id}", "Catalogue", "bundle")
                        .summary("A bundle: members, prices, validity, and what was learned about it.")
                        .takes(Parameter.id("id", "Bundle id."))
                        .answers(BodySchema.of(BundleDetailsView.class))
                        .problems(HttpStatus.NOT_FOUND_404)
                        .by(this::bundle),
                Endpoint.of(Method.GET, "/v1/trending", "Catalogue", "trending")
                        .summary("Items or bundles whose recent interactions differ most from their long-term rate; the"
                                + " largest difference first.")
                        .takes(
                                Parameter.choice(
                                        "kind", List.of("items", "bundles"), "Items or bundles; default: items."),
                                Parameter.choice(
                                        "direction",
                                        List.of("rising", "falling"),
                                        "Direction; default: rising. Only entities with interactions can fall."),
                                limit,
                                EndpointHelpers.AT)
                        .answers(BodySchema.of(TrendingView.class))
                        .by(this::trending));
    }

    /** Similar items. */
    record SimilarItemsView(
            String itemId,

            @Described(value = "not-enough-data where the list is empty", nullable = true)
            String reason,

            List<SimilarItem> similar) {}

    /** An item similar to another. */
    record SimilarItem(
            String itemId,
            @Described(nullable = true) String title,
            @Described("cosine of the factors, -1 to 1") double cosine) {}

    /** Items bought together with an item. */
    record BoughtTogetherView(
            String itemId,
            @Described("closed orders with the item") long purchases,

            @Described(value = "not-enough-data where the list is empty", nullable = true)
            String reason,

            List<Partner> boughtTogether) {}

    /** A co-purchase neighbour. */
    record Partner(
            String itemId,
            @Described(nullable = true) String title,
            @Described("decayed count of orders with both") float weight,

            @Described("orders with both, except those caused by an offer")
            int orders,

            @Described("share of the item's orders that also contain the neighbour, 0 to 1")
            double confidence,

            @Described(
                    "orders with both, divided by the number expected for independent purchases; null if those of the"
                            + " neighbour are not known")
            Double lift,

            @Described("lower bound (95 %) of the lift; null where that is not known")
            Double liftLower) {

        /** What was seen together once or twice may be chance. */
        boolean evident() {
            return orders >= FEWEST_ORDERS || (liftLower != null && liftLower > 1);
        }
    }

    /** Items or bundles whose popularity rises or falls. */
    record TrendingView(
            String kind,
            String direction,
            long asOf,
            @Described("half-life of popularity") long shortHalfLifeMillis,
            @Described("half-life of the long-term rate") long longHalfLifeMillis,
            List<Trend> trending) {}

    /** An item or bundle whose popularity rises or falls. */
    record Trend(
            String id,
            @Described(nullable = true) String title,

            @Described("interactions, decayed with the short half-life")
            double popularity,

            @Described("its value at the long-term rate") double expected,

            @Described("approximate standard deviations by which popularity exceeds expected; negative if falling")
            double surge) {}

    private CatalogIndex catalog() {
        sources.requireInformed();
        return sources.catalog();
    }

    private ApiResponse item(Request request) {
        String id = request.text("id");
        CatalogIndex catalog = catalog();
        requireKnownItem(catalog, id);
        Item item = catalog.item(id);
        EntityModelView model = EntityModelView.orNull(catalog.model(Entity.ofItem(id)));
        return item == null
                ? ApiResponse.ok(new ItemDetailsView(id, null, model))
                : ApiResponse.ok(new ItemDetailsView(id, AvroJson.write(CatalogMapper.ITEMS.toAvro(item)), model))
                        .with("ETag", CatalogKind.ITEM.tag(item));
    }

    private static void requireKnownItem(CatalogIndex catalog, String id) {
        if (catalog.item(id) == null && catalog.model(Entity.ofItem(id)) == null) {
            throw ApiException.unknown("item", id);
        }
    }

    private ApiResponse similar(Request request) {
        String id = request.text("id");
        CatalogIndex catalog = catalog();
        requireKnownItem(catalog, id);
        List<SimilarItem> similar = SimilarItems.of(catalog, id, request.number("limit", STANDARD_LIST)).stream()
                .map(found -> new SimilarItem(
                        found.itemId(), EndpointHelpers.itemTitle(catalog, found.itemId()), found.cosine()))
                .toList();
        return ApiResponse.ok(new SimilarItemsView(id, reason(similar), similar));
    }

    private ApiResponse boughtTogether(Request request) {
        String id = request.text("id");
        CatalogIndex catalog = catalog();
        requireKnownItem(catalog, id);
        EntityModel model = catalog.model(Entity.ofItem(id));
        long purchases = model == null ? 0 : model.purchases();
        List<Neighbor> neighbors = model == null ? List.of() : model.neighbors();
        List<Partner> together = neighbors.stream()
                // Neighbours without closed orders share interactions, but no purchases.
                .filter(neighbor -> neighbor.orders() > 0)
                .map(neighbor -> partner(catalog, purchases, neighbor))
                .filter(Partner::evident)
                .sorted(Comparator.comparingDouble(partner -> partner.liftLower() == null ? 0 : -partner.liftLower()))
                .limit(request.number("limit", STANDARD_LIST))
                .toList();
        return ApiResponse.ok(new BoughtTogetherView(id, purchases, reason(together), together));
    }

    private static String reason(List<?> found) {
        return found.isEmpty() ? "not-enough-data" : null;
    }

    private static Partner partner(CatalogIndex catalog, long purchases, Neighbor neighbor) {
        EntityModel other = catalog.model(Entity.ofItem(neighbor.itemId()));
        Lift lift = purchases == 0 || other == null || other.purchases() == 0
                ? null
                : Lift.ofPair(neighbor.orders(), catalog.orders(), purchases, other.purchases());
        return new Partner(
                neighbor.itemId(),
                EndpointHelpers.itemTitle(catalog, neighbor.itemId()),
                neighbor.weight(),
                neighbor.orders(),
                purchases == 0 ? 0 : Math.min(1, (double) neighbor.orders() / purchases),
                lift == null ? null : lift.value(),
                lift == null ? null : lift.lower());
    }

    private ApiResponse bundle(Request request) {
        String id = request.text("id");
        BundleEntry entry = catalog().bundle(id);
        if (entry == null) {
            throw ApiException.unknown("bundle", id);
        }
        return ApiResponse.ok(BundleDetailsView.of(entry, sources.models(), sources.shopTime()))
                .with("ETag", CatalogKind.BUNDLE.tag(entry.catalogued()));
    }

    private ApiResponse trending(Request request) {
        CatalogIndex catalog = catalog();
        boolean bundles = "bundles".equals(request.text("kind"));
        Long at = request.number("at");
        long now = at == null ? sources.shopTime() : at;
        int most = request.number("limit", STANDARD_LIST);
        var popularity = sources.settings().index().popularity();
        double ratio = (double) popularity.shortHalfLifeMillis() / popularity.longHalfLifeMillis();
        TrendingEntities trending = new TrendingEntities(catalog, ratio);
        Direction direction = "falling".equals(request.text("direction")) ? Direction.FALLING : Direction.RISING;
        List<Trend> trends = (bundles ? trending.bundles(direction, now, most) : trending.items(direction, now, most))
                .stream()
                        .map(trend -> new Trend(
                                trend.id(),
                                bundles
                                        ? EndpointHelpers.bundleTitle(catalog, trend.id())
                                        : EndpointHelpers.itemTitle(catalog, trend.id()),
                                trend.popularity(),
                                trend.expected(),
                                trend.surge()))
                        .toList();
        return ApiResponse.ok(new TrendingView(
                bundles ? "bundles" : "items",
                direction.name().toLowerCase(Locale.ROOT),
                now,
                popularity.shortHalfLifeMillis(),
                popularity.longHalfLifeMillis(),
                trends));
    }

    /** An item with what was learned of it, which may be known of others than those of the catalogue. */
    private record ItemDetailsView(
            String itemId,

            @Described(
                    value = "as PUT accepts it; null: it is not in the catalogue",
                    nullable = true,
                    avro = dev.kombo.schema.Item.class)
            JsonNode item,

            @Described(value = "what was learned about it", nullable = true)
            EntityModelView model) {}

    /** A bundle with its members, and what was learned of it. */
    private record BundleDetailsView(
            @JsonUnwrapped ListedBundle listed,
            @Described(nullable = true) Money price,
            List<MemberView> members,

            @Described(value = "name of a slot that lacks items which can be sold; null: none does", nullable = true)
            String unfilled,

            @Described("its slots, filled with the most popular items; empty without slots, and where one lacks items")
            List<FilledSlotView> filled,

            @Described(value = "model learned from interactions with the bundle itself", nullable = true)
            EntityModelView model) {
        static BundleDetailsView of(BundleEntry entry, LiveModels models, long now) {
            Bundle bundle = entry.catalogued();
            CatalogIndex catalog = models.catalog();
            return new BundleDetailsView(
                    ListedBundle.of(entry, models, now),
                    Money.orNull(bundle.priceMinor(), bundle.currency()),
                    bundle.members().stream()
                            .map(member -> MemberView.of(catalog, member.itemId(), member.quantity()))
                            .toList(),
                    entry.fill().unfilled(),
                    FilledSlotView.of(entry.slots(), entry.bundle().currency(), catalog),
                    EntityModelView.orNull(catalog.model(Entity.ofBundle(bundle.id()))));
        }
    }
}
