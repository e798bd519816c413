package dev.kombo.profile;

import dev.kombo.attribution.Amount;
import dev.kombo.codec.Fields;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.experiment.Covariates;
import dev.kombo.math.StableHash;
import dev.kombo.settings.Millis;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A shopper's behaviour: counts, recent interactions, cart, order, interests and spending. Not thread-safe: only the
 * thread of the shopper's task uses it. Other readers decode a copy from the store.
 */
public final class Behavior {

    private final RecentInteractions recent;
    private final KnownEvents knownEvents;
    private final History history;
    private final TimedCounts exposures;
    private final Cart cart = new Cart();
    private final CategoryAffinities categories = new CategoryAffinities();
    private final ActionRate rate = new ActionRate();
    private final Map<String, Long> spend = new TreeMap<>();
    private final Map<String, Long> lastOfferAt = new HashMap<>();
    private int[] eventCounts = new int[EventType.count()];
    private long firstSeen;
    private long lastSeen;
    private double logPriceMean;
    private int logPriceCount;
    private @Nullable OpenOrder order;
    private Set<String> segments = Set.of();
    private final CustomerLevels levels;
    private int activeDay = -1;

    /** Creates the behaviour of a new shopper. */
    public Behavior(ProfileLimits limits) {
        this(limits, new History(limits));
    }

    /** Creates the behaviour of a shopper whose fields are read next. */
    public Behavior(ProfileLimits limits, History history) {
        this.recent = new RecentInteractions(limits.recentInteractions());
        this.knownEvents = new KnownEvents(history, new RecentEventIds(limits.recentEventIds(), limits.eventIdAge()));
        this.history = history;
        this.levels = new CustomerLevels(limits);
        this.exposures = new TimedCounts(limits.exposedBundles());
    }

    /** The times, which are stored first. */
    void times(Fields f) {
        lastSeen = f.number(lastSeen);
        if (f.since(ShopperState.LAYOUT)) {
            firstSeen = f.before(firstSeen, lastSeen);
            activeDay = (int) f.before(activeDay, Millis.day(lastSeen));
        } else {
            firstSeen = f.number(firstSeen);
            activeDay = f.number(activeDay);
        }
    }

    /** The numbers, which are stored next. */
    void counts(Fields f) {
        int types = f.size(eventCounts.length);
        if (types > eventCounts.length) {
            // A later version knows more types.
            eventCounts = Arrays.copyOf(eventCounts, types);
        }
        for (int i = 0; i < types; i++) {
            eventCounts[i] = f.number(eventCounts[i]);
        }
        logPriceCount = f.number(logPriceCount);
        logPriceMean = f.real(logPriceMean);
        rate.fields(f);
    }

    /** All other fields. */
    void fields(Fields f) {
        segments = Set.copyOf(f.texts(List.copyOf(segments)));
        f.numbers(spend);
        f.numbers(lastOfferAt);
        categories.fields(f);
        cart.fields(f);
        order = f.optional(order, OpenOrder.BLANK, OpenOrder::fields);
        recent.fields(f, lastSeen);
        knownEvents.others().fields(f, lastSeen);
        exposures.fields(f, lastSeen);
        if (f.since(ShopperState.LAYOUT)) {
            levels.fields(f);
        }
    }

    /** The same of an event without a bundle, or with one whose members are not known. */
    public void record(ShopperEvent event) {
        record(event, List.of());
    }

    /**
     * Adds an accepted event to counts, recency, cart, spending and known ids. Interests are updated by {@link
     * #interacted}.
     *
     * @param members members of the event's bundle, which its buyer then holds; empty where there is none
     */
    public void record(ShopperEvent event, List<BundleMember> members) {
        categories.decay(lastSeen == 0 ? 0 : event.time() - lastSeen);
        firstSeen = firstSeen == 0 ? event.time() : Math.min(firstSeen, event.time());
        lastSeen = Math.max(lastSeen, event.time());
        eventCounts[event.type().ordinal()]++;
        knownEvents.add(event, lastSeen);
        if (event.segments() != null && !overtaken(event)) {
            segments = segmentsOf(event.segments());
        }
        if (!overtaken(event)
                && (event.type() == EventType.PURCHASE || event.cartDiscount() != ShopperEvent.NOT_STATED)) {
            cart.discount(event.type() == EventType.PURCHASE ? 0 : event.cartDiscount());
        }
        if (event.itemId() != null) {
            recordItem(event.itemId(), event);
        } else if (event.bundleId() != null) {
            recordBundle(event.bundleId(), event, members);
        }
        if (event.priced() && event.type().movesMoney()) {
            long amount = event.unitPriceMinor() * event.quantity();
            long paid = event.type() == EventType.PURCHASE ? amount : -amount;
            String currency = Objects.requireNonNull(event.currency());
            spend.merge(currency, paid, Amount::sum);
            history.parts().revenue().add(currency, paid, event.time());
        }
    }

    /**
     * Whether an event of the shop's past arrives after later ones: then it is learned from, but says nothing of what
     * the shopper has in the cart and is today.
     */
    public boolean overtaken(ShopperEvent event) {
        return event.history() && event.time() < lastSeen;
    }

    private void recordItem(String item, ShopperEvent event) {
        if (!overtaken(event)) {
            recordCart(item, event);
        }
        switch (event.type()) {
            case PURCHASE -> {
                bought(item, event.time());
                if (event.priced() && event.unitPriceMinor() > 0) {
                    logPriceCount++;
                    logPriceMean += (Math.log((double) event.unitPriceMinor()) - logPriceMean) / logPriceCount;
                }
            }
            case RETURN -> returned(item, event.time());
            default -> {
                // Nothing else changes the holdings.
            }
        }
    }

    private void recordCart(String item, ShopperEvent event) {
        switch (event.type()) {
            case ADD_TO_CART -> cart.add(item, event.quantity(), event.time());
            case REMOVE_FROM_CART, PURCHASE -> cart.remove(item, event.quantity());
            default -> {
                // Views, clicks and returns leave the cart as it is.
            }
        }
    }

    private void recordBundle(String bundleId, ShopperEvent event, List<BundleMember> members) {
        long bundle = Entity.hashOfBundle(bundleId);
        if (event.type() == EventType.PURCHASE) {
            history.parts().purchases().add(bundle, event.time());
            for (BundleMember member : members) {
                bought(member.itemId(), event.time());
                if (!overtaken(event)) {
                    cart.remove(member.itemId(), units(member, event));
                }
            }
        } else if (event.type() == EventType.RETURN) {
            history.parts().purchases().remove(bundle);
            for (BundleMember member : members) {
                returned(member.itemId(), event.time());
            }
        }
    }

    private void bought(String itemId, long time) {
        long item = Entity.hashOfItem(itemId);
        history.parts().purchases().add(item, time);
        history.parts().holdings().open(item, time);
    }

    private void returned(String itemId, long time) {
        long item = Entity.hashOfItem(itemId);
        history.parts().purchases().remove(item);
        history.parts().holdings().close(item, time);
    }

    private static int units(BundleMember member, ShopperEvent event) {
        return (int) Math.min(Integer.MAX_VALUE, (long) member.quantity() * event.quantity());
    }

    /**
     * Records an interaction that expresses a preference.
     *
     * @param entity hash of the entity
     * @param type what happened
     * @param category the entity's category, or null
     * @param time epoch milliseconds
     */
    public void interacted(long entity, EventType type, @Nullable String category, long time) {
        recent.add(entity, type, time);
        if (category != null) {
            categories.add(category, type.preference());
        }
    }

    /** What is known at a time, to predict what the shopper will do in an experiment. */
    public Covariates covariates(long time) {
        int today = (int) Millis.day(time);
        Set<Integer> days = new TreeSet<>();
        for (RecentRevenue.Day day : history.parts().revenue().days()) {
            if (day.day() < today && day.day() > today - RecentRevenue.DAYS) {
                days.add(day.day());
            }
        }
        return new Covariates(
                spend.values().stream().mapToLong(Long::longValue).sum(),
                count(EventType.PURCHASE),
                count(EventType.VIEW),
                count(EventType.ADD_TO_CART),
                firstSeen == 0 ? 0 : (int) Math.max(0, (time - firstSeen) / Millis.DAY),
                days.size(),
                days.isEmpty() ? 0 : today - Collections.max(days));
    }

    /** Records the UTC day of the time; true if the shopper was not active on it before. */
    public boolean firstOnDay(long time) {
        int day = (int) Millis.day(time);
        if (day <= activeDay) {
            return false;
        }
        activeDay = day;
        return true;
    }

    /** Accepted events of a type. */
    public int count(EventType type) {
        return eventCounts[type.ordinal()];
    }

    /** Adds counts and the mean price of another shopper, and extends the time in which this one was seen. */
    void absorbCounts(Behavior other) {
        for (int i = 0; i < EventType.count(); i++) {
            eventCounts[i] += other.eventCounts[i];
        }
        if (other.logPriceCount > 0) {
            logPriceCount += other.logPriceCount;
            logPriceMean += (other.logPriceMean - logPriceMean) * other.logPriceCount / logPriceCount;
        }
        if (firstSeen == 0 || (other.firstSeen != 0 && other.firstSeen < firstSeen)) {
            firstSeen = other.firstSeen;
        }
        lastSeen = Math.max(lastSeen, other.lastSeen);
    }

    static Set<String> segmentsOf(String list) {
        Set<String> names = new HashSet<>();
        for (String name : list.split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    /** Segments of the shopper; empty where none is known. */
    public Set<String> segments() {
        return segments;
    }

    /** Sets the segments. */
    public void segments(Set<String> names) {
        segments = names;
    }

    /** What is known of the attributes that are read. */
    public CustomerLevels levels() {
        return levels;
    }

    /** The order whose lines are still arriving, or null. */
    public @Nullable OpenOrder order() {
        return order;
    }

    /** Sets or, with null, ends the open order. */
    public void order(@Nullable OpenOrder open) {
        order = open;
    }

    /** Time of the first accepted event, epoch milliseconds; 0 before it. */
    public long firstSeen() {
        return firstSeen;
    }

    /** Latest time of an accepted event, epoch milliseconds; 0 before it. */
    public long lastSeen() {
        return lastSeen;
    }

    /** Mean natural logarithm of unit prices paid, in minor units. */
    public double logPriceMean() {
        return logPriceMean;
    }

    /** Number of purchases in that mean. */
    public int logPriceCount() {
        return logPriceCount;
    }

    /** Money spent less returns by currency, in minor units. */
    public Map<String, Long> spend() {
        return spend;
    }

    /** The history of purchases. */
    public History history() {
        return history;
    }

    /** Time of the latest triggered offer by placement, epoch milliseconds. */
    public Map<String, Long> lastOfferAt() {
        return lastOfferAt;
    }

    public RecentInteractions recent() {
        return recent;
    }

    public KnownEvents knownEvents() {
        return knownEvents;
    }

    /** Items and bundles bought, by their hash as entities; a view. */
    public TimedCounts purchases() {
        return history.purchases();
    }

    /** Items held, by their hash as entities; a view. Null where none is known. */
    public @Nullable Holdings holdings() {
        return history.holdings();
    }

    /** Bundles offered, by their hash as entities. */
    public TimedCounts exposures() {
        return exposures;
    }

    public Cart cart() {
        return cart;
    }

    public CategoryAffinities categories() {
        return categories;
    }

    public ActionRate rate() {
        return rate;
    }

    /**
     * The recent events of a shopper, for de-duplication. Purchases and returns are stored separately and longer, since
     * a repeated one would count its money twice. Not thread-safe: only the thread of the shopper's task uses it.
     *
     * @param history holds the ids of purchases and returns
     * @param others ids of all other events
     */
    public record KnownEvents(History history, RecentEventIds others) {
        /**
         * Whether an event has the id of a known one. A purchase or return is compared only with purchases and returns:
         * anybody can send a page's events, and would otherwise have a purchase dropped by taking its id before.
         */
        public boolean contains(ShopperEvent event) {
            long hash = StableHash.of(event.eventId());
            return history.knowsPaidEvent(hash) || (!event.type().movesMoney() && others.contains(hash));
        }

        /** Whether a purchase or return has the id of a known event of another type. */
        public boolean takesIdOfAnother(ShopperEvent event) {
            return event.type().movesMoney() && others.contains(event.eventId());
        }

        /**
         * Adds an event.
         *
         * @param latest latest time known of the shopper, from which ages are measured
         */
        void add(ShopperEvent event, long latest) {
            RecentEventIds ids = event.type().movesMoney() ? history.parts().paidEventIds() : others;
            ids.add(event.eventId(), event.time(), latest);
        }

        void absorb(KnownEvents other) {
            history.parts().paidEventIds().absorb(other.history.parts().paidEventIds());
            others.absorb(other.others);
        }
    }
}
