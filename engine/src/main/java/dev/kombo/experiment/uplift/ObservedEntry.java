package dev.kombo.experiment.uplift;

import dev.kombo.catalog.StableHash;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Matured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a shopper does after entering an experiment, until all windows have ended and each measure was told, once.
 * Touched by one thread.
 */
public final class ObservedEntry {
    /** Within which a second order follows the first, and the first one entry. */
    static final long REPEAT_MILLIS = TimeUnit.DAYS.toMillis(30);

    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final Measure[] MEASURES = Measure.values();
    private static final int ALL = (1 << MEASURES.length) - 1;

    private final Enrollment enrollment;
    private final Map<String, UserRevenue> revenues = new TreeMap<>();
    private long firstOrder;
    private long firstOrderAt;
    private boolean ordersAgain;
    private int told;

    /**
     * A shopper that has just entered, or one from the store.
     *
     * @param told a bit for each measure that was told
     */
    public ObservedEntry(Enrollment enrollment, int told) {
        this.enrollment = enrollment;
        this.told = told;
    }

    /** Sets revenue before entry in a currency, in minor units, and makes an entry for it. */
    public UserRevenue prior(String currency, long priorMinor) {
        UserRevenue revenue = new UserRevenue(enrollment.enteredAt(), priorMinor);
        revenues.put(currency, revenue);
        return revenue;
    }

    /** Puts stored orders back. */
    public void restoreOrders(long storedFirst, long storedFirstAt, boolean storedAgain) {
        firstOrder = storedFirst;
        firstOrderAt = storedFirstAt;
        ordersAgain = storedAgain;
    }

    /** The arm entered, and when. */
    public Enrollment enrollment() {
        return enrollment;
    }

    /** A bit for each measure that was told. */
    public int told() {
        return told;
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

    /** Whether a second order followed in time. */
    public boolean ordersAgain() {
        return ordersAgain;
    }

    /** Whether everything was told. */
    boolean done() {
        return told == ALL;
    }

    void paid(String currency, long amountMinor, long time) {
        long after = time - enrollment.enteredAt();
        if (after < 0 || after >= Measure.REVENUE_28D.millis() || wasTold(Measure.REVENUE_28D)) {
            return;
        }
        UserRevenue revenue = revenues.get(currency);
        (revenue == null ? prior(currency, 0) : revenue).add(amountMinor, time, told);
    }

    /**
     * A line was bought. Lines without the number of an order, which may be null, are one order a UTC day. Orders that came
     * back count as orders.
     */
    void bought(String orderId, long time) {
        if (time < enrollment.enteredAt()) {
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

    /** When the next measure is known, epoch milliseconds; {@link Long#MAX_VALUE}: all were told. */
    long nextDue() {
        long due = Long.MAX_VALUE;
        for (Measure measure : MEASURES) {
            if (!wasTold(measure)) {
                due = Math.min(due, endOf(measure));
            }
        }
        return due;
    }

    void mature(long now, List<Maturity> matured) {
        for (Measure measure : MEASURES) {
            if (!wasTold(measure) && now >= endOf(measure)) {
                matured.add(new Maturity(enrollment, new Matured(measure.label(), valuesOf(measure)), endOf(measure)));
                told |= measure.bit();
            }
        }
    }

    private List<Matured.Value> valuesOf(Measure measure) {
        if (!measure.money()) {
            boolean paidBefore = revenues.values().stream().anyMatch(revenue -> revenue.priorMinor() > 0);
            return List.of(new Matured.Value(null, ordersAgain ? 1 : 0, paidBefore ? 1 : 0));
        }
        List<Matured.Value> values = new ArrayList<>(revenues.size());
        revenues.forEach((currency, revenue) -> {
            long response = revenue.revenueMinor(measure);
            if (response != 0 || revenue.priorMinor() != 0) {
                values.add(new Matured.Value(currency, response, revenue.priorMinor()));
            }
        });
        return values;
    }

    /** Windows that ended before a time were told. */
    void toldBefore(long due) {
        for (Measure measure : MEASURES) {
            if (endOf(measure) < due) {
                told |= measure.bit();
            }
        }
    }

    private boolean wasTold(Measure measure) {
        return (told & measure.bit()) != 0;
    }

    private long endOf(Measure measure) {
        return enrollment.enteredAt() + measure.millis();
    }
}
