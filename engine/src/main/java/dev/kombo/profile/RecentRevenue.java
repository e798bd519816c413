package dev.kombo.profile;

import dev.kombo.attribution.Amount;
import dev.kombo.codec.Fields;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A shopper's revenue less returns on each of the latest 28 UTC days, by currency. Not thread-safe: only the thread of
 * the shopper's task uses it.
 */
public final class RecentRevenue {
    /** Days kept. */
    public static final int DAYS = 28;

    private List<Day> days = new ArrayList<>(0);

    /**
     * The revenue of one day.
     *
     * @param currency ISO 4217 code
     * @param day days since 1970
     * @param revenueMinor paid less returned, in minor units
     */
    public record Day(String currency, int day, long revenueMinor) {
        private static final Day BLANK = new Day("", 0, 0);

        private Day fields(Fields f) {
            return new Day(f.text(currency), f.number(day), f.number(revenueMinor));
        }
    }

    void fields(Fields f) {
        days = f.each(days, Day.BLANK, Day::fields);
    }

    /** The days, in no particular order. */
    public List<Day> days() {
        return Collections.unmodifiableList(days);
    }

    /** Adds money, negative for a return; drops days that are too old relative to the latest. */
    public void add(String currency, long amountMinor, long time) {
        int day = (int) Millis.day(time);
        int latest = day;
        int same = -1;
        for (int i = 0; i < days.size(); i++) {
            Day known = days.get(i);
            latest = Math.max(latest, known.day());
            if (known.day() == day && known.currency().equals(currency)) {
                same = i;
            }
        }
        if (same >= 0) {
            days.set(same, new Day(currency, day, Amount.sum(days.get(same).revenueMinor(), amountMinor)));
        } else {
            days.add(new Day(currency, day, amountMinor));
        }
        int oldest = latest - DAYS + 1;
        days.removeIf(known -> known.day() < oldest);
    }

    /** Adds the revenue of another shopper in some currencies. */
    void absorb(RecentRevenue other, Set<String> currencies) {
        for (Day known : other.days) {
            if (currencies.contains(known.currency())) {
                add(known.currency(), known.revenueMinor(), known.day() * Millis.DAY);
            }
        }
    }

    /** Revenue so far on the UTC day of a time and the 27 days before, by currency; sums of 0 are left out. */
    public Map<String, Long> upTo(long time) {
        int day = (int) Millis.day(time);
        Map<String, Long> sums = new TreeMap<>();
        for (Day known : days) {
            if (known.day() <= day && known.day() > day - DAYS) {
                sums.merge(known.currency(), known.revenueMinor(), Amount::sum);
            }
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }
}
