package dev.kombo.attribution;

import org.jspecify.annotations.Nullable;

/**
 * What can become of an offer, such as that it is seen, clicked or bought. Each kind says whether reports count it for
 * the arm of the experiment, and whether a shop may send it as feedback. Stored by their order: append only.
 */
public enum OutcomeKind {
    /** A shopper was assigned to the arm. */
    ENTERED("users"),
    /** First event of a shopper on a UTC day; counts of windows do not add up. */
    ACTIVE("activeUsers"),
    /** A slate was made. */
    OFFERED("offers"),
    /** A slate was seen; once per offer. */
    IMPRESSION("impressions", 0),
    /** A bundle was clicked; once per bundle of an offer. */
    CLICK("clicks", 1),
    /** A slate or a bundle was dismissed. */
    DISMISSAL("dismissals", 2),
    /** A bundle was bought whole; once per bundle of an offer. */
    CONVERSION("conversions"),
    /** A bundle had been bought in part when its offer closed. */
    PARTIAL_CONVERSION("partialConversions"),
    /** Units of a conversion were returned: its money is negative. A conversion returned in parts has several. */
    RETURN("returns"),
    /** An offer closed without any purchase attributed to it. */
    EXPIRED(null),
    /**
     * Any purchase in the arm, offered or not; or, with a negative quantity and money, any return, which is not
     * counted. As feedback: a purchase that names its offer, which was thus seen.
     */
    PURCHASED("purchases", 3),
    /** A window after assignment has ended: the shopper's value for the comparison of arms. */
    MATURED(null),
    /**
     * A whole bundle was bought that was not offered, but shares an item with one that was offered and seen; it carries
     * no money.
     */
    CROSS_CONVERSION("crossConversions");

    private static final int NO_FEEDBACK = -1;
    private static final OutcomeKind[] KINDS = values();

    private final @Nullable String count;
    private final int feedback;

    OutcomeKind(@Nullable String count) {
        this(count, NO_FEEDBACK);
    }

    OutcomeKind(@Nullable String count, int feedback) {
        this.count = count;
        this.feedback = feedback;
    }

    /** Name of the count of its outcomes in reports, such as {@code clicks}; null where they are not counted. */
    public @Nullable String count() {
        return count;
    }

    /** The number under which waiting feedback of this kind is stored. */
    public int feedback() {
        return feedback;
    }

    /**
     * The kind of stored feedback.
     *
     * @throws IllegalArgumentException if this version does not know it
     */
    public static OutcomeKind ofFeedback(int number) {
        for (OutcomeKind kind : KINDS) {
            if (kind.feedback == number && number != NO_FEEDBACK) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no feedback has the number " + number);
    }
}
