package dev.kombo.ranking.rules;

import dev.kombo.catalog.index.BundleConditions;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.entity.Item.Suitability;
import dev.kombo.profile.Holdings;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.settings.Millis;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Checks a bundle against the shopper's holdings and the members' conditions. No offer may break these rules. */
public final class HoldingRules {
    /** Prefix of the segment that states the year of birth. */
    private static final String BORN = "born=";

    private static final int UNKNOWN = -1;
    /** Earlier years of birth are errors. */
    private static final int EARLIEST = 1_900;

    /** Year of the first millisecond of an epoch time. */
    private static final int EPOCH_YEAR = 1970;

    private static final int YEAR_DIGITS = 4;
    private static final int DECIMAL = 10;

    private static final double YEAR_MILLIS = 365.2425 * Millis.DAY;

    private HoldingRules() {}

    /** The first rule that is broken, or null. */
    static @Nullable Exclusion check(BundleEntry entry, RankingRequest request) {
        Holdings held = request.behavior().holdings();
        BundleConditions conditions = entry.conditions();
        if (held != null && held.size() > 0) {
            for (int m = 0; m < entry.size(); m++) {
                if ((conditions == null || !conditions.repeatable()[m]) && held.holds(entry.memberHash(m))) {
                    return Exclusion.HELD;
                }
            }
        }
        return conditions == null ? null : check(conditions, held, request);
    }

    /** Whether the shopper may not have an item of the catalogue, whatever else is in the bundle. */
    static boolean forbid(ItemEntry entry, Item item, RankingRequest request) {
        Holdings held = request.behavior().holdings();
        if (held != null && !item.suitability().repeatable() && held.holds(entry.hash())) {
            return true;
        }
        Suitability suits = item.suitability();
        if (suits.segments().isEmpty() && suits.minAge() <= 0 && suits.maxAge() == Integer.MAX_VALUE) {
            return false;
        }
        List<String> anything = List.copyOf(suits.requires());
        BundleConditions conditions = BundleConditions.of(new ItemEntry[] {entry}, anything);
        return conditions != null && check(conditions, held, request) != null;
    }

    /** Whether an item requires one that the shopper does not hold, and that is not among the others of a bundle. */
    static boolean lacksRequired(ItemEntry entry, long[] others, RankingRequest request) {
        Set<String> required =
                entry.item() == null ? Set.of() : entry.item().suitability().requires();
        Holdings held = request.behavior().holdings();
        for (String id : required) {
            long hash = Entity.hashOfItem(id);
            if ((held != null && held.surelyHolds(hash))
                    || LongStream.of(others).anyMatch(other -> other == hash)) {
                return false;
            }
        }
        return !required.isEmpty();
    }

    private static @Nullable Exclusion check(
            BundleConditions conditions, @Nullable Holdings held, RankingRequest request) {
        for (long[] needed : conditions.requires()) {
            if (held == null || !holdsAny(held, needed)) {
                return Exclusion.REQUIRED_NOT_HELD;
            }
        }
        if (conditions.minAge() > 0 || conditions.maxAge() < Integer.MAX_VALUE) {
            int born = yearOfBirth(request.behavior().segments());
            int year = EPOCH_YEAR + (int) Math.floor(request.now() / YEAR_MILLIS);
            // A shopper who reaches that age in the course of this year may not have done so yet.
            if (born == UNKNOWN || year - born <= conditions.minAge() || year - born > conditions.maxAge()) {
                return Exclusion.OUTSIDE_AGE;
            }
        }
        List<Set<String>> segments = conditions.segments();
        for (int i = 0; i < segments.size(); i++) {
            if (!OfferRules.anyOf(segments.get(i), request.behavior().segments())) {
                return Exclusion.OTHER_SEGMENT;
            }
        }
        return null;
    }

    /** Whether the shopper holds a member of an offered bundle and may not hold another one. */
    public static boolean hold(@Nullable Holdings held, List<BundleMember> members, CatalogIndex catalog) {
        for (int m = 0; held != null && held.size() > 0 && m < members.size(); m++) {
            String id = members.get(m).itemId();
            if (held.holds(Entity.hashOfItem(id))) {
                Item item = catalog.item(id);
                if (item == null || !item.suitability().repeatable()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holdsAny(Holdings held, long[] items) {
        for (long item : items) {
            if (held.surelyHolds(item)) {
                return true;
            }
        }
        return false;
    }

    /** The year of birth from a segment such as born=1984. */
    private static int yearOfBirth(Set<String> segments) {
        for (String segment : segments) {
            if (segment.startsWith(BORN) && segment.length() == BORN.length() + YEAR_DIGITS) {
                int year = 0;
                for (int i = BORN.length(); i < segment.length(); i++) {
                    int digit = Character.digit(segment.charAt(i), DECIMAL);
                    if (digit < 0) {
                        return UNKNOWN;
                    }
                    year = DECIMAL * year + digit;
                }
                return year < EARLIEST ? UNKNOWN : year;
            }
        }
        return UNKNOWN;
    }
}
