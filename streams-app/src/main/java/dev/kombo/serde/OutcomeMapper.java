package dev.kombo.serde;

import dev.kombo.schema.OfferOutcome;
import dev.kombo.tracking.Amount;
import dev.kombo.tracking.Assignment;
import dev.kombo.tracking.Outcome;
import dev.kombo.tracking.OutcomeKind;
import dev.kombo.tracking.Shopper;
import dev.kombo.tracking.Slot;

/** Outcomes: domain to contract and back. */
public final class OutcomeMapper {
    private OutcomeMapper() {}

    /** The outcome as published. */
    public static OfferOutcome toAvro(Outcome outcome) {
        Slot slot = outcome.slot();
        Assignment assignment = slot.assignment();
        Amount amount = outcome.amount();
        return OfferOutcome.newBuilder()
                .setOutcomeId(outcome.outcomeId())
                .setKind(dev.kombo.schema.OutcomeKind.valueOf(outcome.kind().name()))
                .setUserId(outcome.shopper().userId())
                .setSessionId(outcome.shopper().sessionId())
                .setExperiment(assignment.experiment())
                .setArm(assignment.arm())
                .setStrategyVersion(assignment.strategyVersion())
                .setOfferId(slot.offerId())
                .setBundleId(slot.bundleId())
                .setBundleIds(outcome.bundleIds())
                .setPlacement(slot.placement())
                .setRank(slot.rank())
                .setPropensity(slot.propensity())
                .setOrderId(outcome.orderId())
                .setQuantity(outcome.quantity())
                .setRevenueMinor(amount.revenueMinor())
                .setSavingMinor(amount.savingMinor())
                .setCurrency(amount.currency())
                .setViewThrough(outcome.viewThrough())
                .setEventId(outcome.eventId())
                .setEventTime(outcome.eventTime())
                .build();
    }

    /** The outcome in domain terms, or null where its kind is one that this version does not know. */
    public static Outcome toDomain(OfferOutcome outcome) {
        if (outcome.getKind() == dev.kombo.schema.OutcomeKind.UNKNOWN) {
            return null;
        }
        Assignment assignment = new Assignment(outcome.getExperiment(), outcome.getArm(), outcome.getStrategyVersion());
        return new Outcome(
                outcome.getOutcomeId(),
                OutcomeKind.valueOf(outcome.getKind().name()),
                new Shopper(outcome.getUserId(), outcome.getSessionId()),
                new Slot(
                        assignment,
                        outcome.getOfferId(),
                        outcome.getPlacement(),
                        outcome.getBundleId(),
                        outcome.getRank(),
                        outcome.getPropensity()),
                outcome.getBundleIds(),
                outcome.getOrderId(),
                outcome.getQuantity(),
                new Amount(outcome.getRevenueMinor(), outcome.getSavingMinor(), outcome.getCurrency()),
                outcome.getViewThrough(),
                outcome.getEventId(),
                outcome.getEventTime());
    }
}
