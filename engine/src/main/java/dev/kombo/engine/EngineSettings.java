package dev.kombo.engine;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.account.AccountRetention;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.learning.mining.NeighborSettings;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** The settings of the engine as typed records, read once at the start. */
public record EngineSettings(
        SettingValues values,
        EventRules rules,
        ProfileLimits profile,
        FactorSettings factors,
        NeighborSettings neighbors,
        IndexSettings index,
        MiningSettings mining,
        TrainingSettings training,
        OfferSettings offers,
        RankingSettings ranking,
        AttributionSettings attribution,
        AccountRetention retention) {
    /** The settings of a shop. */
    public EngineSettings(SettingValues values) {
        this(values, FactorSettings.SEED);
    }

    /** The settings with another seed of initial vectors and weights, as evaluations and simulations repeat runs. */
    public EngineSettings(SettingValues values, long seed) {
        this(
                values,
                EventRules.of(values),
                ProfileLimits.of(values),
                FactorSettings.of(values, seed),
                NeighborSettings.of(values),
                IndexSettings.of(values),
                MiningSettings.of(values),
                TrainingSettings.of(values),
                OfferSettings.of(values),
                RankingSettings.of(values),
                AttributionSettings.of(values),
                AccountRetention.of(values));
    }

    /** The rules that items and bundles must satisfy. */
    public CatalogRules catalogRules() {
        return new CatalogRules(rules.maxIdLength(), rules.maxUnitPriceMinor());
    }

    /**
     * The strategy that is active until one is published: it ranks by revenue, by margin where costs are known, or by
     * conversion where holdings are kept.
     */
    public StrategyPlan standardPlan(boolean costsKnown) {
        if (profile.holdings()) {
            return StrategyPlan.standard(OfferPolicy.Objective.CONVERSION);
        }
        return StrategyPlan.standard(costsKnown ? OfferPolicy.Objective.MARGIN : OfferPolicy.Objective.REVENUE);
    }

    /** The seed of initial vectors and weights. */
    public long seed() {
        return factors.seed();
    }

    /** The value of a setting that belongs to none of the records. */
    public <T> T get(Setting<T> setting) {
        return values.get(setting);
    }
}
