package dev.kombo.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.CatalogRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the tiers of a bundle's price as a person writes them, and reads them: {@code 10% off}, {@code 5.00 off},
 * {@code 3 for 20.00}, {@code all for 45.00}, {@code 1 free of 3}, {@code gift mug}; what a tier asks for comes first,
 * as in {@code from 3 units: 10% off} and {@code from 50.00: gift mug}.
 */
public final class PriceTierText {
    /** Not 0, which stands for any number in a record: 0 for 20.00 is not meant as all for 20.00. */
    private static final String UNITS = "[1-9]\\d{0,8}";

    private static final Pattern ASKS = Pattern.compile(
            "from (?:(?<units>" + UNITS + ") units(?: and (?<andAmount>\\S+))?|(?<amount>\\S+)): (?<gives>.+)",
            Pattern.DOTALL);
    private static final Pattern PERCENT = Pattern.compile("(\\S+?) ?% off");
    private static final Pattern AMOUNT = Pattern.compile("(\\S+) off");
    private static final Pattern PRICE = Pattern.compile("(all|" + UNITS + ") for (\\S+)");
    private static final Pattern FREE = Pattern.compile("(" + UNITS + ") free of (" + UNITS + ")");
    private static final Pattern GIFT = Pattern.compile("gift (.+)", Pattern.DOTALL);
    private static final int BASIS_POINTS_DIGITS = 2;

    private PriceTierText() {}

    /** The tiers of a bundle. */
    public static List<String> of(JsonNode bundle) {
        List<String> texts = new ArrayList<>();
        String currency = bundle.path("currency").asText();
        bundle.path("priceTiers").forEach(tier -> texts.add(text(tier, currency)));
        return texts;
    }

    private static String text(JsonNode tier, String currency) {
        long units = tier.path("fromUnits").asLong();
        boolean unitsStated = tier.hasNonNull("freeUnits") || tier.hasNonNull("priceMinor");
        List<String> asked = new ArrayList<>();
        if (units > 0 && !unitsStated) {
            asked.add(units + " units");
        }
        if (tier.path("fromAmountMinor").asLong() > 0) {
            asked.add(amount(tier.path("fromAmountMinor"), currency));
        }
        return (asked.isEmpty() ? "" : "from " + String.join(" and ", asked) + ": ") + gives(tier, units, currency);
    }

    private static String gives(JsonNode tier, long units, String currency) {
        if (tier.hasNonNull("discountBasisPoints")) {
            return BigDecimal.valueOf(tier.path("discountBasisPoints").asInt(), BASIS_POINTS_DIGITS)
                            .stripTrailingZeros()
                            .toPlainString()
                    + "% off";
        }
        if (tier.hasNonNull("discountMinor")) {
            return amount(tier.path("discountMinor"), currency) + " off";
        }
        if (tier.hasNonNull("priceMinor")) {
            return (units == 0 ? "all" : units) + " for " + amount(tier.path("priceMinor"), currency);
        }
        return tier.hasNonNull("freeUnits")
                ? tier.path("freeUnits").asInt() + " free of " + units
                : "gift " + tier.path("giftItemId").asText();
    }

    private static String amount(JsonNode minor, String currency) {
        return CatalogRules.isCurrencyCode(currency) ? Amounts.text(minor.asLong(), currency) : minor.asText();
    }

    /**
     * Reads a tier.
     *
     * @param currency of its amounts; null: none is known
     * @throws RejectedRowException if the text is none
     */
    static ObjectNode read(String column, String text, String currency) {
        ObjectNode tier = JsonNodeFactory.instance.objectNode();
        Matcher asks = ASKS.matcher(text.strip());
        String gives = text.strip();
        if (asks.matches()) {
            gives = asks.group("gives");
            if (asks.group("units") != null) {
                tier.put("fromUnits", Integer.parseInt(asks.group("units")));
            }
            String amount = asks.group("andAmount") == null ? asks.group("amount") : asks.group("andAmount");
            if (amount != null) {
                tier.put("fromAmountMinor", Amounts.minor(column, amount, currency));
            }
        }
        Matcher found = PERCENT.matcher(gives);
        if (found.matches()) {
            return tier.put("discountBasisPoints", basisPoints(column, found.group(1)));
        }
        found = AMOUNT.matcher(gives);
        if (found.matches()) {
            return tier.put("discountMinor", Amounts.minor(column, found.group(1), currency));
        }
        // These state their number of units themselves: another one before them would be lost.
        boolean unitsStated = tier.has("fromUnits");
        found = PRICE.matcher(gives);
        if (found.matches() && !unitsStated) {
            if (!found.group(1).equals("all")) {
                tier.put("fromUnits", Integer.parseInt(found.group(1)));
            }
            return tier.put("priceMinor", Amounts.minor(column, found.group(2), currency));
        }
        found = FREE.matcher(gives);
        if (found.matches() && !unitsStated) {
            return tier.put("fromUnits", Integer.parseInt(found.group(2)))
                    .put("freeUnits", Integer.parseInt(found.group(1)));
        }
        found = GIFT.matcher(gives);
        if (found.matches()) {
            return tier.put("giftItemId", found.group(1));
        }
        throw RejectedRowException.unparsable(
                column,
                "expected 10% off, 5.00 off, 3 for 20.00, 1 free of 3, gift ITEM, or from 3 units: 10% off (units only"
                        + " before % off, off and gift), found "
                        + Row.shown(text));
    }

    private static int basisPoints(String column, String percent) {
        try {
            return Amounts.decimal(column, percent)
                    .movePointRight(BASIS_POINTS_DIGITS)
                    .intValueExact();
        } catch (ArithmeticException e) {
            throw RejectedRowException.unparsable(
                    column, "expected a discount with at most two decimals, found " + percent);
        }
    }
}
