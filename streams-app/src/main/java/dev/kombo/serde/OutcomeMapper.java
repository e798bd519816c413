package dev.kombo.serde;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.schema.MeasuredCovariates;
import dev.kombo.schema.MeasuredOther;
import dev.kombo.schema.MeasuredValue;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.OutcomeRule;
import dev.kombo.schema.PlannedArm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Maps outcomes to Avro records and back. */
public final class OutcomeMapper {
    private static final RecordCodec<MaturedMeasure.Value, MeasuredValue> VALUES =
            RecordCodec.of(MaturedMeasure.Value.class, MeasuredValue.class);

    private static final RecordCodec<MaturedMeasure.Other, MeasuredOther> OTHERS =
            RecordCodec.of(MaturedMeasure.Other.class, MeasuredOther.class);

    private static final RecordCodec<DecisionRule, OutcomeRule> RULES =
            RecordCodec.of(DecisionRule.class, OutcomeRule.class);

    private static final RecordCodec<Covariates, MeasuredCovariates> COVARIATES =
            RecordCodec.of(Covariates.class, MeasuredCovariates.class);

    private OutcomeMapper() {}

    /**
     * Returns the outcomes of one event in one experiment, as published.
     *
     * @param ids replaces shopper ids by pseudonyms
     */
    public static OfferOutcomes toAvro(List<Outcome> outcomes, UnaryOperator<String> ids) {
        List<OfferOutcome> published = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            published.add(toAvro(outcomes.get(i), ids));
        }
        return new OfferOutcomes(published);
    }

    private static OfferOutcome toAvro(Outcome outcome, UnaryOperator<String> ids) {
        Outcome.Scope scope = outcome.scope();
        Assignment assignment = scope.assignment();
        Amount amount = outcome.bought().amount();
        OfferOutcome published = new OfferOutcome();
        published.setOutcomeId(outcome.outcomeId());
        published.setKind(dev.kombo.schema.OutcomeKind.valueOf(outcome.kind().name()));
        published.setUserId(ids.apply(outcome.shopper().userId()));
        published.setSessionId(ids.apply(outcome.shopper().sessionId()));
        published.setExperiment(assignment.experiment());
        published.setArm(assignment.arm());
        published.setStrategyVersion(assignment.strategyVersion());
        published.setOfferId(scope.offerId());
        published.setBundleId(scope.bundleId());
        published.setBundleIds(outcome.bundleIds());
        published.setPlacement(scope.placement());
        published.setRank(scope.rank());
        published.setOrderId(outcome.bought().orderId());
        published.setQuantity(outcome.bought().quantity());
        published.setRevenueMinor(amount.revenueMinor());
        published.setSavingMinor(amount.savingMinor());
        published.setCurrency(amount.currency());
        published.setExpectedMinor(outcome.bought().expectedMinor());
        published.setViewThrough(outcome.bought().viewThrough());
        published.setFirstReturn(
                outcome.kind() == OutcomeKind.RETURN && outcome.bought().first());
        published.setFirstClick(
                outcome.kind() == OutcomeKind.CLICK && outcome.bought().first());
        published.setEventId(outcome.eventId());
        published.setEventTime(outcome.eventTime());
        published.setPlannedArms(plannedArms(outcome.plannedArms()));
        published.setRule(RULES.toAvro(outcome.rule()));
        MaturedMeasure matured = outcome.matured();
        published.setMeasure(matured == null ? null : matured.measure());
        published.setMeasured(matured == null ? List.of() : VALUES.toAvros(matured.values()));
        published.setCovariates(matured == null ? null : COVARIATES.toAvro(matured.known()));
        published.setOthers(matured == null ? List.of() : OTHERS.toAvros(matured.others()));
        return published;
    }

    private static List<PlannedArm> plannedArms(List<Arm> arms) {
        return arms.isEmpty()
                ? null
                : arms.stream()
                        .map(arm -> new PlannedArm(arm.name(), arm.kind().name(), arm.share()))
                        .toList();
    }

    /** Returns the outcome, or null if this version does not know its kind. */
    public static Outcome toDomain(OfferOutcome outcome) {
        if (outcome.getKind() == dev.kombo.schema.OutcomeKind.UNKNOWN) {
            return null;
        }
        Assignment assignment = new Assignment(outcome.getExperiment(), outcome.getArm(), outcome.getStrategyVersion());
        return new Outcome(
                outcome.getOutcomeId(),
                OutcomeKind.valueOf(outcome.getKind().name()),
                new Shopper(outcome.getUserId(), outcome.getSessionId()),
                new Outcome.Scope(
                        assignment,
                        outcome.getOfferId(),
                        outcome.getPlacement(),
                        outcome.getBundleId(),
                        outcome.getRank()),
                outcome.getEventId(),
                outcome.getEventTime(),
                outcome.getBundleIds(),
                new Outcome.Bought(
                        outcome.getOrderId(),
                        outcome.getQuantity(),
                        new Amount(outcome.getRevenueMinor(), outcome.getSavingMinor(), outcome.getCurrency()),
                        outcome.getViewThrough(),
                        outcome.getFirstReturn() || outcome.getFirstClick(),
                        outcome.getExpectedMinor()),
                arms(outcome),
                RULES.toDomain(outcome.getRule()),
                matured(outcome));
    }

    private static List<Arm> arms(OfferOutcome outcome) {
        return outcome.getPlannedArms() == null
                ? List.of()
                : outcome.getPlannedArms().stream()
                        .map(arm -> new Arm(arm.getName(), Arm.Kind.valueOf(arm.getKind()), arm.getShare()))
                        .toList();
    }

    private static MaturedMeasure matured(OfferOutcome outcome) {
        return outcome.getMeasure() == null
                ? null
                : new MaturedMeasure(
                        outcome.getMeasure(),
                        VALUES.toDomains(outcome.getMeasured()),
                        COVARIATES.toDomain(outcome.getCovariates()),
                        OTHERS.toDomains(outcome.getOthers()));
    }
}
