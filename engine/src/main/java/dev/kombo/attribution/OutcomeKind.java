package dev.kombo.attribution;

/** The kind of an outcome. */
public enum OutcomeKind {
    /** A shopper was assigned to the arm. */
    ENTERED,
    /** First event of a shopper on a UTC day. */
    ACTIVE,
    /** A slate was made. */
    OFFERED,
    /** A slate was seen; once per offer. */
    IMPRESSION,
    /** A bundle was clicked; once per bundle of an offer. */
    CLICK,
    /** A slate or a bundle was dismissed. */
    DISMISSAL,
    /** A bundle was bought whole; once per bundle of an offer. */
    CONVERSION,
    /** A bundle had been bought in part when its offer closed. */
    PARTIAL_CONVERSION,
    /** Units of a conversion were returned: its money is negative. */
    RETURN,
    /** An offer closed without any purchase attributed to it. */
    EXPIRED,
    /** Any purchase in the arm, offered or not; or, with a negative quantity and money, any return. */
    PURCHASED,
    /** A window after assignment has ended: the shopper's value for the comparison of arms. */
    MATURED,
    /**
     * A whole bundle was bought that was not offered, but shares an item with one that was offered and seen; it carries
     * no money.
     */
    CROSS_CONVERSION
}
