package dev.kombo.topology.report;

import dev.kombo.attribution.account.WindowKind;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.topology.common.AccountKeys;
import java.util.function.Function;

/** How many users are assigned per day, from the accounts of the latest days. */
public final class AssignedUsers {
    private static final int MOST_DAYS = 7;

    private AssignedUsers() {}

    /**
     * Returns the mean of the full days before a total's latest event, at most {@value #MOST_DAYS}; 0 where there is
     * none.
     *
     * @param accounts finds an account by its key; null: there is none
     */
    public static double perDay(ConversionReport total, Function<String, ConversionReport> accounts) {
        long start = WindowKind.DAY.startOf(total.getLastEventTime());
        long users = 0;
        int days = 0;
        while (days < MOST_DAYS) {
            start -= WindowKind.DAY.millis();
            ConversionReport day = accounts.apply(AccountKeys.window(total.getExperiment(), WindowKind.DAY, start));
            if (day == null) {
                break;
            }
            users += day.getArms().stream().mapToLong(ArmReport::getUsers).sum();
            days++;
        }
        return days == 0 ? 0 : (double) users / days;
    }
}
