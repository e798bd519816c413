package dev.kombo.catalog;

import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.entity.Item.Suitability;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    /**
     * Most members of a new bundle: as many as fill slots. Whenever a member changes, all members and pairs of them are
     * looked at.
     */
    public static final int MOST_MEMBERS = 64;

    /** Most members of a bundle that the catalogue has already: earlier versions accepted as many. */
    private static final int MOST_MEMBERS_HELD = 1_000;

    private static final int MAX_NAMES = 1_000;
    static final int MAX_QUANTITY = 10_000;
    static final int MAX_TITLE = 500;
    private static final int MAX_ADDRESS = 2_000;
    private static final int MAX_ATTRIBUTES = 32;
    static final int MAX_ATTRIBUTE_NAME = 100;
    static final int MAX_ATTRIBUTE = 1_000;

    /**
     * What is wrong with an entry.
     *
     * @param field of the record, such as members[1].quantity
     * @param detail what was found and what is expected; continues the sentence that the field begins
     */
    public record Problem(String field, String detail) {
        @Override
        public String toString() {
            return field + " " + detail;
        }
    }

    /** What is wrong with a new item, or a change of one; null: it is valid. */
    public @Nullable Problem problem(Item item) {
        return first(problemOfHeld(item), new NewEntryChecks(maxPriceMinor).problem(item));
    }

    /**
     * What is wrong with an item in the catalogue's topic, which an earlier version may have accepted; null: it is
     * used.
     */
    public @Nullable Problem problemOfHeld(Item item) {
        return first(
                id("itemId", item.id()),
                price("costMinor", item.costMinor()),
                price("priceMinor", item.priceMinor()),
                item.priceMinor() == Item.UNKNOWN ? null : currency(item.currency()),
                suitability(item.suitability()),
                length("title", item.title(), MAX_TITLE),
                length("category", item.category(), MAX_TITLE),
                attributes(item.attributes()),
                address("image", item.image()),
                address("link", item.link()));
    }

    /** What is wrong with a new bundle; null: it is valid. */
    public @Nullable Problem problem(Bundle bundle) {
        return problem(bundle, null);
    }

    /**
     * What is wrong with a change of a bundle: one that has too many members for a new one may keep them; null: it is
     * valid.
     *
     * @param before the bundle so far; null: there was none
     */
    public @Nullable Problem problem(Bundle changed, @Nullable Bundle before) {
        boolean kept = before != null && new HashSet<>(before.members()).containsAll(changed.members());
        return first(
                problem(changed, kept ? MOST_MEMBERS_HELD : MOST_MEMBERS),
                new NewEntryChecks(maxPriceMinor).problem(changed));
    }

    /**
     * What is wrong with a bundle in the catalogue's topic; null: it is used. An earlier version may have accepted it,
     * which cannot be told from its record, so it may have more members than a new one.
     */
    public @Nullable Problem problemOfHeld(Bundle bundle) {
        return problem(bundle, MOST_MEMBERS_HELD);
    }

    private @Nullable Problem problem(Bundle bundle, int mostMembers) {
        String sale = bundle.sale().problem();
        return first(
                id("bundleId", bundle.id()),
                members(bundle, mostMembers),
                price("priceMinor", bundle.priceMinor()),
                price("listPriceMinor", bundle.listPriceMinor()),
                currency(bundle.currency()),
                range("maxDiscountBasisPoints", bundle.limits().maxDiscountBasisPoints(), 0, PriceLimits.ANY_DISCOUNT),
                price("minMarginMinor", bundle.limits().minMarginMinor()),
                length("title", bundle.title(), MAX_TITLE),
                SlotChecks.problem(bundle, this),
                sale == null ? null : new Problem("combinesWith", sale),
                bundle.sale().completable() && !bundle.slots().isEmpty()
                        ? new Problem("completable", "is true, but slots offer what the shopper lacks already")
                        : null,
                PriceRuleChecks.problem(bundle, maxPriceMinor));
    }

    /** Returns an item of the topic with a margin and time that a new one may have: the nearest. */
    public Item clamped(Item item) {
        return new NewEntryChecks(maxPriceMinor).clamped(item);
    }

    /** Returns a bundle of the topic with a margin and time that a new one may have: the nearest. */
    public Bundle clamped(Bundle bundle) {
        return new NewEntryChecks(maxPriceMinor).clamped(bundle);
    }

    /** Returns an item without the texts that are too long, which earlier versions accepted: cut, or left out. */
    public static Item cut(Item item) {
        Map<String, String> attributes = item.attributes();
        if (attributes(attributes) != null) {
            attributes = attributes.entrySet().stream()
                    .filter(attribute -> attribute.getKey().length() <= MAX_ATTRIBUTE_NAME)
                    .sorted(Map.Entry.comparingByKey())
                    .limit(MAX_ATTRIBUTES)
                    .collect(
                            Collectors.toMap(Map.Entry::getKey, attribute -> cut(attribute.getValue(), MAX_ATTRIBUTE)));
        }
        return new Item(
                item.id(),
                title(item.title()),
                item.category() == null ? null : title(item.category()),
                item.priceMinor(),
                item.currency(),
                item.costMinor(),
                item.stock(),
                attributes,
                item.updatedAt(),
                length("image", item.image(), MAX_ADDRESS) == null ? item.image() : null,
                length("link", item.link(), MAX_ADDRESS) == null ? item.link() : null,
                item.marginMinor(),
                item.suitability());
    }

    /** Returns a bundle whose title, if earlier versions accepted a longer one, is cut. */
    public static Bundle cut(Bundle bundle) {
        return bundle.titled(title(bundle.title()));
    }

    /** Returns the titles of the members, joined; an id where there is no title. */
    public static String title(List<BundleMember> members, Function<String, @Nullable Item> items) {
        return title(members.stream()
                .map(member -> {
                    Item item = items.apply(member.itemId());
                    return item == null || item.title().isBlank() ? member.itemId() : item.title();
                })
                .collect(Collectors.joining(" + ")));
    }

    /** Returns a title that is not too long. */
    public static String title(String text) {
        return cut(text, MAX_TITLE);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }

    static @Nullable Problem first(@Nullable Problem... problems) {
        return Arrays.stream(problems).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private @Nullable Problem suitability(Suitability suits) {
        if (suits.minAge() < 0 || suits.maxAge() < suits.minAge()) {
            return new Problem(
                    "minAge",
                    "is " + suits.minAge() + " and maxAge " + suits.maxAge() + ", 0 <= minAge <= maxAge is expected");
        }
        return first(
                size("requires", suits.requires(), MAX_NAMES),
                size("segments", suits.segments(), MAX_NAMES),
                suits.requires().stream()
                        .map(id -> id("requires", id))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private @Nullable Problem members(Bundle bundle, int most) {
        if (bundle.members().isEmpty() && bundle.slots().isEmpty()) {
            return new Problem("members", "is empty");
        }
        Problem problem = size("members", bundle.members(), most);
        for (int m = 0; problem == null && m < bundle.members().size(); m++) {
            BundleMember member = bundle.members().get(m);
            String place = "members[" + m + "].";
            problem = first(
                    id(place + "itemId", member.itemId()),
                    range(place + "quantity", member.quantity(), 1, MAX_QUANTITY));
        }
        return problem;
    }

    private static @Nullable Problem attributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(attribute -> {
                    String field = "attributes." + cut(attribute.getKey(), MAX_ATTRIBUTE_NAME);
                    return first(
                            length(field, attribute.getKey(), MAX_ATTRIBUTE_NAME),
                            length(field, attribute.getValue(), MAX_ATTRIBUTE));
                })
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(size("attributes", attributes.keySet(), MAX_ATTRIBUTES));
    }

    @Nullable
    Problem id(String field, String id) {
        return id.isBlank() ? new Problem(field, "is blank") : length(field, id, maxIdLength);
    }

    static @Nullable Problem length(String field, @Nullable String text, int most) {
        return text == null || text.length() <= most
                ? null
                : new Problem(field, "has " + text.length() + " characters, at most " + most + " are accepted");
    }

    /** What is wrong with a list that may have so many entries; null: it has no more. */
    public static @Nullable Problem size(String field, Collection<?> entries, int most) {
        return entries.size() <= most
                ? null
                : new Problem(field, "has " + entries.size() + " entries, at most " + most + " are accepted");
    }

    private @Nullable Problem price(String field, long amount) {
        return amount == Item.UNKNOWN ? null : range(field, amount, 0, maxPriceMinor);
    }

    static @Nullable Problem range(String field, long value, long least, long most) {
        return value >= least && value <= most
                ? null
                : new Problem(field, "is " + value + ", " + least + " to " + most + " is expected");
    }

    /** An address that a shop puts into its pages must not be a script. */
    private static @Nullable Problem address(String field, @Nullable String address) {
        if (address == null
                || address.startsWith("https://")
                || address.startsWith("http://")
                || address.startsWith("/")) {
            return length(field, address, MAX_ADDRESS);
        }
        return new Problem(field, "starts neither with https:// or http:// nor with /");
    }

    private static @Nullable Problem currency(@Nullable String code) {
        return isCurrencyCode(code) ? null : new Problem("currency", "is not a code of ISO 4217, such as GBP");
    }

    /** Whether a text is an ISO 4217 code. This bounds the number of currencies per shopper and per experiment. */
    public static boolean isCurrencyCode(@Nullable String code) {
        return code != null && CURRENCIES.contains(code);
    }
}
