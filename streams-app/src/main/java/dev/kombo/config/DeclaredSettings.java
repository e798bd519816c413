package dev.kombo.config;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.account.AccountRetention;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.engine.TaskSettings;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.learning.network.NetworkSettings;
import dev.kombo.price.BundlePricing;
import dev.kombo.profile.CustomerLevels;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The list of all settings, collected from the classes that declare them. */
public final class DeclaredSettings {
    private static final List<Class<?>> DECLARED_BY = List.of(
            ServiceSettings.class,
            ApiSettings.class,
            TrackerSettings.class,
            WebhookSettings.class,
            PrivacySettings.class,
            EventRules.class,
            ProfileLimits.class,
            CustomerLevels.class,
            ShopperSettings.class,
            TaskSettings.class,
            FactorSettings.class,
            PopularitySettings.class,
            BundlePricing.class,
            IndexSettings.class,
            MiningSettings.class,
            TrainingSettings.class,
            NetworkSettings.class,
            NetworkSettings.AdamSettings.class,
            OfferSettings.class,
            RankingSettings.class,
            RuleSettings.class,
            AttributionSettings.class,
            UpliftSettings.class,
            AccountRetention.class);

    /** All settings by name. */
    public static final Map<String, Setting<?>> BY_NAME = DECLARED_BY.stream()
            .flatMap(type -> Arrays.stream(type.getFields()))
            .filter(field -> field.getType() == Setting.class)
            .map(DeclaredSettings::constant)
            .collect(Collectors.toUnmodifiableMap(Setting::name, Function.identity()));

    static final ConfigDef DEFINITION = new ConfigDef();

    static {
        BY_NAME.values()
                .forEach(setting -> DEFINITION.define(
                        setting.name(),
                        ConfigDef.Type.valueOf(setting.kind().name()),
                        setting.standard(),
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> validate(setting, value),
                                () -> setting.allowed().toString()),
                        ConfigDef.Importance.valueOf(setting.importance().name()),
                        setting.doc()));
    }

    private DeclaredSettings() {}

    private static Setting<?> constant(Field field) {
        try {
            return (Setting<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not public", e);
        }
    }

    /** Returns contradictions between valid values. */
    static List<String> contradictions(SettingValues values) {
        List<String> found = new ArrayList<>(ApiSettings.contradictions(values));
        found.addAll(WebhookSettings.contradictions(values));
        BY_NAME.values().forEach(setting -> setting.contradiction(values).ifPresent(found::add));
        return found;
    }

    private static void validate(Setting<?> setting, Object value) {
        try {
            // Absent after a value that could not be parsed, which Kafka has already reported.
            if (value != null) {
                setting.read(KomboConfig.plain(value));
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }
}
