package dev.kombo.experiment.uplift;

import dev.kombo.catalog.StableHash;
import dev.kombo.codec.Fields;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.ShopperObservations.MaturedWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A shopper's revenue and orders since the assignment to an experiment, kept until each measure has matured and was
 * reported once. Not thread-safe.
 */
public final class ObservedEntry {
    /** The longest time from assignment to a first order, and from that to a second one, for a repeat purchase. */
    static final long REPEAT_MILLIS = TimeUnit.DAYS.toMillis(30);

    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final Measure[] MEASURES = Measure.values();
    private static final int ALL = (1 << MEASURES.length) - 1;

    private Enrollment enrollment;
    private @Nullable Covariates known;
    private final Map<String, UserRevenue> revenues = new TreeMap<>();
    private long firstOrder;
    private long firstOrderAt;
    private boolean ordersAgain;
    private int reported;

    /** Creates the entry of a newly assigned shopper; covariates may be null. */
    ObservedEntry(Enrollment enrollment, @Nullable Covariates known) {
        this.enrollment = enrollment;
        this.known = known;
    }

    void fields(Fields f) {
        enrollment = enrollment.fields(f);
        reported = f.number(reported);
        f.each(revenues, new UserRevenue(enrollment.enteredAt(), 0), UserRevenue::fields);
        firstOrder = f.fixed(firstOrder);
        firstOrderAt = f.number(firstOrderAt);
        ordersAgain = f.flag(ordersAgain);
    }

    void knownFields(Fields f) {
        known = f.optional(known, Covariates.BLANK, Covariates::fields);
    }

    /** Sets revenue before assignment in a currency, in minor units, and adds an entry for the currency. */
    public UserRevenue prior(String currency, long priorMinor) {
        UserRevenue revenue = new UserRevenue(enrollment.enteredAt(), priorMinor);
        revenues.put(currency, revenue);
        return revenue;
    }

    /** The assignment. */
    public Enrollment enrollment() {
        return enrollment;
    }

    /** What was known at assignment; null for shoppers assigned before it was kept. */
    public @Nullable Covariates known() {
        return known;
    }

    /** Money by currency. */
    public Map<String, UserRevenue> revenues() {
        return Collections.unmodifiableMap(revenues);
    }

    /** Hash of the first order. */
    public long firstOrder() {
        return firstOrder;
    }

    /** Time of the first order, epoch milliseconds; 0: none yet. */
    public long firstOrderAt() {
        return firstOrderAt;
    }

    /** Whether a second order followed within the time. */
    public boolean ordersAgain() {
        return ordersAgain;
    }

    /** Whether every measure was reported. */
    boolean done() {
        return reported == ALL;
    }

    void paid(String currency, long amountMinor, long boughtAt, long time) {
        long after = time - enrollment.enteredAt();
        if (before(boughtAt) || after >= Measure.REVENUE_28D.millis() || wasTold(Measure.REVENUE_28D)) {
            return;
        }
        UserRevenue revenue = revenues.get(currency);
        (revenue == null ? prior(currency, 0) : revenue).add(amountMinor, time, reported);
    }

    /**
     * Records a purchased line. Lines without an order form one order per UTC day. Returned
     * orders count as orders.
     */
    void bought(@Nullable String orderId, long time) {
        if (before(time)) {
            return;
        }
        long order = orderId == null ? StableHash.mix(Math.floorDiv(time, DAY)) : StableHash.of(orderId);
        if (firstOrderAt == 0) {
            if (time - enrollment.enteredAt() < REPEAT_MILLIS) {
                firstOrder = order;
                firstOrderAt = time;
            }
        } else if (order != firstOrder && time - firstOrderAt < REPEAT_MILLIS) {
            ordersAgain = true;
        }
    }

    /** What was bought at the time of the assignment may have caused it: no offer can have caused the purchase. */
    private boolean before(long boughtAt) {
        return boughtAt <= enrollment.enteredAt();
    }

    /** When the next measure is known, epoch milliseconds; {@link Long#MAX_VALUE}: all were reported. */
    long nextDue() {
        long due = Long.MAX_VALUE;
        for (Measure measure : MEASURES) {
            if (!wasTold(measure)) {
                due = Math.min(due, endOf(measure));
            }
        }
        return due;
    }

    void mature(long now, List<MaturedWindow> matured) {
        for (Measure measure : MEASURES) {
            if (!wasTold(measure) && now >= endOf(measure)) {
                matured.add(new MaturedWindow(
                        enrollment, new MaturedMeasure(measure.label(), valuesOf(measure), known), endOf(measure)));
                reported |= measure.bit();
            }
        }
    }

    private List<MaturedMeasure.Value> valuesOf(Measure measure) {
        if (!measure.money()) {
            boolean paidBefore = revenues.values().stream().anyMatch(revenue -> revenue.priorMinor() > 0);
            return List.of(new MaturedMeasure.Value(null, ordersAgain ? 1 : 0, paidBefore ? 1 : 0));
        }
        List<MaturedMeasure.Value> values = new ArrayList<>(revenues.size());
        revenues.forEach((currency, revenue) -> {
            long response = revenue.revenueMinor(measure);
            if (response != 0 || revenue.priorMinor() != 0) {
                values.add(new MaturedMeasure.Value(currency, response, revenue.priorMinor()));
            }
        });
        return values;
    }

    /** Marks measures whose windows ended before a time as reported. */
    void toldBefore(long due) {
        for (Measure measure : MEASURES) {
            if (endOf(measure) < due) {
                reported |= measure.bit();
            }
        }
    }

    private boolean wasTold(Measure measure) {
        return (reported & measure.bit()) != 0;
    }

    private long endOf(Measure measure) {
        return enrollment.enteredAt() + measure.millis();
    }
}
