package dev.kombo.ranking.rules;

import dev.kombo.catalog.index.BundleState;
import org.jspecify.annotations.Nullable;

/**
 * The reasons why a bundle is not offered. Rules are checked in this order; the first broken one is the reason given.
 */
public enum Exclusion {
    /** The catalogue has no such bundle. */
    NOT_IN_CATALOGUE("not-in-catalogue"),
    /** The request excludes it, for example because it is in an open offer. */
    LEFT_OUT("left-out"),
    /** Its validity has ended, or it was stopped. */
    NO_LONGER_VALID("no-longer-valid"),
    /** Its validity has not begun. */
    NOT_YET_VALID("not-yet-valid"),
    /** A slot lacks items that can be sold. */
    UNFILLABLE("unfillable"),
    /** The bundle or a member has no price. */
    UNPRICED("unpriced"),
    /** The bundle's and its members' prices are not all in one currency. */
    MIXED_CURRENCIES("mixed-currencies"),
    /** It costs more than its members one by one. */
    DEARER_THAN_MEMBERS("dearer-than-members"),
    /** Its price gives a larger discount or a smaller margin than it may, or whether it does is not known. */
    BELOW_PRICE_LIMITS("below-price-limits"),
    /** The shopper's code takes off as much as the bundle saves, and the two do not combine. */
    CODE_SAVES_MORE("code-saves-more"),
    /** Its own stock, or a member's, does not suffice for one bundle. Unknown stock is unlimited. */
    OUT_OF_STOCK("out-of-stock"),
    /** It or a member is meant for segments, and the shopper is in none of them. */
    OTHER_SEGMENT("other-segment"),
    /** The shopper already holds a member. */
    HELD("held"),
    /** A member requires an item that the shopper does not hold. */
    REQUIRED_NOT_HELD("required-not-held"),
    /** The shopper's age is unknown, or not certainly within the members' range. */
    OUTSIDE_AGE("outside-age"),
    /** Its price is outside the band of the settings, or too far above what the shopper usually pays. */
    OUTSIDE_PRICE_BAND("outside-price-band"),
    /** It was offered to the shopper as often as the settings allow. */
    OFFERED_TOO_OFTEN("offered-too-often"),
    /** Every member is in the cart in its quantity, or in the open order. */
    IN_BASKET("in-basket"),
    /** A member is what shoppers take instead of an item of the basket. */
    SUBSTITUTE("substitute-of-basket"),
    /** The shopper bought it, or every member of it, within the cool-down. */
    BOUGHT_RECENTLY("bought-recently"),
    /** The shopper has bought a member that its buyers hardly ever buy again. */
    BOUGHT_ONCE("bought-once");

    private final String code;

    Exclusion(String code) {
        this.code = code;
    }

    /** The reason of a bundle that nobody can be offered; null where it can be. */
    static @Nullable Exclusion of(BundleState state) {
        return switch (state) {
            case OFFERED -> null;
            case STOPPED, ENDED -> NO_LONGER_VALID;
            case SCHEDULED -> NOT_YET_VALID;
            case UNFILLABLE -> UNFILLABLE;
            case UNPRICED -> UNPRICED;
            case MIXED_CURRENCIES -> MIXED_CURRENCIES;
            case DEARER_THAN_MEMBERS -> DEARER_THAN_MEMBERS;
            case BELOW_PRICE_LIMITS -> BELOW_PRICE_LIMITS;
            case SOLD_OUT -> OUT_OF_STOCK;
        };
    }

    /** Stable code, as used in metrics and API responses. */
    public String code() {
        return code;
    }
}
