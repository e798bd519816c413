package dev.kombo.serde;

import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.CurrencyAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.PlacementAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import dev.kombo.schema.PlacementReport;
import dev.kombo.schema.ReportWindow;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Maps the accounts of experiments and bundles to Avro records and back. A stored account is the report without its
 * bundles.
 */
public final class AccountMapper {
    private static final RecordCodec<CurrencyAccount, CurrencyAmount> AMOUNTS =
            RecordCodec.of(CurrencyAccount.class, CurrencyAmount.class);

    private static final RecordCodec<PlacementAccount, PlacementReport> PLACEMENTS =
            RecordCodec.of(PlacementAccount.class, PlacementReport.class);

    /** Accounts of bundles as they are stored and reported. */
    public static final RecordCodec<BundleAccount, BundleReport> BUNDLES =
            RecordCodec.of(BundleAccount.class, BundleReport.class);

    private static final List<OutcomeKind> COUNTED =
            Stream.of(OutcomeKind.values()).filter(kind -> kind.count() != null).toList();

    private AccountMapper() {}

    public static ExperimentAccount toDomain(ConversionReport report) {
        ExperimentAccount account = new ExperimentAccount(
                report.getExperiment(), WindowKind.valueOf(report.getWindow().name()), report.getWindowStart());
        account.restore(report.getLastEventTime());
        report.getArms().forEach(stored -> account.restore(arm(stored)));
        return account;
    }

    private static ArmAccount arm(ArmReport stored) {
        ArmAccount arm = new ArmAccount(stored.getArm());
        for (OutcomeKind kind : COUNTED) {
            arm.restore(kind, (Long) stored.get(kind.count()));
        }
        arm.restore(stored.getViewThroughConversions(), stored.getReturnedConversions(), stored.getClickedOffers());
        stored.getAmounts().forEach(amount -> arm.restore(AMOUNTS.toDomain(amount)));
        stored.getPlacements().forEach(placement -> arm.restore(PLACEMENTS.toDomain(placement)));
        return arm;
    }

    /** Returns the account as a report without bundles. */
    public static ConversionReport toAvro(ExperimentAccount account) {
        return ConversionReport.newBuilder()
                .setExperiment(account.experiment())
                .setWindow(ReportWindow.valueOf(account.window().name()))
                .setWindowStart(account.windowStart())
                .setLastEventTime(account.lastEventTime())
                .setArms(account.arms().stream()
                        .map(arm -> arm(arm, account.window()))
                        .toList())
                .build();
    }

    private static ArmReport arm(ArmAccount arm, WindowKind window) {
        ArmReport report = new ArmReport();
        report.setArm(arm.arm());
        for (OutcomeKind kind : COUNTED) {
            report.put(kind.count(), arm.count(kind));
        }
        report.setViewThroughConversions(arm.viewThroughConversions());
        report.setReturnedConversions(arm.returnedConversions());
        report.setClickedOffers(arm.clickedOffers());
        report.setAmounts(arm.amounts().stream()
                .map(amount -> amount(arm, amount, window))
                .toList());
        report.setClickThroughRate(arm.clickThroughRate());
        report.setConversionRate(arm.conversionRate());
        report.setReturnedShare(arm.returnedShare());
        report.setDismissalRate(arm.dismissalRate());
        report.setPlacements(PLACEMENTS.toAvros(arm.placements()));
        report.setBundles(List.of());
        return report;
    }

    private static CurrencyAmount amount(ArmAccount arm, CurrencyAccount account, WindowKind window) {
        CurrencyAmount amount = AMOUNTS.toAvro(account);
        OptionalDouble perUser = arm.revenuePerUser(account, window);
        amount.setRevenuePerUser(perUser.isPresent() ? perUser.getAsDouble() : null);
        return amount;
    }
}
