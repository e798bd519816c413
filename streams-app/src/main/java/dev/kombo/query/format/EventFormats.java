package dev.kombo.query.format;

import static java.util.Map.entry;

import dev.kombo.query.format.EventFormat.Field;
import dev.kombo.schema.EventType;
import java.util.List;
import java.util.Map;

/**
 * The supported event formats. A location is a JSON pointer, evaluated in the item, then in the event, then in the
 * surrounding document; of several the first that exists counts.
 */
public final class EventFormats {
    private static final String SNOWPLOW = "com_snowplowanalytics_snowplow_ecommerce_";
    private static final String ACTION = "/unstruct_event_" + SNOWPLOW + "snowplow_ecommerce_action_1";
    private static final String CONTEXT = "/contexts_" + SNOWPLOW;

    /** Each format by its name. */
    public static final Map<String, EventFormat> BY_NAME = Map.of(
            "ga4",
            new EventFormat(
                    "Google Analytics 4: the Measurement Protocol's body (`events` in it), or a row of the export to"
                            + " BigQuery as JSON. Feedback on offers is read from promotions.",
                    "/events",
                    Map.ofEntries(
                            entry("view_item", EventType.VIEW),
                            entry("select_item", EventType.CLICK),
                            entry("add_to_wishlist", EventType.FAVOURITE),
                            entry("add_to_cart", EventType.ADD_TO_CART),
                            entry("remove_from_cart", EventType.REMOVE_FROM_CART),
                            entry("purchase", EventType.PURCHASE),
                            entry("refund", EventType.RETURN),
                            entry("view_promotion", EventType.OFFER_IMPRESSION),
                            entry("select_promotion", EventType.OFFER_CLICK)),
                    Map.ofEntries(
                            entry(Field.TYPE, List.of("/name", "/event_name")),
                            entry(Field.EVENT_ID, List.of("/params/event_id")),
                            entry(Field.USER_ID, List.of("/user_id")),
                            entry(Field.SESSION_ID, List.of("/client_id", "/app_instance_id", "/user_pseudo_id")),
                            entry(Field.TIME, List.of("/timestamp_micros", "/event_timestamp")),
                            entry(Field.ITEMS, List.of("/params/items", "/items")),
                            entry(Field.ITEM_ID, List.of("/item_id")),
                            entry(Field.QUANTITY, List.of("/quantity")),
                            entry(Field.PRICE, List.of("/price")),
                            entry(Field.CURRENCY, List.of("/currency", "/params/currency")),
                            entry(Field.ORDER_ID, List.of("/params/transaction_id", "/ecommerce/transaction_id")),
                            entry(Field.OFFER_ID, List.of("/params/promotion_id", "/promotion_id")),
                            entry(Field.BUNDLE_ID, List.of("/params/creative_name", "/creative_name")),
                            entry(Field.TITLE, List.of("/item_name")),
                            entry(Field.CATEGORY, List.of("/item_category")))),
            "segment",
            new EventFormat(
                    "Segment: `track` calls of the Ecommerce Spec, one, or a `batch` of them.",
                    "/batch",
                    Map.ofEntries(
                            entry("Product Viewed", EventType.VIEW),
                            entry("Product Clicked", EventType.CLICK),
                            entry("Product Added to Wishlist", EventType.FAVOURITE),
                            entry("Product Added", EventType.ADD_TO_CART),
                            entry("Product Removed", EventType.REMOVE_FROM_CART),
                            entry("Order Completed", EventType.PURCHASE),
                            entry("Order Refunded", EventType.RETURN),
                            entry("Product Reviewed", EventType.RATING),
                            entry("Promotion Viewed", EventType.OFFER_IMPRESSION),
                            entry("Promotion Clicked", EventType.OFFER_CLICK)),
                    Map.ofEntries(
                            entry(Field.TYPE, List.of("/event")),
                            entry(Field.EVENT_ID, List.of("/messageId")),
                            entry(Field.USER_ID, List.of("/userId")),
                            entry(Field.SESSION_ID, List.of("/anonymousId")),
                            entry(Field.TIME, List.of("/timestamp", "/originalTimestamp", "/sentAt")),
                            entry(Field.ITEMS, List.of("/properties/products")),
                            entry(Field.ITEM_ID, List.of("/product_id", "/properties/product_id")),
                            entry(Field.QUANTITY, List.of("/quantity", "/properties/quantity")),
                            entry(Field.PRICE, List.of("/price", "/properties/price")),
                            entry(Field.CURRENCY, List.of("/currency", "/properties/currency")),
                            entry(Field.ORDER_ID, List.of("/properties/order_id")),
                            entry(Field.RATING, List.of("/properties/rating")),
                            entry(Field.OFFER_ID, List.of("/properties/promotion_id")),
                            entry(Field.BUNDLE_ID, List.of("/properties/creative")),
                            entry(Field.TITLE, List.of("/name", "/properties/name")),
                            entry(Field.CATEGORY, List.of("/category", "/properties/category")))),
            "snowplow",
            new EventFormat(
                    "Snowplow: enriched events as JSON, as its analytics SDKs write them, with the e-commerce accelerator's"
                            + " actions and entities.",
                    "/events",
                    Map.ofEntries(
                            entry("product_view", EventType.VIEW),
                            entry("list_click", EventType.CLICK),
                            entry("add_to_cart", EventType.ADD_TO_CART),
                            entry("remove_from_cart", EventType.REMOVE_FROM_CART),
                            entry("transaction", EventType.PURCHASE),
                            entry("refund", EventType.RETURN),
                            entry("promo_view", EventType.OFFER_IMPRESSION),
                            entry("promo_click", EventType.OFFER_CLICK)),
                    Map.ofEntries(
                            entry(Field.TYPE, List.of(ACTION + "/type")),
                            entry(Field.EVENT_ID, List.of("/event_id")),
                            entry(Field.USER_ID, List.of("/user_id")),
                            entry(Field.SESSION_ID, List.of("/domain_sessionid", "/domain_userid")),
                            entry(Field.TIME, List.of("/derived_tstamp", "/collector_tstamp")),
                            entry(Field.ITEMS, List.of(CONTEXT + "product_1")),
                            entry(Field.ITEM_ID, List.of("/id")),
                            entry(Field.QUANTITY, List.of("/quantity")),
                            entry(Field.PRICE, List.of("/price")),
                            entry(Field.CURRENCY, List.of("/currency")),
                            entry(
                                    Field.ORDER_ID,
                                    List.of(
                                            CONTEXT + "transaction_1/0/transaction_id",
                                            CONTEXT + "refund_1/0/transaction_id")),
                            entry(Field.OFFER_ID, List.of(CONTEXT + "promotion_1/0/id")),
                            entry(Field.BUNDLE_ID, List.of(CONTEXT + "promotion_1/0/creative_id")),
                            entry(Field.TITLE, List.of("/name")),
                            entry(Field.CATEGORY, List.of("/category")))));

    private EventFormats() {}
}
