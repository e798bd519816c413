package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.ShopperObservations.MaturedWindow;
import dev.kombo.math.StableHash;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One shopper in one experiment: revenue and orders since the assignment, kept until each measure has matured and was
 * reported once. Not thread-safe.
 */
public final class ObservedEntry {
    /** The longest time from assignment to a first order, and from that to a second one, for a repeat purchase. */
    static final long REPEAT_MILLIS = 30 * Millis.DAY;

    private static final Measure[] ALONE =
            Arrays.stream(Measure.values()).filter(Measure::reportedAlone).toArray(Measure[]::new);
    private static final Measure[] TOGETHER = Arrays.stream(Measure.values())
            .filter(measure -> !measure.reportedAlone())
            .toArray(Measure[]::new);
    private static final int ALL = (1 << ALONE.length) - 1;

    private Enrollment enrollment;
    private @Nullable Covariates known;
    private final Map<String, UserRevenue> revenues = new TreeMap<>();
    private long firstOrder;
    private long firstOrderAt;
    private boolean ordersAgain;
    private int reported;
    private boolean returned;
    private boolean dismissed;

    /** Creates an entry that is to be read. */
    ObservedEntry() {
        this.enrollment = Enrollment.BLANK;
    }

    /** Creates the entry of a newly assigned shopper; covariates may be null. */
    ObservedEntry(Enrollment enrollment, @Nullable Covariates known) {
        this.enrollment = enrollment;
        this.known = known;
    }

    void fields(Fields f) {
        enrollment = enrollment.fields(f);
        reported = f.number(reported);
        if (f.since(ShopperObservations.HISTORY_LAYOUT)) {
            known = f.optional(known, Covariates.BLANK, Covariates::fields);
            returned = f.flag(returned);
            dismissed = f.flag(dismissed);
        }
        f.each(revenues, new UserRevenue(enrollment.enteredAt(), 0), UserRevenue::fields);
        firstOrder = f.fixed(firstOrder);
        firstOrderAt = f.number(firstOrderAt);
        ordersAgain = f.flag(ordersAgain);
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

    /** Whether every measure was reported. */
    boolean done() {
        return reported == ALL;
    }

    void paid(String currency, long amountMinor, long boughtAt, long time) {
        if (!before(boughtAt) && open(time)) {
            in(currency).add(amountMinor, time, reported);
        }
    }

    void earned(String currency, long marginMinor, long boughtAt, long time) {
        if (!before(boughtAt) && open(time)) {
            in(currency).add(Measure.MARGIN_28D, marginMinor);
        }
    }

    void returned(long boughtAt, long time) {
        returned |= !before(boughtAt) && open(time);
    }

    void saved(String experiment, String currency, long savingMinor, long time) {
        if (enrollment.experiment().equals(experiment) && !before(time) && open(time)) {
            in(currency).add(Measure.DISCOUNT_28D, savingMinor);
        }
    }

    void dismissed(String experiment, long time) {
        dismissed |= enrollment.experiment().equals(experiment) && open(time);
    }

    /** Whether a time is before the end of the 28 days, and these were not reported yet. */
    private boolean open(long time) {
        return time - enrollment.enteredAt() < Measure.REVENUE_28D.millis() && !isReported(Measure.REVENUE_28D);
    }

    private UserRevenue in(String currency) {
        UserRevenue revenue = revenues.get(currency);
        return revenue == null ? prior(currency, 0) : revenue;
    }

    /**
     * Records a purchased line. Lines without an order form one order per UTC day. Returned
     * orders count as orders.
     */
    void bought(@Nullable String orderId, long time) {
        if (before(time)) {
            return;
        }
        long order = orderId == null ? StableHash.mix(Millis.day(time)) : StableHash.of(orderId);
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
        for (Measure measure : ALONE) {
            if (!isReported(measure)) {
                due = Math.min(due, endOf(measure));
            }
        }
        return due;
    }

    void mature(long now, List<MaturedWindow> matured) {
        for (Measure measure : ALONE) {
            if (!isReported(measure) && now >= endOf(measure)) {
                List<MaturedMeasure.Other> others =
                        measure == Measure.REVENUE_28D && known != null ? together() : List.of();
                matured.add(new MaturedWindow(
                        enrollment,
                        new MaturedMeasure(measure.label(), valuesOf(measure), known, others),
                        endOf(measure)));
                reported |= measure.bit();
            }
        }
    }

    private List<MaturedMeasure.Other> together() {
        List<MaturedMeasure.Other> others = new ArrayList<>(TOGETHER.length);
        for (Measure measure : TOGETHER) {
            others.add(new MaturedMeasure.Other(measure.label(), valuesOf(measure)));
        }
        return others;
    }

    private boolean did(Measure measure) {
        return switch (measure) {
            case RETURN_RATE_28D -> returned;
            case DISMISSAL_RATE_28D -> dismissed;
            case CONVERSION_28D -> firstOrderAt != 0 && firstOrderAt < endOf(measure);
            default -> ordersAgain;
        };
    }

    private List<MaturedMeasure.Value> valuesOf(Measure measure) {
        if (!measure.money()) {
            boolean paidBefore = revenues.values().stream().anyMatch(revenue -> revenue.priorMinor() > 0);
            return List.of(new MaturedMeasure.Value(null, did(measure) ? 1 : 0, paidBefore ? 1 : 0));
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

    /** Records measures whose windows ended before a time as reported. */
    void reportedBefore(long due) {
        for (Measure measure : ALONE) {
            if (endOf(measure) < due) {
                reported |= measure.bit();
            }
        }
    }

    private boolean isReported(Measure measure) {
        return (reported & measure.bit()) != 0;
    }

    private long endOf(Measure measure) {
        return enrollment.enteredAt() + measure.millis();
    }
}
