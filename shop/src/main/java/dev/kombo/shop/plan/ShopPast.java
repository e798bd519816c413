package dev.kombo.shop.plan;

import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.ShopperObservations;
import dev.kombo.experiment.uplift.ShopperObservations.MaturedWindow;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.RecentRevenue;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.serde.EventMapper;
import dev.kombo.settings.Millis;
import dev.kombo.shop.data.EventFileFormat;
import dev.kombo.shop.data.EventRow;
import dev.kombo.shop.data.EventRows;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * The shoppers of a shop's past, each observed as an experiment would have observed them: assigned at the first event
 * once four weeks are known, their revenue of the next 28 days compared with what the profile held at assignment. Those
 * who came too late to be observed to the end are left out.
 *
 * @param shoppers in the order in which they were assigned
 * @param currency in which most money was paid
 * @param days from the first assignment to the last
 * @param returns whether anybody returned anything
 */
public record ShopPast(List<Observed> shoppers, String currency, double days, boolean returns) {
    /** What is compared. */
    public static final Measure MEASURE = Measure.REVENUE_28D;

    /** What is known of a shopper at assignment is the revenue of so long before. */
    private static final long KNOWN_BEFORE = RecentRevenue.DAYS * Millis.DAY;

    /** A cap that only the highest of those who paid exceed, */
    private static final double CAP_QUANTILE = 0.999;

    /** but at least so many. */
    private static final double BEYOND_CAP = 10;

    /**
     * A shopper.
     *
     * @param enteredAt epoch milliseconds
     * @param observedAt end of the window
     * @param matured revenue of the window, and what was known before
     */
    public record Observed(String shopper, long enteredAt, long observedAt, MaturedMeasure matured) {}

    /**
     * Reads the events of known customers from a file.
     *
     * @throws DataException if nobody was observed to the end
     * @throws IOException if it cannot be read
     */
    public static ShopPast read(EventFileFormat format, Path file, ProfileLimits limits) throws IOException {
        List<ShopperEvent> events = new ArrayList<>();
        try (EventRows rows = format.open(file)) {
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                if (row instanceof EventRow.Accepted accepted
                        && accepted.event().getUserId() != null) {
                    events.add(EventMapper.toDomain(accepted.event()));
                }
            }
        }
        events.sort(Comparator.comparingLong(ShopperEvent::time));
        return events.isEmpty() ? none(file) : new Gathered(limits).past(events, file);
    }

    private static ShopPast none(Path file) {
        throw new DataException(file + " has no customer who was seen 28 days after the first four weeks of the file");
    }

    /** Revenue of each shopper in the window, in minor units, not capped. */
    public DoubleStream revenue() {
        return shoppers.stream().mapToDouble(this::revenue);
    }

    private double revenue(Observed shopper) {
        return shopper.matured().values().stream()
                .filter(value -> currency.equals(value.currency()))
                .mapToDouble(MaturedMeasure.Value::response)
                .sum();
    }

    /** The quantile of the revenue of those who paid anything, in minor units, at least 1. */
    public long cap(double quantile) {
        double[] paid = revenue().filter(revenue -> revenue > 0).sorted().toArray();
        return paid.length == 0
                ? 1
                : Math.max(1, (long) paid[(int) Math.min(paid.length - 1, Math.floor(quantile * paid.length))]);
    }

    /**
     * A cap to fix before an experiment starts: the 99.9 % quantile, or what ten of those who paid exceed. Above it, a
     * mean would depend on a handful of shoppers.
     */
    public long cap() {
        double paid = Math.max(1, revenue().filter(revenue -> revenue > 0).count());
        return cap(Math.max(0, Math.min(CAP_QUANTILE, 1 - BEYOND_CAP / paid)));
    }

    /** Shoppers as they are observed. */
    private static final class Gathered {
        private final ProfileLimits limits;
        private final Map<String, Behavior> shoppers = new HashMap<>();
        private final Map<String, Long> entered = new LinkedHashMap<>();
        private final Map<String, Long> paid = new HashMap<>();

        Gathered(ProfileLimits limits) {
            this.limits = limits;
        }

        ShopPast past(List<ShopperEvent> events, Path file) {
            long start = events.get(0).time() + KNOWN_BEFORE;
            long end = events.get(events.size() - 1).time();
            events.forEach(event -> add(event, start));
            List<Observed> observed = new ArrayList<>();
            entered.forEach((shopper, enteredAt) -> {
                for (MaturedWindow window : observations(shopper).mature(enteredAt + MEASURE.millis())) {
                    if (window.matured().measure().equals(MEASURE.label()) && window.time() <= end) {
                        observed.add(new Observed(shopper, enteredAt, window.time(), window.matured()));
                    }
                }
            });
            if (observed.isEmpty()) {
                return none(file);
            }
            String currency = paid.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse("");
            long last = observed.get(observed.size() - 1).enteredAt();
            return new ShopPast(
                    observed,
                    currency,
                    (last - observed.get(0).enteredAt()) / (double) Millis.DAY,
                    events.stream().anyMatch(event -> event.type() == EventType.RETURN));
        }

        private void add(ShopperEvent event, long start) {
            String shopper = Objects.requireNonNull(event.userId());
            Behavior behavior = shoppers.computeIfAbsent(shopper, unused -> new Behavior(limits));
            if (event.type() == EventType.PURCHASE) {
                observations(shopper).bought(event.orderId(), event.time());
            }
            if (event.priced() && event.type().movesMoney()) {
                long amount = event.unitPriceMinor() * event.quantity();
                long signed = event.type() == EventType.PURCHASE ? amount : -amount;
                String currency = Objects.requireNonNull(event.currency());
                observations(shopper).paid(currency, signed, boughtAt(behavior, event), event.time());
                paid.merge(currency, signed, Long::sum);
            }
            behavior.record(event);
            if (event.time() >= start && !entered.containsKey(shopper)) {
                entered.put(shopper, event.time());
                observations(shopper)
                        .enter(
                                new Enrollment("", "", 0, event.time()),
                                behavior.history().parts().revenue().upTo(event.time()),
                                behavior.covariates(event.time()));
            }
        }

        /** When what is bought or returned was bought. */
        private static long boughtAt(Behavior behavior, ShopperEvent event) {
            long entity = StableHash.of(Objects.requireNonNull(event.entity()));
            boolean known =
                    event.type() == EventType.RETURN && behavior.purchases().count(entity) > 0;
            return known ? behavior.purchases().lastTime(entity) : event.time();
        }

        private ShopperObservations observations(String shopper) {
            return shoppers.get(shopper).history().parts().observations();
        }
    }
}
