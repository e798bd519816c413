package dev.kombo.query.format;

/** The fields of an event that are looked up in documents of other formats. */
public enum EventField {
    /** The format's word for the type of event. */
    TYPE("type"),
    EVENT_ID("eventId"),
    USER_ID("userId"),
    SESSION_ID("sessionId"),
    TIME("eventTime"),
    /** An array, each element of which is an event of its own. */
    ITEMS("items, an event for each"),
    ITEM_ID("itemId"),
    QUANTITY("quantity"),
    PRICE("unitPriceMinor"),
    CURRENCY("currency"),
    ORDER_ID("orderId"),
    RATING("ratingValue"),
    OFFER_ID("offerId"),
    BUNDLE_ID("bundleId"),
    TITLE("title, in a replay"),
    CATEGORY("category, in a replay");

    private final String becomes;

    EventField(String becomes) {
        this.becomes = becomes;
    }

    /** Name of the field in Kombo's event. */
    public String becomes() {
        return becomes;
    }
}
