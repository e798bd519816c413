package dev.kombo.profile;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.DECADE;
import static dev.kombo.settings.Range.between;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.util.Set;

/**
 * Limits of the data kept per shopper.
 *
 * @param recentInteractions latest interactions kept
 * @param recentEventIds latest event ids kept for de-duplication, without those of purchases and returns
 * @param eventIdAge longest time such an id is kept, milliseconds
 * @param paidEventIds latest ids of purchases and returns kept for de-duplication
 * @param paidEventIdAge longest time such an id is kept, milliseconds
 * @param purchasedItems most items bought that are kept
 * @param exposedBundles most bundles offered that are kept
 * @param holdings whether the shopper's holdings are kept
 * @param attributes names of the attributes that are kept
 */
public record ProfileLimits(
        int recentInteractions,
        int recentEventIds,
        long eventIdAge,
        int paidEventIds,
        long paidEventIdAge,
        int purchasedItems,
        int exposedBundles,
        boolean holdings,
        Set<String> attributes) {
    public static final Setting<Integer> DUPLICATE_IDS = Setting.ofInt("kombo.duplicate.ids", 256, between(1, 10_000))
            .low("Latest event ids kept per shopper to recognise duplicates; purchases and returns have their"
                    + " own.");
    public static final Setting<Long> DUPLICATE_AGE = Setting.ofLong("kombo.duplicate.age.ms", DAY, between(1L, DECADE))
            .low("How long an event id is kept, in milliseconds of event time; those of purchases and returns"
                    + " are kept for the attribution window, if that is longer.");
    public static final Setting<Integer> DUPLICATE_PURCHASE_IDS = Setting.ofInt(
                    "kombo.duplicate.purchase.ids", 512, between(1, 10_000))
            .low("Number of latest purchases and returns whose ids are kept per shopper, so that the amount of each is "
                    + "counted once. Each id takes 16 bytes.");
    public static final Setting<Integer> PURCHASED_ITEMS = Setting.ofInt(
                    "kombo.profile.purchased.items", 256, between(1, 10_000))
            .low("Purchased items remembered per shopper.");
    public static final Setting<Boolean> HOLDINGS = Setting.ofBoolean("kombo.profile.holdings", false)
            .medium("Whether items are held rather than used up, such as a bank's products: a purchased item"
                    + " is held without time limit until it is returned, and bundles with an item that the"
                    + " customer holds are not offered, unless that item is repeatable. Items without a price"
                    + " are mined, and the strategy that is active before one is published ranks by conversion."
                    + " Switching it off deletes all holdings.");

    /** Latest interactions kept per shopper: each event of the shopper reads and writes them all. */
    private static final int RECENT_INTERACTIONS = 50;

    /** Offered bundles remembered per shopper. */
    private static final int EXPOSED_BUNDLES = 64;

    /** Reads the settings. */
    public static ProfileLimits of(SettingValues values) {
        return new ProfileLimits(
                RECENT_INTERACTIONS,
                values.get(DUPLICATE_IDS),
                values.get(DUPLICATE_AGE),
                values.get(DUPLICATE_PURCHASE_IDS),
                Math.max(values.get(DUPLICATE_AGE), values.get(AttributionSettings.WINDOW)),
                values.get(PURCHASED_ITEMS),
                EXPOSED_BUNDLES,
                values.get(HOLDINGS),
                values.get(CustomerLevels.NAMES));
    }
}
