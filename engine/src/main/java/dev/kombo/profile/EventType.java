package dev.kombo.profile;

import dev.kombo.attribution.OutcomeKind;
import org.jspecify.annotations.Nullable;

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
    OFFER_IMPRESSION(0f, OutcomeKind.IMPRESSION),
    OFFER_CLICK(0.3f, OutcomeKind.CLICK),
    OFFER_DISMISSAL(0f, OutcomeKind.DISMISSAL);

    private static final EventType[] TYPES = values();

    private final float preference;
    private final @Nullable OutcomeKind feedback;

    EventType(float preference) {
        this(preference, null);
    }

    EventType(float preference, @Nullable OutcomeKind feedback) {
        this.preference = preference;
        this.feedback = feedback;
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
        return feedback != null;
    }

    /** What the event says of an offer; null where it is no feedback on one. */
    public @Nullable OutcomeKind feedback() {
        return feedback;
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
