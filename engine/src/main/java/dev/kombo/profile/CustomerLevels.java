package dev.kombo.profile;

import dev.kombo.codec.Fields;
import dev.kombo.math.StableHash;
import dev.kombo.settings.Format;
import dev.kombo.settings.Setting;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of a customer's attributes, as levels such as {@code region=north}: the latest value of each attribute
 * that {@link #NAMES} names, made coarse so that many customers share it. Each segment is a level of its own. Other
 * attributes leave no trace. Not thread-safe: only the thread of the shopper's task uses it.
 */
public final class CustomerLevels {
    public static final Setting<Set<String>> NAMES = Setting.ofList(
                    "kombo.customer.attributes",
                    "",
                    new Format<>("at most 16 names of attributes, without '='", CustomerLevels::names))
            .medium("Attributes of events that are kept in the customer's profile and used to rank, such as segments;"
                    + " all others are dropped. Dates are kept as years, years of birth as five years, other numbers"
                    + " by their first digit. Never used where an arm chooses a discount.");

    /** Most attributes that are read. */
    public static final int MOST_NAMES = 16;

    private static final int MOST_LEVELS = 32;
    private static final int LONGEST = 64;
    private static final int YEAR_DIGITS = 4;
    private static final int EARLIEST_YEAR = 1900;
    private static final int LATEST_YEAR = 2099;
    private static final int YEARS_TOGETHER = 5;
    private static final int DECIMAL = 10;
    private static final MathContext FIRST_DIGIT = new MathContext(1, RoundingMode.DOWN);

    private final Set<String> names;
    private List<String> levels = new ArrayList<>();
    private boolean counted;

    CustomerLevels(ProfileLimits limits) {
        names = limits.attributes();
    }

    private static Set<String> names(Object given) {
        Set<String> names =
                ((List<?>) given).stream().map(name -> name.toString().strip()).collect(Collectors.toUnmodifiableSet());
        if (names.size() > MOST_NAMES || names.stream().anyMatch(name -> name.isEmpty() || name.contains("="))) {
            throw new IllegalArgumentException(given + " cannot be used");
        }
        return names;
    }

    void fields(Fields f) {
        levels = f.texts(levels);
        counted = f.flag(counted);
        // Of an attribute that is no longer named, nothing is kept.
        levels.removeIf(level -> !names.contains(level.substring(0, level.indexOf('='))));
    }

    /** Takes what an event says of the customer. */
    public void record(ShopperEvent event) {
        if (names.isEmpty() || event.attributes().isEmpty()) {
            return;
        }
        for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
            String name = attribute.getKey();
            if (names.contains(name)) {
                levels.removeIf(level -> level.startsWith(name) && level.charAt(name.length()) == '=');
                if (name.equals(ShopperEvent.SEGMENTS)) {
                    Behavior.segmentsOf(attribute.getValue()).stream().sorted().forEach(each -> add(name, each));
                } else {
                    add(name, attribute.getValue());
                }
            }
        }
    }

    private void add(String name, String value) {
        // A segment may be an attribute in itself, such as born=1984.
        int divider = value.lastIndexOf('=') + 1;
        String level = value.substring(0, divider) + coarse(value.substring(divider));
        if (!level.isEmpty() && levels.size() < MOST_LEVELS) {
            levels.add(name + "=" + level.substring(0, Math.min(level.length(), LONGEST)));
        }
    }

    /** A year by its five years, a date by its year, another number by its first digit, and a text in lower case. */
    private static String coarse(String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST) {
            return text;
        }
        int year = 0;
        int number = 0;
        int digits = 0;
        boolean numeric = !text.isEmpty();
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c >= '0' && c <= '9') {
                number = digits++ < YEAR_DIGITS ? DECIMAL * number + c - '0' : 0;
            } else if (Character.isLetter(c) && c != 't' && c != 'z') {
                return text;
            } else {
                year = digits == YEAR_DIGITS && number >= EARLIEST_YEAR && number <= LATEST_YEAR ? number : year;
                numeric &= digits > 0 ? c == '.' || i == text.length() : c == '-' && i == 0;
                number = 0;
                digits = 0;
            }
        }
        if (year > 0) {
            return String.valueOf(text.length() == YEAR_DIGITS ? year - year % YEARS_TOGETHER : year);
        }
        return numeric && text.indexOf('.') == text.lastIndexOf('.')
                ? new BigDecimal(text).round(FIRST_DIGIT).toPlainString()
                : text;
    }

    /** Whether anything is known. */
    public boolean any() {
        return !levels.isEmpty();
    }

    /** The levels, such as {@code region=north}. */
    public List<String> names() {
        return Collections.unmodifiableList(levels);
    }

    /** The {@link StableHash} of one of them. */
    public long hash(int place) {
        return StableHash.of(levels.get(place));
    }

    /** Whether the customer is still to be counted in the totals of the levels; true once. */
    public boolean count() {
        boolean first = any() && !counted;
        counted |= first;
        return first;
    }

    /** Takes over what was known of a session, unless something is known already. */
    void absorb(CustomerLevels session) {
        counted |= session.counted;
        if (!any()) {
            levels = session.levels;
        }
    }
}
