package dev.kombo.attribution;

/** What happened to an offer or in an arm. */
public enum OutcomeKind {
    /** A shopper was assigned to the arm. */
    ENTERED,
    /** First event of a shopper on a UTC day. */
    ACTIVE,
    /** A slate was made. */
    OFFERED,
    /** A slate was seen; once an offer. */
    IMPRESSION,
    /** A bundle was clicked; once a bundle of an offer. */
    CLICK,
    /** A slate or a bundle was dismissed. */
    DISMISSAL,
    /** A bundle was bought whole; once a bundle of an offer. */
    CONVERSION,
    /** A bundle was bought in part when its offer closed. */
    PARTIAL_CONVERSION,
    /** Units of a conversion came back: its money is negative. */
    RETURN,
    /** An offer closed of which nothing was bought. */
    EXPIRED,
    /** Any purchase in the arm, offered or not; or, with a negative quantity and money, any return. */
    PURCHASED,
    /** A window after entry has ended: what the shopper adds to the comparison of arms. */
    MATURED,
    /** Another bundle was bought whole that shares an item with one offered and seen; it carries no money. */
    CROSS_CONVERSION
}
