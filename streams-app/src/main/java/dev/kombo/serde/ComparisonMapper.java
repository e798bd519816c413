package dev.kombo.serde;

import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Advice;
import dev.kombo.experiment.uplift.Comparison;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import dev.kombo.experiment.uplift.Crossing;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.GuardrailReading;
import dev.kombo.experiment.uplift.Interval;
import dev.kombo.experiment.uplift.PlannedEffect;
import dev.kombo.experiment.uplift.SampleRatio;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmRatio;
import dev.kombo.schema.ComparisonRole;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ErrorSpending;
import dev.kombo.schema.ExperimentAdvice;
import dev.kombo.schema.GuardrailCrossing;
import dev.kombo.schema.GuardrailReport;
import dev.kombo.schema.ObservedArm;
import dev.kombo.schema.ObservedMeasure;
import dev.kombo.schema.ObservedStratum;
import dev.kombo.schema.SampleRatioReport;
import dev.kombo.schema.UpliftState;
import dev.kombo.schema.UpliftVerdict;
import java.util.ArrayList;
import java.util.List;

/** Adds comparisons of arms, guardrails and advice to the Avro report of an experiment. */
public final class ComparisonMapper {
    private static final RecordCodec<ShareMove, dev.kombo.schema.ShareMove> MOVES = RecordCodec.of(
            ShareMove.class, dev.kombo.schema.ShareMove.class, new RecordCodec.Exceptions().named("arms.name", "arm"));

    private static final RecordCodec<Crossing, GuardrailCrossing> CROSSINGS =
            RecordCodec.of(Crossing.class, GuardrailCrossing.class);

    private static final RecordCodec<StratumArm, ObservedArm> ARMS = RecordCodec.of(
            StratumArm.class, ObservedArm.class, new RecordCodec.Exceptions().named("moments.count", "observed"));

    private static final RecordCodec<PlannedEffect, dev.kombo.schema.PlannedEffect> PLANNED =
            RecordCodec.of(PlannedEffect.class, dev.kombo.schema.PlannedEffect.class);

    private ComparisonMapper() {}

    /**
     * Returns the report of a total with its comparisons, the sample ratio, guardrails and the latest change by Kombo.
     *
     * @param state as stored; null if no shopper who is compared was assigned
     * @param active the active strategy: its guardrails are those of its experiment
     * @param usersPerDay users assigned per day of late, 0 where not known
     */
    public static ConversionReport complete(
            ConversionReport total, UpliftState state, StrategyPlan active, double usersPerDay) {
        if (state == null) {
            return total;
        }
        List<ArmComparison> comparisons = new ArrayList<>();
        ExperimentUplift uplift = UpliftMapper.toDomain(state);
        SampleRatio ratio = uplift.sampleRatio();
        for (ExperimentUplift.MeasureReport measureReport : uplift.reports()) {
            for (Comparison comparison : measureReport.report().comparisons()) {
                comparisons.add(comparison(measureReport.key(), measureReport.latest(), comparison));
            }
        }
        boolean runs = active.salt().equals(total.getExperiment());
        return ConversionReport.newBuilder(total)
                .setComparisons(comparisons)
                .setObservations(observations(uplift))
                .setSampleRatio(ratio == null ? null : ratio(ratio))
                .setLastMove(MOVES.toAvro(uplift.lastMove()))
                .setPlan(runs ? PLANNED.toAvros(PlannedEffect.of(active, uplift, usersPerDay)) : List.of())
                .setAdvice(runs ? advice(Advice.of(active, uplift, usersPerDay)) : null)
                .setGuardrails(
                        runs
                                ? GuardrailReading.all(active, uplift).stream()
                                        .map(ComparisonMapper::guardrail)
                                        .toList()
                                : List.of())
                .setCrossings(CROSSINGS.toAvros(uplift.crossings()))
                .build();
    }

    /**
     * Returns the report of a day with its last comparisons.
     *
     * @param latest a report that has the comparisons; null if there was none
     */
    public static ConversionReport withComparisons(ConversionReport day, ConversionReport latest) {
        return latest == null
                ? day
                : ConversionReport.newBuilder(day)
                        .setComparisons(latest.getComparisons())
                        .build();
    }

    private static ArmComparison comparison(ExperimentUplift.Key key, StratumAccount latest, Comparison comparison) {
        Estimate estimate = comparison.estimate();
        ArmComparison.Builder reported = ArmComparison.newBuilder()
                .setMeasure(key.measure().label())
                .setCurrency(key.currency())
                .setArm(comparison.arm())
                .setReference(comparison.reference())
                .setVerdict(UpliftVerdict.valueOf(comparison.verdict().name()))
                .setRole(ComparisonRole.valueOf(comparison.part().role().name()))
                .setError(comparison.part().error())
                .setSpending(ErrorSpending.valueOf(comparison.part().spending().name()))
                .setBurnIn(UpliftSettings.standard().burnIn())
                .setMoreUsers(
                        comparison.moreUsers().isPresent()
                                ? comparison.moreUsers().getAsLong()
                                : null);
        if (estimate == null) {
            return reported.setUsers(observed(latest, comparison.arm()))
                    .setReferenceUsers(observed(latest, comparison.reference()))
                    .build();
        }
        Interval difference = comparison.difference();
        Interval relative = comparison.relative();
        Interval prior = comparison.prior();
        boolean bounded = relative.isBounded();
        return reported.setUsers(estimate.armUsers())
                .setReferenceUsers(estimate.referenceUsers())
                .setMean(estimate.armMean())
                .setReferenceMean(estimate.referenceMean())
                .setDifference(estimate.difference())
                .setDifferenceLow(difference.low())
                .setDifferenceHigh(difference.high())
                .setRelative(bounded ? estimate.relative() : null)
                .setRelativeLow(bounded ? relative.low() : null)
                .setRelativeHigh(bounded ? relative.high() : null)
                .setPrior(prior == null ? null : (prior.low() + prior.high()) / 2)
                .setPriorLow(prior == null ? null : prior.low())
                .setPriorHigh(prior == null ? null : prior.high())
                .build();
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

    /** What the comparisons are computed from, so that anybody can compute them again. */
    private static List<ObservedMeasure> observations(ExperimentUplift uplift) {
        List<ObservedMeasure> observations = new ArrayList<>();
        uplift.accounts().forEach((key, account) -> {
            if (key.reported()) {
                List<ObservedStratum> strata = account.strata().stream()
                        .map(stratum -> new ObservedStratum(stratum.strategyVersion(), ARMS.toAvros(stratum.arms())))
                        .toList();
                observations.add(new ObservedMeasure(key.measure().label(), key.currency(), strata));
            }
        });
        return observations;
    }

    private static long observed(StratumAccount stratum, String arm) {
        StratumArm known = stratum.arm(arm);
        return known == null ? 0 : known.moments().count();
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
}
