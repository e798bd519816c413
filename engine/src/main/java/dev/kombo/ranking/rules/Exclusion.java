package dev.kombo.ranking.rules;

/** Why a bundle is not offered. Rules are checked in this order; the first that is broken is the reason given. */
public enum Exclusion {
    /** The catalogue has no such bundle. */
    NOT_IN_CATALOGUE("not-in-catalogue"),
    /** The caller asked to leave it out, for example because it is on an open offer. */
    LEFT_OUT("left-out"),
    /** The bundle or a member has no price. */
    UNPRICED("unpriced"),
    /** The bundle's and its members' prices are not all in one currency. */
    MIXED_CURRENCIES("mixed-currencies"),
    /** It was mined, and by now costs more than its members one by one. */
    DEARER_THAN_MEMBERS("dearer-than-members"),
    /** Its own stock, or that of a member for its quantity, does not give one bundle. Stock not known is unlimited. */
    OUT_OF_STOCK("out-of-stock"),
    /** Its validity has not begun. */
    NOT_YET_VALID("not-yet-valid"),
    /** Its validity has ended, or somebody stopped it. */
    NO_LONGER_VALID("no-longer-valid"),
    /** It or a member is meant for segments that the shopper is in none of. */
    OTHER_SEGMENT("other-segment"),
    /** The shopper holds a member already. */
    HELD("held"),
    /** A member needs an item that the shopper does not hold. */
    REQUIRED_NOT_HELD("required-not-held"),
    /** The shopper's age is not known, or not surely within that of the members. */
    OUTSIDE_AGE("outside-age"),
    /** Its price is outside the band of the settings, or too far above what the shopper usually pays. */
    OUTSIDE_PRICE_BAND("outside-price-band"),
    /** It was offered to the shopper as often as the settings allow. */
    OFFERED_TOO_OFTEN("offered-too-often"),
    /** Every member is in the cart in its quantity, or in the order that is coming in. */
    IN_BASKET("in-basket"),
    /** The shopper bought it, or every member of it, within the cool-down. */
    BOUGHT_RECENTLY("bought-recently");

    private final String code;

    Exclusion(String code) {
        this.code = code;
    }

    /** Stable code, as in metrics and answers. */
    public String code() {
        return code;
    }
}
