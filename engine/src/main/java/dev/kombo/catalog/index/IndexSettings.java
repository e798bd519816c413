package dev.kombo.catalog.index;

import static dev.kombo.settings.Range.between;

import dev.kombo.entity.PopularitySettings;
import dev.kombo.price.BundlePricing;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/**
 * Settings of the {@link CatalogIndex}.
 *
 * @param factors length of the factor vectors; longer ones are cut
 * @param pricing prices of mined bundles
 * @param priorPrice whether savings are stated against the lowest price of 30 days
 */
public record IndexSettings(int factors, PopularitySettings popularity, BundlePricing pricing, boolean priorPrice) {
    public static final Setting<Integer> FACTORS = Setting.ofInt("kombo.learning.factors", 48, between(2, 512))
            .medium("Length of factor vectors. Longer vectors of an earlier setting are cut; raise it only together"
                    + " with a reset (kombo reset).");
    public static final Setting<Long> REFRESH_INTERVAL = Setting.ofLong(
                    "kombo.index.refresh.interval.ms", 200, between(0L, 60_000L))
            .low("Minimum time between two refreshes of bundles whose members changed, in milliseconds; one takes a"
                    + " thousand bundles at most, fewer where they have more than four members, and members that"
                    + " change close together cause one. 0: refresh at once.");

    public static final Setting<Boolean> PRIOR_PRICE = Setting.ofBoolean("kombo.rule.prior.price", false)
            .medium("Whether an offer tells each saving against the lowest price of the last 30 days, as directive"
                    + " 98/6/EC, article 6a, asks of announced price reductions. false: against the list price of"
                    + " the day.");

    /** Reads the settings. */
    public static IndexSettings of(SettingValues values) {
        return new IndexSettings(
                values.get(FACTORS), PopularitySettings.of(values), BundlePricing.of(values), values.get(PRIOR_PRICE));
    }
}
