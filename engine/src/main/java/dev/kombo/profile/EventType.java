package dev.kombo.profile;

/** The types of events. The order is that of the contract's symbols and of the stored counts: append only. */
public enum EventType {
    UNKNOWN(0f),
    VIEW(0.2f),
    CLICK(0.3f),
    FAVOURITE(0.6f),
    ADD_TO_CART(0.7f),
    REMOVE_FROM_CART(0f),
    PURCHASE(1f),
    RATING(0.5f),
    RETURN(0f),
    OFFER_REQUEST(0f),
    OFFER_IMPRESSION(0f),
    OFFER_CLICK(0.3f),
    OFFER_DISMISSAL(0f);

    private static final EventType[] TYPES = values();

    private final float preference;

    EventType(float preference) {
        this.preference = preference;
    }

    /**
     * How strongly the event expresses the wish to own the entity, 0 to 1: the weight of its learning step. 0 means
     * that no preference is learned from it.
     */
    public float preference() {
        return preference;
    }

    /** Whether the event is feedback on an offer. */
    public boolean offerFeedback() {
        return this == OFFER_IMPRESSION || this == OFFER_CLICK || this == OFFER_DISMISSAL;
    }

    /** Whether money was paid or returned. */
    public boolean movesMoney() {
        return this == PURCHASE || this == RETURN;
    }

    /** The type with the given ordinal. */
    public static EventType of(int ordinal) {
        return TYPES[ordinal];
    }

    /** Number of types. */
    public static int count() {
        return TYPES.length;
    }
}
