package dev.kombo.shop.command;

import dev.kombo.client.TrustedRecords;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import dev.kombo.schema.ReportWindow;
import java.util.List;

/** Reports for tests. */
final class Reports {
    static {
        TrustedRecords.install();
    }

    private Reports() {}

    static ConversionReport report(String experiment, ReportWindow window, long lastEventTime, ArmReport... arms) {
        return ConversionReport.newBuilder()
                .setExperiment(experiment)
                .setWindow(window)
                .setWindowStart(0)
                .setLastEventTime(lastEventTime)
                .setArms(List.of(arms))
                .build();
    }

    /** An arm with figures that follow from the number of its offers. */
    static ArmReport arm(String name, long users, long offers, long attributedMinor) {
        return ArmReport.newBuilder()
                .setArm(name)
                .setUsers(users)
                .setActiveUsers(users)
                .setOffers(offers)
                .setImpressions(offers / 2)
                .setClicks(offers / 10)
                .setClickedOffers(offers / 10)
                .setDismissals(0)
                .setConversions(offers / 50)
                .setPartialConversions(0)
                .setReturns(0)
                .setPurchases(9)
                .setAmounts(List.of(
                        new CurrencyAmount("EUR", 777L, 777L, 0L, 0.0, 0L, null),
                        new CurrencyAmount("GBP", attributedMinor * 3, attributedMinor, 0L, 0.0, 0L, null)))
                .setClickThroughRate(0)
                .setConversionRate(0)
                .build();
    }
}
