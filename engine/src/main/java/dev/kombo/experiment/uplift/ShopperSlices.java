package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.uplift.ExploredEffect.Kind;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.settings.Millis;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The primary measure in parts of the shoppers: newcomers apart from those who return, and each week of assignment by
 * itself. Which part a shopper belongs to is known before any offer, so within a part the arms are as comparable as in
 * all. Not thread-safe; used only by the thread that owns the experiment.
 */
public final class ShopperSlices {
    /** Segments that share an error. */
    static final int SEGMENTS = 2;

    /** Weeks kept, the latest ones. */
    private static final int MOST_WEEKS = 16;

    private final Map<Key, UpliftAccount> accounts = new TreeMap<>();

    /**
     * The key of an account.
     *
     * @param kind {@link Kind#SEGMENT} or {@link Kind#WEEK}
     * @param name of the part: newcomers or returning; the Monday of the week, such as 2026-11-23
     * @param currency ISO 4217 code; empty: none, as in {@link ExperimentUplift.Key}
     */
    public record Key(Kind kind, String name, String currency) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::kind).thenComparing(Key::name).thenComparing(Key::currency);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** The accounts. */
    public Map<Key, UpliftAccount> accounts() {
        return Collections.unmodifiableMap(accounts);
    }

    /** Restores a stored account. */
    public void restore(Key key, UpliftAccount account) {
        accounts.put(key, account);
    }

    /**
     * Adds a shopper.
     *
     * @param planned the stratum with the arms that the shopper could have been assigned to
     * @param known what the profile held at assignment; null: the shopper belongs to no segment
     * @param observed in each currency, and as nothing in the account without one
     */
    void add(
            StratumAccount planned, @Nullable Covariates known, long enteredAt, Map<String, UserObservation> observed) {
        if (known != null) {
            add(Kind.SEGMENT, known.daysKnown() == 0 ? "newcomers" : "returning", planned, observed);
        }
        LocalDate day = LocalDate.ofEpochDay(Millis.day(enteredAt));
        String week =
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
        if (add(Kind.WEEK, week, planned, observed)) {
            forgetWeeks();
        }
    }

    /** Returns whether the part is new. */
    private boolean add(Kind kind, String name, StratumAccount planned, Map<String, UserObservation> observed) {
        Key first = new Key(kind, name, "");
        boolean added = !accounts.containsKey(first);
        UpliftAccount start = accounts.computeIfAbsent(first, unused -> new UpliftAccount());
        // An account of a new currency begins with all earlier shoppers, so before this one is added.
        for (String currency : observed.keySet()) {
            accounts.computeIfAbsent(new Key(kind, name, currency), unused -> start.copy());
        }
        observed.forEach((currency, observation) -> {
            UpliftAccount account = Objects.requireNonNull(accounts.get(new Key(kind, name, currency)));
            account.openLike(planned);
            account.add(observation);
        });
        return added;
    }

    private void forgetWeeks() {
        long weeks = accounts.keySet().stream()
                .filter(key -> key.kind() == Kind.WEEK)
                .map(Key::name)
                .distinct()
                .count();
        if (weeks > MOST_WEEKS) {
            String oldest = accounts.keySet().stream()
                    .filter(key -> key.kind() == Kind.WEEK)
                    .findFirst()
                    .orElseThrow()
                    .name();
            accounts.keySet()
                    .removeIf(key -> key.kind() == Kind.WEEK && key.name().equals(oldest));
        }
    }
}
