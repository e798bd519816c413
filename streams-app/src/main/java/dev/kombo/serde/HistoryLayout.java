package dev.kombo.serde;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.ConvertedBundle;
import dev.kombo.attribution.Feedback;
import dev.kombo.attribution.LedgerState;
import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.attribution.LedgerState.PendingFeedback;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Purchase;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.uplift.Measure;
import dev.kombo.experiment.uplift.ObservedEntry;
import dev.kombo.experiment.uplift.ShopperObservations;
import dev.kombo.experiment.uplift.UserRevenue;
import dev.kombo.profile.History;
import dev.kombo.profile.Holdings;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.RecentEventIds;
import dev.kombo.profile.RecentRevenue;
import dev.kombo.profile.TimedCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Serializes a shopper's purchase history, in a flat layout whose first byte is its version. Not thread-safe. */
public final class HistoryLayout {
    /** First byte of the layout; must be raised with each change. */
    private static final int VERSION = 1;
    /**
     * Version of a history followed by holdings: a reader of the former version must not write it back without them.
     */
    private static final int WITH_HOLDINGS = 2;

    private final ProfileLimits limits;
    private final FlatWriter out = new FlatWriter();

    /** A layout that bounds what it reads by the limits. */
    public HistoryLayout(ProfileLimits limits) {
        this.limits = limits;
    }

    public byte[] write(History.Parts history) {
        out.clear();
        boolean holds = history.holdings().size() > 0;
        out.put(holds ? WITH_HOLDINGS : VERSION);
        out.blob(history.purchases().write());
        out.blob(history.paidEventIds().write());
        each(history.revenue().days(), day -> {
            out.text(day.currency());
            out.number(day.day());
            out.number(day.revenueMinor());
        });
        each(history.observations().entries(), this::write);
        LedgerState credit = history.credit();
        each(credit.bought(), this::write);
        each(credit.conversions(), this::write);
        each(credit.waiting(), this::write);
        each(credit.bundles(), this::write);
        if (holds) {
            out.blob(history.holdings().write());
        }
        return out.toBytes();
    }

    private <T> void each(List<T> list, Consumer<T> writer) {
        out.number(list.size());
        for (int i = 0; i < list.size(); i++) {
            writer.accept(list.get(i));
        }
    }

    private void write(ObservedEntry entry) {
        out.text(entry.enrollment().experiment());
        out.text(entry.enrollment().arm());
        out.number(entry.enrollment().strategyVersion());
        out.number(entry.enrollment().enteredAt());
        out.number(entry.reported());
        out.number(entry.revenues().size());
        entry.revenues().forEach((currency, revenue) -> {
            out.text(currency);
            out.number(revenue.priorMinor());
            out.number(revenue.revenueMinor(Measure.REVENUE_1D));
            out.number(revenue.revenueMinor(Measure.REVENUE_7D));
            out.number(revenue.revenueMinor(Measure.REVENUE_28D));
        });
        out.fixed(entry.firstOrder());
        out.number(entry.firstOrderAt());
        out.flag(entry.ordersAgain());
    }

    private void write(BoughtLine line) {
        out.text(line.itemId());
        out.number(line.quantity());
        out.number(line.unitPriceMinor());
        out.text(line.currency());
        out.text(line.orderId());
        out.number(line.boughtAt());
    }

    private void write(ConvertedBundle conversion) {
        Outcome.Scope scope = conversion.scope();
        out.text(scope.assignment().experiment());
        out.text(scope.assignment().arm());
        out.number(scope.assignment().strategyVersion());
        out.text(scope.offerId());
        out.text(scope.placement());
        out.text(scope.bundleId());
        out.number(scope.rank());
        out.real(scope.propensity());
        out.flag(conversion.viewThrough());
        out.number(conversion.quantity());
        out.number(conversion.amount().revenueMinor());
        out.number(conversion.amount().savingMinor());
        out.text(conversion.amount().currency());
        out.number(conversion.convertedAt());
        each(conversion.lines(), this::write);
        out.flag(conversion.returned());
    }

    private void write(PendingFeedback waiting) {
        Feedback feedback = waiting.feedback();
        out.put(feedback.kind().feedback());
        out.text(feedback.eventId());
        out.text(feedback.offerId());
        out.text(feedback.bundleId());
        out.number(feedback.time());
        out.number(waiting.closesAt());
    }

    private void write(Purchase purchase) {
        out.text(purchase.eventId());
        out.text(purchase.bundleId());
        out.text(purchase.offerId());
        out.text(purchase.orderId());
        out.number(purchase.quantity());
        out.number(purchase.unitPriceMinor());
        out.text(purchase.currency());
        out.number(purchase.time());
    }

    /**
     * Reads a stored history.
     *
     * @param stored null: nothing was bought yet
     * @throws IllegalArgumentException if a later version wrote it in an unknown layout
     */
    public History.Parts read(byte[] stored) {
        if (stored == null) {
            return new History.Parts(limits);
        }
        FlatReader in = new FlatReader(stored);
        int version = in.get();
        if (version != VERSION && version != WITH_HOLDINGS) {
            throw new IllegalArgumentException("a history of layout " + version + ", " + VERSION + " is known");
        }
        TimedCounts purchases = TimedCounts.read(in.blob(), limits.purchasedItems());
        RecentEventIds paid = RecentEventIds.read(in.blob(), limits.paidEventIds(), limits.paidEventIdAge());
        RecentRevenue revenue = new RecentRevenue();
        list(in, () -> new RecentRevenue.Day(in.text(), in.count(), in.number()))
                .forEach(revenue::restore);
        ShopperObservations observations = new ShopperObservations();
        list(in, () -> entry(in)).forEach(observations::restore);
        LedgerState credit = new LedgerState(
                new ArrayList<>(),
                list(in, () -> line(in)),
                list(in, () -> conversion(in)),
                list(in, () -> waiting(in)),
                list(in, () -> purchase(in)));
        Holdings holdings = version == WITH_HOLDINGS ? Holdings.read(in.blob(), limits) : new Holdings(limits);
        return new History.Parts(purchases, holdings, paid, revenue, observations, credit);
    }

    private static <T> List<T> list(FlatReader in, Supplier<T> reader) {
        int size = in.count();
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(reader.get());
        }
        return list;
    }

    private static ObservedEntry entry(FlatReader in) {
        ObservedEntry entry =
                new ObservedEntry(new Enrollment(in.text(), in.text(), in.number(), in.number()), in.count());
        for (int left = in.count(); left > 0; left--) {
            UserRevenue revenue = entry.prior(in.text(), in.number());
            revenue.restore(Measure.REVENUE_1D, in.number());
            revenue.restore(Measure.REVENUE_7D, in.number());
            revenue.restore(Measure.REVENUE_28D, in.number());
        }
        entry.restoreOrders(in.fixed(), in.number(), in.flag());
        return entry;
    }

    private static BoughtLine line(FlatReader in) {
        return new BoughtLine(in.text(), in.count(), in.number(), in.text(), in.text(), in.number());
    }

    private static ConvertedBundle conversion(FlatReader in) {
        Assignment assignment = new Assignment(in.text(), in.text(), in.number());
        ConvertedBundle conversion = new ConvertedBundle(
                new Outcome.Scope(assignment, in.text(), in.text(), in.text(), in.count(), in.realDouble()),
                in.flag(),
                in.count(),
                new Amount(in.number(), in.number(), in.text()),
                in.number(),
                list(in, () -> line(in)));
        conversion.restore(in.flag());
        return conversion;
    }

    private static PendingFeedback waiting(FlatReader in) {
        OutcomeKind kind = OutcomeKind.ofFeedback(in.get());
        return new PendingFeedback(new Feedback(kind, in.text(), in.text(), in.text(), in.number()), in.number());
    }

    private static Purchase purchase(FlatReader in) {
        return new Purchase(
                in.text(), null, in.text(), in.text(), in.text(), in.count(), in.number(), in.text(), in.number());
    }
}
