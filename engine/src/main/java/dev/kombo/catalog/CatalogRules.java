package dev.kombo.catalog;

import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.catalog.Item.Suitability;
import java.util.Currency;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Validates items and bundles before they enter the catalogue. Within these bounds, no sum of quantities and prices
 * overflows anywhere.
 *
 * @param maxIdLength longest id accepted, in UTF-16 units
 * @param maxPriceMinor highest price accepted, in minor units
 */
public record CatalogRules(int maxIdLength, long maxPriceMinor) {
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final int MAX_MEMBERS = 1_000;
    private static final int MAX_QUANTITY = 10_000;
    private static final int MAX_ADDRESS = 2_048;

    /** What is wrong with an item, as a sentence for people; null where it is valid. */
    public String problem(Item item) {
        String problem = idProblem("itemId", item.id());
        problem = problem != null ? problem : priceProblem("costMinor", item.costMinor());
        problem = problem != null ? problem : priceProblem("priceMinor", item.priceMinor());
        if (problem == null && item.priceMinor() != Item.UNKNOWN) {
            problem = currencyProblem(item.currency());
        }
        problem = problem != null ? problem : suitabilityProblem(item.suitability());
        problem = problem != null ? problem : addressProblem("image", item.image());
        return problem != null ? problem : addressProblem("link", item.link());
    }

    /** What is wrong with a bundle, as a sentence for people; null where it is valid. */
    public String problem(Bundle bundle) {
        String problem = idProblem("bundleId", bundle.id());
        problem = problem != null ? problem : membersProblem(bundle);
        problem = problem != null ? problem : priceProblem("priceMinor", bundle.priceMinor());
        problem = problem != null ? problem : priceProblem("listPriceMinor", bundle.listPriceMinor());
        problem = problem != null ? problem : currencyProblem(bundle.currency());
        int discount = bundle.limits().maxDiscountBasisPoints();
        if (problem == null && (discount < 0 || discount > PriceLimits.ANY_DISCOUNT)) {
            problem = "maxDiscountBasisPoints is " + discount + ", 0 to " + PriceLimits.ANY_DISCOUNT + " is expected";
        }
        problem = problem != null
                ? problem
                : priceProblem("minMarginMinor", bundle.limits().minMarginMinor());
        // A bundle sold below cost has a negative margin.
        return problem != null ? problem : priceProblem("marginMinor", Math.max(Item.UNKNOWN, bundle.marginMinor()));
    }

    private String suitabilityProblem(Suitability suits) {
        if (suits.minAge() < 0 || suits.maxAge() < suits.minAge()) {
            return "minAge is " + suits.minAge() + " and maxAge " + suits.maxAge()
                    + ", 0 <= minAge <= maxAge is expected";
        }
        if (suits.requires().size() > MAX_MEMBERS || suits.segments().size() > MAX_MEMBERS) {
            return "requires or segments has more than " + MAX_MEMBERS + " entries";
        }
        return suits.requires().stream()
                .map(id -> idProblem("requires", id))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private String membersProblem(Bundle bundle) {
        int size = bundle.members().size();
        if (size == 0 || size > MAX_MEMBERS) {
            return size + " members, 1 to " + MAX_MEMBERS + " are expected";
        }
        for (int m = 0; m < size; m++) {
            BundleMember member = bundle.members().get(m);
            String problem = idProblem("itemId", member.itemId());
            if (problem == null && (member.quantity() < 1 || member.quantity() > MAX_QUANTITY)) {
                problem = "quantity is " + member.quantity() + ", 1 to " + MAX_QUANTITY + " is expected";
            }
            if (problem != null) {
                return "member " + (m + 1) + ": " + problem;
            }
        }
        return null;
    }

    private String idProblem(String field, String id) {
        if (id.isBlank()) {
            return field + " is blank";
        }
        return id.length() <= maxIdLength
                ? null
                : field + " has " + id.length() + " characters, at most " + maxIdLength + " are accepted";
    }

    private String priceProblem(String field, long amount) {
        return amount == Item.UNKNOWN || (amount >= 0 && amount <= maxPriceMinor)
                ? null
                : field + " is " + amount + ", 0 to " + maxPriceMinor + " is expected";
    }

    /** An address that a shop puts into its pages must not be a script. */
    private static String addressProblem(String field, String address) {
        if (address == null) {
            return null;
        }
        if (address.length() > MAX_ADDRESS) {
            return field + " has " + address.length() + " characters, at most " + MAX_ADDRESS + " are accepted";
        }
        return address.startsWith("https://") || address.startsWith("http://") || address.startsWith("/")
                ? null
                : field + " starts neither with https:// or http:// nor with /";
    }

    private static String currencyProblem(String code) {
        return isCurrencyCode(code) ? null : "currency is not a code of ISO 4217, such as GBP";
    }

    /** Whether a text is an ISO 4217 code. This bounds the number of currencies per shopper and per experiment. */
    public static boolean isCurrencyCode(String code) {
        return code != null && CURRENCIES.contains(code);
    }
}
