package dev.kombo.price;

import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.math.StableHash;
import dev.kombo.settings.Millis;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the earlier prices of the items and bundles whose prices have changed, against which savings may be stated. The
 * catalogue's topics keep only the latest version of an entry, so each instance notes changes as it reads them, and the
 * tasks publish what they noted: a history goes on after a restart with what was published. Written by one thread at a
 * time, read by any.
 */
public final class PriceHistories {
    private static final int GROUPS = 64;
    private static final long NEVER = Long.MIN_VALUE;

    private final Map<String, PriceHistory> histories = new ConcurrentHashMap<>();
    /** When each was last passed on, by a part of its hash, so that no task reads those of others. */
    private final List<Map<String, Long>> unpublished = Stream.<Map<String, Long>>generate(ConcurrentHashMap::new)
            .limit(GROUPS)
            .toList();

    private volatile long nextForget = NEVER;
    private final boolean limitsSavings;

    /**
     * @param limitsSavings whether savings are stated against earlier prices
     */
    public PriceHistories(boolean limitsSavings) {
        this.limitsSavings = limitsSavings;
    }

    /** A price as an entry of the catalogue states it, or {@link #NONE}. */
    public record Price(@Nullable String currency, long minor) {
        /** There is no price. */
        public static final Price NONE = new Price(null, Item.UNKNOWN);
    }

    /**
     * Notes that the price of an entity is another one. One that has no price for a while keeps the last one meanwhile,
     * as that is what the next is compared with.
     *
     * @param before the one before as the catalogue had it; none if the entity is new there, as all are at a start
     * @param time when it was changed, epoch milliseconds
     */
    public void changed(String entity, Price before, Price after, long time) {
        PriceHistory known = histories.get(entity);
        if (known == null) {
            if (before.minor() < 0 || before.equals(after)) {
                return;
            }
            known = new PriceHistory(before.currency(), before.minor(), time, List.of());
            histories.put(entity, known);
            group(entity).put(entity, NEVER);
        }
        boolean same = known.priceMinor() == after.minor() && Objects.equals(known.currency(), after.currency());
        boolean readAgain = time < known.changedAt() && before.minor() != known.priceMinor();
        if (after.minor() < 0 || same || readAgain) {
            return;
        }
        histories.put(entity, known.changed(after.currency(), after.minor(), Math.max(time, known.changedAt())));
        group(entity).put(entity, NEVER);
    }

    /**
     * Adds what was published of an entity, unless no instance could have published it.
     *
     * @param time when it was published, epoch milliseconds
     * @return why it is not used, or null
     */
    public @Nullable String published(String entity, PriceHistory history, long time) {
        String problem = Entity.isItem(entity) || Entity.isBundle(entity)
                ? history.problem(time)
                : "the key is neither i: nor b: and an id";
        if (problem != null) {
            return problem;
        }
        PriceHistory all = histories.merge(entity, history, PriceHistory::with);
        if (all.equals(history)) {
            group(entity).remove(entity);
        } else {
            group(entity).putIfAbsent(entity, NEVER);
        }
        return null;
    }

    /**
     * The entities of which more is known than was published; safe to be iterated while it changes.
     *
     * @param task whose share of them, of so many tasks
     * @param before leaves out those that were passed on since this time, epoch milliseconds
     */
    public Stream<String> unpublished(int task, int tasks, long before) {
        return IntStream.iterate(task, group -> group < GROUPS, group -> group + tasks)
                .mapToObj(unpublished::get)
                .flatMap(group -> group.entrySet().stream())
                .filter(entry -> entry.getValue() < before)
                .map(Map.Entry::getKey);
    }

    /** Notes that what is known of an entity was passed on, to be published. */
    public void passedOn(String entity, long time) {
        group(entity).computeIfPresent(entity, (same, earlier) -> time);
    }

    private Map<String, Long> group(String entity) {
        return unpublished.get((int) (StableHash.of(entity) & (GROUPS - 1)));
    }

    /** Forgets histories that no longer count, at most once an hour. */
    public void forget(long now) {
        if (now < nextForget) {
            return;
        }
        nextForget = now + Millis.HOUR;
        histories.values().removeIf(history -> now > history.changedAt() + PriceHistory.WINDOW);
        unpublished.forEach(group -> group.keySet().retainAll(histories.keySet()));
    }

    /** The history of an entity; null: its price has not changed lately. */
    public @Nullable PriceHistory of(String entity) {
        return histories.get(entity);
    }

    /**
     * What a saving of an offered bundle may be stated against, in minor units; {@link PriceHistory#NONE}: any list
     * price.
     *
     * @param others what the bundle costs more than its part that is offered; 0 where that is the whole
     */
    public long priorPrice(
            String bundleId,
            List<BundleMember> members,
            Function<String, @Nullable Item> items,
            long now,
            long others) {
        return limitsSavings && !histories.isEmpty()
                ? lowest(bundleId, members, items, now, others)
                : PriceHistory.NONE;
    }

    /**
     * The lowest price of 30 days, in minor units: of the bundle before its present price, or of its members one by
     * one, with their present prices. {@link PriceHistory#NONE} where a member has no price.
     */
    public long lowest(
            String bundleId,
            List<BundleMember> members,
            Function<String, @Nullable Item> items,
            long now,
            long others) {
        long sum = 0;
        String currency = null;
        for (BundleMember member : members) {
            Item item = items.apply(member.itemId());
            if (item == null || !item.priced()) {
                return PriceHistory.NONE;
            }
            currency = item.currency();
            PriceHistory history = in(currency, Entity.ofItem(item.id()));
            long lowest = history == null ? PriceHistory.NONE : history.lowest(now);
            sum += member.quantity() * Math.min(item.priceMinor(), lowest);
        }
        PriceHistory own = in(currency, Entity.ofBundle(bundleId));
        long prior = own == null ? PriceHistory.NONE : own.prior(now);
        return prior == PriceHistory.NONE ? sum : Math.min(sum, Math.max(0, prior - others));
    }

    private @Nullable PriceHistory in(@Nullable String currency, String entity) {
        PriceHistory history = histories.get(entity);
        return history == null || !Objects.equals(history.currency(), currency) ? null : history;
    }
}
