package dev.kombo.serde;

import dev.kombo.profile.History;
import dev.kombo.profile.RecentRevenue;
import dev.kombo.schema.ObservedRevenue;
import dev.kombo.schema.RevenueDay;
import dev.kombo.schema.UserProfile;
import dev.kombo.tracking.Enrollment;
import dev.kombo.tracking.uplift.Measure;
import dev.kombo.tracking.uplift.ObservedEntry;
import dev.kombo.tracking.uplift.ShopperObservations;
import dev.kombo.tracking.uplift.UserRevenue;
import java.util.ArrayList;
import java.util.List;

/** What is observed of a shopper before and after entry into an experiment: store to domain and back. */
final class ObservationMapper {
    private ObservationMapper() {}

    static RecentRevenue revenue(UserProfile profile) {
        RecentRevenue revenue = new RecentRevenue();
        for (RevenueDay day : profile.getRevenueDays()) {
            revenue.restore(new RecentRevenue.Day(day.getCurrency(), day.getDay(), day.getRevenueMinor()));
        }
        return revenue;
    }

    static ShopperObservations observations(UserProfile profile) {
        ShopperObservations observations = new ShopperObservations();
        for (dev.kombo.schema.ObservedEntry stored : profile.getObserved()) {
            observations.restore(entry(stored));
        }
        return observations;
    }

    private static ObservedEntry entry(dev.kombo.schema.ObservedEntry stored) {
        ObservedEntry entry = new ObservedEntry(
                new Enrollment(
                        stored.getExperiment(), stored.getArm(), stored.getStrategyVersion(), stored.getEnteredAt()),
                stored.getTold());
        for (ObservedRevenue money : stored.getRevenues()) {
            UserRevenue revenue = entry.prior(money.getCurrency(), money.getPriorMinor());
            revenue.restore(Measure.REVENUE_1D, money.getDayMinor());
            revenue.restore(Measure.REVENUE_7D, money.getWeekMinor());
            revenue.restore(Measure.REVENUE_28D, money.getFourWeeksMinor());
        }
        entry.restoreOrders(stored.getFirstOrder(), stored.getFirstOrderAt(), stored.getOrdersAgain());
        return entry;
    }

    static void toAvro(History.Parts history, UserProfile profile) {
        List<RevenueDay> days = new ArrayList<>();
        for (RecentRevenue.Day day : history.revenue().days()) {
            days.add(new RevenueDay(day.currency(), day.day(), day.revenueMinor()));
        }
        profile.setRevenueDays(days);
        List<dev.kombo.schema.ObservedEntry> entries = new ArrayList<>();
        for (ObservedEntry entry : history.observations().entries()) {
            entries.add(entry(entry));
        }
        profile.setObserved(entries);
    }

    private static dev.kombo.schema.ObservedEntry entry(ObservedEntry entry) {
        Enrollment enrollment = entry.enrollment();
        List<ObservedRevenue> revenues = new ArrayList<>();
        entry.revenues()
                .forEach((currency, revenue) -> revenues.add(new ObservedRevenue(
                        currency,
                        revenue.priorMinor(),
                        revenue.revenueMinor(Measure.REVENUE_1D),
                        revenue.revenueMinor(Measure.REVENUE_7D),
                        revenue.revenueMinor(Measure.REVENUE_28D))));
        return new dev.kombo.schema.ObservedEntry(
                enrollment.experiment(),
                enrollment.arm(),
                enrollment.strategyVersion(),
                enrollment.enteredAt(),
                entry.told(),
                revenues,
                entry.firstOrder(),
                entry.firstOrderAt(),
                entry.ordersAgain());
    }
}
