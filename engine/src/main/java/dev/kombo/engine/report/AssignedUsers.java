package dev.kombo.engine.report;

import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import org.jspecify.annotations.Nullable;

/** How many users are assigned per day, from the accounts of the latest days. */
public final class AssignedUsers {
    private static final int MOST_DAYS = 7;

    private AssignedUsers() {}

    /** Finds accounts. */
    @FunctionalInterface
    public interface Accounts {
        /** The account with a key; null: there is none. */
        @Nullable
        ExperimentAccount get(String key);
    }

    /**
     * Returns the mean of the full days before a total's latest event, at most {@value #MOST_DAYS}; 0 where there is
     * none.
     */
    public static double perDay(ExperimentAccount total, Accounts accounts) {
        long start = WindowKind.DAY.startOf(total.lastEventTime());
        long users = 0;
        int days = 0;
        while (days < MOST_DAYS) {
            start -= WindowKind.DAY.millis();
            ExperimentAccount day = accounts.get(ReportKeys.day(total.experiment(), start));
            if (day == null) {
                break;
            }
            for (ArmAccount arm : day.arms()) {
                users += arm.count(OutcomeKind.ENTERED);
            }
            days++;
        }
        return days == 0 ? 0 : (double) users / days;
    }
}
