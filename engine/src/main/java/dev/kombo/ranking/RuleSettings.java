package dev.kombo.ranking;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.DECADE;
import static dev.kombo.settings.Millis.SECOND;
import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Format;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings of the rules that exclude bundles. Prices are in minor units of the shop's currency; cool-downs are set per
 * category where they differ from the general one.
 */
public record RuleSettings(
        long minPriceMinor,
        long maxPriceMinor,
        int frequencyCap,
        long frequencyWindowMillis,
        long coolDownMillis,
        Map<String, Long> categoryCoolDownMillis,
        boolean substitutes,
        double repurchaseMin,
        Set<String> unpricedSegments) {
    public static final Setting<Long> PRICE_MAX = Setting.ofLong(
                    "kombo.rule.price.max.minor", Long.MAX_VALUE, between(0L, Long.MAX_VALUE))
            .medium("Highest price of an offered bundle, in minor units.");
    public static final Setting<Long> PRICE_MIN = Setting.ofLong(
                    "kombo.rule.price.min.minor", 0, between(0L, Long.MAX_VALUE))
            .atMost(PRICE_MAX)
            .medium("Lowest price of an offered bundle, in minor units.");
    public static final Setting<Integer> FREQUENCY_CAP = Setting.ofInt("kombo.rule.frequency.cap", 10, between(1, 1000))
            .high("Most times that a bundle is offered to a shopper within the frequency window.");
    public static final Setting<Long> FREQUENCY_WINDOW = Setting.ofLong(
                    "kombo.rule.frequency.window.ms", DAY, between(SECOND, DECADE))
            .medium("Length of the frequency window, in milliseconds.");
    public static final Setting<Long> COOL_DOWN = Setting.ofLong(
                    "kombo.rule.cool.down.ms", 30 * DAY, between(0L, DECADE))
            .high("How long a bundle is not offered again after all of its items were bought, in milliseconds.");
    public static final Setting<Map<String, Long>> CATEGORY_COOL_DOWNS = Setting.ofList(
                    "kombo.rule.cool.down.categories",
                    "",
                    new Format<>("category=milliseconds", RuleSettings::coolDowns))
            .medium("How long a bundle is not offered again after all of its items were bought, by category. Of several"
                    + " categories in a bundle, the shortest time applies.");

    public static final Setting<Boolean> SUBSTITUTES = Setting.ofBoolean("kombo.rule.substitutes", true)
            .medium(
                    "Whether a bundle is kept back while the basket has what shoppers take instead of one of its items: of"
                            + " the same category, that the same shoppers interacted with, and hardly ever bought together.");

    public static final Setting<Double> REPURCHASE_MIN = Setting.ofDouble(
                    "kombo.rule.repurchase.min", 0.2, between(0.0, 1.0))
            .medium("Smallest estimated share of an item's buyers who buy it again. Below it, a bundle with the item is"
                    + " not offered to shoppers who have bought the item. 0: the rule is off.");

    public static final Setting<Set<String>> UNPRICED_SEGMENTS = Setting.ofList(
                    "kombo.rule.price.segments.excluded",
                    "",
                    new Format<>(
                            "names of segments",
                            given -> ((List<?>) given)
                                    .stream()
                                            .map(name -> name.toString().strip())
                                            .collect(Collectors.toUnmodifiableSet())))
            .medium(
                    "Segments of users for whom no price is chosen: also in arms that choose discounts, they are offered"
                            + " bundles at the catalogue's prices.");

    /** Reads the settings. */
    public static RuleSettings of(SettingValues values) {
        return new RuleSettings(
                values.get(PRICE_MIN),
                values.get(PRICE_MAX),
                values.get(FREQUENCY_CAP),
                values.get(FREQUENCY_WINDOW),
                values.get(COOL_DOWN),
                values.get(CATEGORY_COOL_DOWNS),
                values.get(SUBSTITUTES),
                values.get(REPURCHASE_MIN),
                values.get(UNPRICED_SEGMENTS));
    }

    private static Map<String, Long> coolDowns(Object given) {
        Map<String, Long> coolDowns = new HashMap<>();
        for (Object entry : (List<?>) given) {
            String text = entry.toString();
            if (!text.matches(".+=\\d{1,15}")) {
                throw new IllegalArgumentException(text + " is not a cool-down of a category");
            }
            int divider = text.lastIndexOf('=');
            coolDowns.put(text.substring(0, divider), Long.parseLong(text.substring(divider + 1)));
        }
        return Map.copyOf(coolDowns);
    }
}
