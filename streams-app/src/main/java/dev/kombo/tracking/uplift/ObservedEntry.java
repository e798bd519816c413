package dev.kombo.tracking.uplift;

import dev.kombo.tracking.Enrollment;
import dev.kombo.tracking.Matured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a shopper does after entering an experiment, until all windows have ended and each measure was told, once.
 * Touched by one thread.
 */
public final class ObservedEntry {
    private static final Measure[] MEASURES = Measure.values();
    private static final int ALL = (1 << MEASURES.length) - 1;
    /** Observations are told as they are; the account caps them. */
    private static final long UNCAPPED = Long.MAX_VALUE;

    private final Enrollment enrollment;
    private final Map<String, UserRevenue> revenues = new TreeMap<>();
    private final RepeatedOrder orders;
    private int told;

    /**
     * A shopper that has just entered, or one from the store.
     *
     * @param told a bit for each measure that was told
     */
    public ObservedEntry(Enrollment enrollment, int told) {
        this.enrollment = enrollment;
        this.told = told;
        this.orders = new RepeatedOrder(enrollment.enteredAt());
    }

    /** Sets revenue before entry in a currency, in minor units, and makes an entry for it. */
    public UserRevenue prior(String currency, long priorMinor) {
        UserRevenue revenue = new UserRevenue(enrollment.enteredAt(), priorMinor);
        for (Measure measure : MEASURES) {
            if (measure.money()) {
                revenue.restore(measure.window(), 0, wasTold(measure));
            }
        }
        revenues.put(currency, revenue);
        return revenue;
    }

    /** Puts stored orders back. */
    public void restoreOrders(long first, long firstAt, boolean repeated) {
        orders.restore(first, firstAt, repeated);
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
        return orders.first();
    }

    /** Time of the first order, epoch milliseconds; 0: none yet. */
    public long firstOrderAt() {
        return orders.firstAt();
    }

    /** Whether a second order followed in time. */
    public boolean ordersAgain() {
        return orders.repeated();
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
        (revenue == null ? prior(currency, 0) : revenue).add(amountMinor, time);
    }

    void bought(String orderId, long time) {
        orders.bought(orderId, time);
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
            return List.of(new Matured.Value(null, orders.repeated() ? 1 : 0, paidBefore() ? 1 : 0));
        }
        List<Matured.Value> values = new ArrayList<>(revenues.size());
        revenues.forEach((currency, revenue) -> {
            UserObservation observation = revenue.observe(measure.window(), enrollment, UNCAPPED);
            if (observation.response() != 0 || observation.covariate() != 0) {
                values.add(new Matured.Value(currency, observation.response(), observation.covariate()));
            }
        });
        return values;
    }

    private boolean paidBefore() {
        for (UserRevenue revenue : revenues.values()) {
            if (revenue.priorMinor() > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean wasTold(Measure measure) {
        return (told & measure.bit()) != 0;
    }

    private long endOf(Measure measure) {
        return enrollment.enteredAt() + measure.millis();
    }
}
