package dev.kombo.serde;

import dev.kombo.schema.ArmReport;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import dev.kombo.schema.PlacementReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.tracking.ArmAccount;
import dev.kombo.tracking.ArmCount;
import dev.kombo.tracking.BundleAccount;
import dev.kombo.tracking.CurrencyAccount;
import dev.kombo.tracking.ExperimentAccount;
import dev.kombo.tracking.PlacementAccount;
import dev.kombo.tracking.WindowKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Accounts: domain to contract and back. The stored account is the report without its bundles. */
public final class AccountMapper {
    private AccountMapper() {}

    /** The account in domain terms. */
    public static ExperimentAccount toDomain(ConversionReport report) {
        ExperimentAccount account = new ExperimentAccount(
                report.getExperiment(), WindowKind.valueOf(report.getWindow().name()), report.getWindowStart());
        account.restore(report.getLastEventTime());
        for (ArmReport stored : report.getArms()) {
            account.restore(arm(stored));
        }
        return account;
    }

    private static ArmAccount arm(ArmReport stored) {
        ArmAccount arm = new ArmAccount(stored.getArm());
        arm.restore(ArmCount.USERS, stored.getUsers());
        arm.restore(ArmCount.ACTIVE_USERS, stored.getActiveUsers());
        arm.restore(ArmCount.OFFERS, stored.getOffers());
        arm.restore(ArmCount.IMPRESSIONS, stored.getImpressions());
        arm.restore(ArmCount.CLICKS, stored.getClicks());
        arm.restore(ArmCount.DISMISSALS, stored.getDismissals());
        arm.restore(ArmCount.CONVERSIONS, stored.getConversions());
        arm.restore(ArmCount.VIEW_THROUGH_CONVERSIONS, stored.getViewThroughConversions());
        arm.restore(ArmCount.PARTIAL_CONVERSIONS, stored.getPartialConversions());
        arm.restore(ArmCount.CROSS_CONVERSIONS, stored.getCrossConversions());
        arm.restore(ArmCount.RETURNS, stored.getReturns());
        arm.restore(ArmCount.RETURNED_CONVERSIONS, stored.getReturnedConversions());
        arm.restore(ArmCount.PURCHASES, stored.getPurchases());
        for (CurrencyAmount amount : stored.getAmounts()) {
            CurrencyAccount account = new CurrencyAccount(amount.getCurrency());
            account.restore(
                    amount.getRevenueMinor(),
                    amount.getAttributedMinor(),
                    amount.getViewThroughMinor(),
                    amount.getSavingMinor(),
                    amount.getRevenueSquares());
            arm.restore(account);
        }
        for (PlacementReport placement : stored.getPlacements()) {
            PlacementAccount account = new PlacementAccount(placement.getPlacement());
            account.restore(
                    placement.getOffers(),
                    placement.getImpressions(),
                    placement.getClicks(),
                    placement.getDismissals(),
                    placement.getConversions(),
                    placement.getAttributedMinor());
            arm.restore(account);
        }
        return arm;
    }

    /** The account as a report, without bundles. */
    public static ConversionReport toAvro(ExperimentAccount account) {
        List<ArmReport> arms = new ArrayList<>();
        account.arms().forEach(arm -> arms.add(arm(arm, account.window())));
        return ConversionReport.newBuilder()
                .setExperiment(account.experiment())
                .setWindow(ReportWindow.valueOf(account.window().name()))
                .setWindowStart(account.windowStart())
                .setLastEventTime(account.lastEventTime())
                .setArms(arms)
                .build();
    }

    private static ArmReport arm(ArmAccount arm, WindowKind window) {
        List<CurrencyAmount> amounts = new ArrayList<>();
        for (CurrencyAccount amount : arm.amounts()) {
            OptionalDouble perUser = arm.revenuePerUser(amount, window);
            amounts.add(new CurrencyAmount(
                    amount.currency(),
                    amount.revenueMinor(),
                    amount.attributedMinor(),
                    amount.savingMinor(),
                    amount.revenueSquares(),
                    amount.viewThroughMinor(),
                    perUser.isPresent() ? perUser.getAsDouble() : null));
        }
        return ArmReport.newBuilder()
                .setArm(arm.arm())
                .setUsers(arm.count(ArmCount.USERS))
                .setActiveUsers(arm.count(ArmCount.ACTIVE_USERS))
                .setOffers(arm.count(ArmCount.OFFERS))
                .setImpressions(arm.count(ArmCount.IMPRESSIONS))
                .setClicks(arm.count(ArmCount.CLICKS))
                .setDismissals(arm.count(ArmCount.DISMISSALS))
                .setConversions(arm.count(ArmCount.CONVERSIONS))
                .setViewThroughConversions(arm.count(ArmCount.VIEW_THROUGH_CONVERSIONS))
                .setPartialConversions(arm.count(ArmCount.PARTIAL_CONVERSIONS))
                .setCrossConversions(arm.count(ArmCount.CROSS_CONVERSIONS))
                .setReturns(arm.count(ArmCount.RETURNS))
                .setReturnedConversions(arm.count(ArmCount.RETURNED_CONVERSIONS))
                .setPurchases(arm.count(ArmCount.PURCHASES))
                .setAmounts(amounts)
                .setClickThroughRate(arm.clickThroughRate())
                .setConversionRate(arm.conversionRate())
                .setReturnedShare(arm.returnedShare())
                .setDismissalRate(arm.dismissalRate())
                .setPlacements(placements(arm))
                .setBundles(List.of())
                .build();
    }

    private static List<PlacementReport> placements(ArmAccount arm) {
        List<PlacementReport> placements = new ArrayList<>();
        for (PlacementAccount placement : arm.placements()) {
            placements.add(new PlacementReport(
                    placement.placement(),
                    placement.offers(),
                    placement.impressions(),
                    placement.clicks(),
                    placement.dismissals(),
                    placement.conversions(),
                    placement.attributedMinor()));
        }
        return placements;
    }

    /** A bundle's account in domain terms. */
    public static BundleAccount toDomain(BundleReport report) {
        BundleAccount account = new BundleAccount(report.getBundleId());
        account.restore(
                report.getOffers(),
                report.getClicks(),
                report.getConversions(),
                report.getRevenueMinor(),
                report.getCurrency());
        return account;
    }

    /** A bundle's account as stored and reported. */
    public static BundleReport toAvro(BundleAccount account) {
        return new BundleReport(
                account.bundleId(),
                account.offers(),
                account.clicks(),
                account.conversions(),
                account.revenueMinor(),
                account.currency());
    }
}
