package dev.kombo.query.format;

/** What is looked for in a document of another format. */
public enum EventField {
    /** Its word for what happened. */
    TYPE("type"),
    EVENT_ID("eventId"),
    USER_ID("userId"),
    SESSION_ID("sessionId"),
    TIME("eventTime"),
    /** An array of which each element is an event of its own. */
    ITEMS("one event for each"),
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

    /** The field of Kombo's event. */
    public String becomes() {
        return becomes;
    }
}
