package dev.kombo.price;

import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The price of an item or a bundle, and its lowest earlier prices of 30 days, which a saving may be stated against
 * (directive 98/6/EC, article 6a). A price that was never the lowest of the days after it is not kept, so that earlier
 * ones are cheaper; of those of one day (UTC) only the lowest is, as if it had applied until the last of them did.
 *
 * @param currency ISO 4217 code of all prices
 * @param priceMinor the price in minor units; the last one where there is none for a while
 * @param changedAt since when it applies, epoch milliseconds
 * @param earlier the earlier prices, oldest first
 */
public record PriceHistory(@Nullable String currency, long priceMinor, long changedAt, List<EarlierPrice> earlier) {
    /** How long a price counts after it was changed, in milliseconds. */
    public static final long WINDOW = 30 * Millis.DAY;

    /** Most earlier prices: one a day, of the days that 30 days touch. */
    private static final int MOST_EARLIER = 31;

    /** How much clocks may differ, in milliseconds. */
    private static final long CLOCK_SLACK = Millis.MINUTE;

    /** Returned where no price counts: more than any. */
    public static final long NONE = Long.MAX_VALUE;

    /**
     * A price that applied until a time.
     *
     * @param priceMinor in minor units
     * @param until when it was changed, epoch milliseconds
     */
    public record EarlierPrice(long priceMinor, long until) {}

    /** Copies the prices, so that a history never changes. */
    public PriceHistory {
        earlier = List.copyOf(earlier);
    }

    /**
     * Why a published history is not one that an instance has made, or null.
     *
     * @param time when it was published, epoch milliseconds; it tells of nothing later
     */
    @Nullable
    String problem(long time) {
        if (changedAt > time + CLOCK_SLACK) {
            return "changedAt is " + changedAt + ", later than the record's time of " + time;
        }
        if (priceMinor < 0) {
            return "priceMinor is " + priceMinor;
        }
        if (earlier.size() > MOST_EARLIER) {
            return "there are " + earlier.size() + " earlier prices, at most " + MOST_EARLIER + " are accepted";
        }
        EarlierPrice last = new EarlierPrice(-1, Long.MIN_VALUE);
        for (EarlierPrice price : earlier) {
            if (price.until() <= last.until() || price.priceMinor() <= last.priceMinor()) {
                return "earlier prices are negative, or not in the order of time, the cheapest first: " + price;
            }
            last = price;
        }
        return last.until() > time + CLOCK_SLACK
                ? "an earlier price applied until " + last.until() + ", later than the record's time of " + time
                : null;
    }

    /** The history after a change; prices of another currency are forgotten. */
    PriceHistory changed(@Nullable String nextCurrency, long nextMinor, long time) {
        if (!Objects.equals(currency, nextCurrency)) {
            return new PriceHistory(nextCurrency, nextMinor, time, List.of());
        }
        Stream<EarlierPrice> last = Stream.of(new EarlierPrice(priceMinor, time));
        return new PriceHistory(currency, nextMinor, time, lowest(Stream.concat(earlier.stream(), last), time));
    }

    /** This history with the earlier prices that another instance knows. */
    PriceHistory with(PriceHistory other) {
        if (!Objects.equals(currency, other.currency)) {
            return this;
        }
        long latest = Math.max(changedAt, other.changedAt);
        return new PriceHistory(
                currency,
                priceMinor,
                priceMinor == other.priceMinor ? latest : changedAt,
                lowest(Stream.concat(earlier.stream(), other.earlier.stream()), latest));
    }

    private static List<EarlierPrice> lowest(Stream<EarlierPrice> prices, long time) {
        List<EarlierPrice> latestFirst = prices.filter(price -> price.until() > time - WINDOW)
                .sorted(Comparator.comparingLong(EarlierPrice::until).reversed())
                .toList();
        List<EarlierPrice> kept = new ArrayList<>();
        for (EarlierPrice price : latestFirst) {
            EarlierPrice later = kept.isEmpty() ? null : kept.get(kept.size() - 1);
            if (later == null
                    || (price.priceMinor() < later.priceMinor()
                            && Millis.day(price.until()) < Millis.day(later.until()))) {
                kept.add(price);
            } else if (price.priceMinor() < later.priceMinor()) {
                kept.set(kept.size() - 1, new EarlierPrice(price.priceMinor(), later.until()));
            }
        }
        Collections.reverse(kept);
        return kept;
    }

    /** The lowest price of the 30 days before a time, with the present one, in minor units; or {@link #NONE}. */
    public long lowest(long now) {
        return Math.min(priceMinor, lowestAfter(now - WINDOW));
    }

    /**
     * The lowest price of the 30 days before the present one applied, in minor units, which limits the savings stated
     * at the present one; {@link #NONE} without one, or once the present one has applied for as long.
     */
    public long prior(long now) {
        return now < changedAt + WINDOW ? lowestAfter(changedAt - WINDOW) : NONE;
    }

    private long lowestAfter(long time) {
        for (int i = 0; i < earlier.size(); i++) {
            if (earlier.get(i).until() > time) {
                return earlier.get(i).priceMinor();
            }
        }
        return NONE;
    }
}
