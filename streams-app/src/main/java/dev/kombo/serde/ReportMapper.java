package dev.kombo.serde;

import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.CurrencyAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.PlacementAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.report.DayComparisons;
import dev.kombo.engine.report.ObservedMeasure;
import dev.kombo.engine.report.Report;
import dev.kombo.engine.report.ReportedComparison;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.uplift.Advice;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.experiment.uplift.Crossing;
import dev.kombo.experiment.uplift.GuardrailReading;
import dev.kombo.experiment.uplift.PlannedEffect;
import dev.kombo.experiment.uplift.SampleRatio;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmRatio;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ComparisonRole;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import dev.kombo.schema.ErrorSpending;
import dev.kombo.schema.ExperimentAdvice;
import dev.kombo.schema.GuardrailCrossing;
import dev.kombo.schema.GuardrailReport;
import dev.kombo.schema.PlacementReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.SampleRatioReport;
import dev.kombo.schema.UpliftVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Maps reports of experiments to Avro records, and their accounts back. In stores of version 0.2.0, an account is the
 * report of its window without anything beyond the account, and the comparisons of a day are a report without arms.
 */
public final class ReportMapper {
    private static final String UNKNOWN = "UNKNOWN";

    /** Accounts of bundles as they are reported, and as an earlier release stored them. */
    public static final RecordCodec<BundleAccount, BundleReport> BUNDLES =
            RecordCodec.of(BundleAccount.class, BundleReport.class);

    private static final RecordCodec<CurrencyAccount, CurrencyAmount> AMOUNTS =
            RecordCodec.of(CurrencyAccount.class, CurrencyAmount.class);

    private static final RecordCodec<PlacementAccount, PlacementReport> PLACEMENTS =
            RecordCodec.of(PlacementAccount.class, PlacementReport.class);

    private static final RecordCodec<ReportedComparison, ArmComparison> COMPARISONS = RecordCodec.of(
            ReportedComparison.class,
            ArmComparison.class,
            new RecordCodec.Exceptions()
                    .kept("verdict", symbol(Verdict.class, UpliftVerdict.class))
                    .kept("role", symbol(Role.class, ComparisonRole.class))
                    .kept("spending", symbol(Spending.class, ErrorSpending.class)));

    private static final RecordCodec<ObservedMeasure, dev.kombo.schema.ObservedMeasure> OBSERVATIONS = RecordCodec.of(
            ObservedMeasure.class,
            dev.kombo.schema.ObservedMeasure.class,
            new RecordCodec.Exceptions().named("strata.arms.moments.count", "observed"));

    private static final RecordCodec<ShareMove, dev.kombo.schema.ShareMove> MOVES = RecordCodec.of(
            ShareMove.class, dev.kombo.schema.ShareMove.class, new RecordCodec.Exceptions().named("arms.name", "arm"));

    private static final RecordCodec<PlannedEffect, dev.kombo.schema.PlannedEffect> PLANNED =
            RecordCodec.of(PlannedEffect.class, dev.kombo.schema.PlannedEffect.class);

    private static final RecordCodec<Crossing, GuardrailCrossing> CROSSINGS =
            RecordCodec.of(Crossing.class, GuardrailCrossing.class);

    private static final List<OutcomeKind> COUNTED =
            Stream.of(OutcomeKind.values()).filter(kind -> kind.count() != null).toList();

    private ReportMapper() {}

    /** Maps constants by name; the symbol UNKNOWN stands for one that this version does not know, which is null. */
    private static <D extends Enum<D>, A extends Enum<A>> RecordCodec.Conversion symbol(
            Class<D> domain, Class<A> symbols) {
        return new RecordCodec.Conversion(
                constant -> Enum.valueOf(symbols, constant == null ? UNKNOWN : ((Enum<?>) constant).name()),
                symbol -> symbol.toString().equals(UNKNOWN) ? null : Enum.valueOf(domain, symbol.toString()));
    }

    /** Returns a report as it is published. */
    public static ConversionReport toAvro(Report report) {
        SampleRatio ratio = report.sampleRatio();
        Advice advice = report.advice();
        ConversionReport mapped = toAvro(report.account());
        for (ArmReport arm : mapped.getArms()) {
            arm.setModelStage(report.modelStages().get(arm.getArm()));
            arm.setBundles(BUNDLES.toAvros(report.bundles().getOrDefault(arm.getArm(), List.of())));
        }
        mapped.setComparisons(COMPARISONS.toAvros(report.comparisons()));
        mapped.setObservations(OBSERVATIONS.toAvros(report.observations()));
        mapped.setSampleRatio(ratio == null ? null : ratio(ratio));
        mapped.setLastMove(MOVES.toAvro(report.lastMove()));
        mapped.setPlan(PLANNED.toAvros(report.plannedEffects()));
        mapped.setAdvice(advice == null ? null : advice(advice));
        mapped.setGuardrails(
                report.guardrails().stream().map(ReportMapper::guardrail).toList());
        mapped.setCrossings(CROSSINGS.toAvros(report.crossings()));
        return mapped;
    }

    private static ConversionReport toAvro(ExperimentAccount account) {
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

    /** Returns the account of a report that is published, or that an earlier release stored. */
    public static ExperimentAccount account(ConversionReport report) {
        ExperimentAccount account = new ExperimentAccount(
                report.getExperiment(), WindowKind.valueOf(report.getWindow().name()), report.getWindowStart());
        account.restore(report.getLastEventTime());
        report.getArms().forEach(stored -> account.restore(arm(stored)));
        return account;
    }

    /** Returns the comparisons of a day that an earlier release stored. */
    public static DayComparisons comparisons(ConversionReport stored) {
        return new DayComparisons(
                stored.getExperiment(),
                stored.getWindowStart(),
                stored.getLastEventTime(),
                COMPARISONS.toDomains(stored.getComparisons()));
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

    private static SampleRatioReport ratio(SampleRatio ratio) {
        List<ArmRatio> arms = new ArrayList<>();
        for (SampleRatio.Stratum stratum : ratio.strata()) {
            for (SampleRatio.ArmRatio arm : stratum.arms()) {
                arms.add(new ArmRatio(stratum.strategyVersion(), arm.arm(), arm.expected(), arm.entered()));
            }
        }
        return new SampleRatioReport(!ratio.mismatched(), ratio.pValue(), arms);
    }

    private static ExperimentAdvice advice(Advice advice) {
        Long days = advice.days().isPresent() ? advice.days().getAsLong() : null;
        return new ExperimentAdvice(advice.decision().name(), advice.arm(), days, advice.sentence());
    }

    private static GuardrailReport guardrail(GuardrailReading reading) {
        boolean bounded = !Double.isNaN(reading.bound());
        return GuardrailReport.newBuilder()
                .setMeasure(reading.guardrail().measure())
                .setMargin(reading.guardrail().margin())
                .setAction(reading.action().name())
                .setArm(reading.arm())
                .setControl(reading.control())
                .setUsers(reading.users())
                .setChange(bounded ? reading.change() : null)
                .setBound(bounded ? reading.bound() : null)
                .setCrossed(reading.crossed())
                .build();
    }
}
