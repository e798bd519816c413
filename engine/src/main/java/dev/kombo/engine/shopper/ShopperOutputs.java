package dev.kombo.engine.shopper;

import dev.kombo.attribution.Feedback;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.UnmatchedFeedback;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.event.EventOutputs;
import dev.kombo.engine.task.Outputs;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ShopperEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Emits what one input of the shopper task yields, all of it with one time, and counts it. Outcomes are collected and
 * emitted together, one output per experiment. Not thread-safe; reused by one task.
 */
final class ShopperOutputs implements EventOutputs {
    private final Outputs<ShopperOutput> outputs;
    private final boolean keepsCurrent;
    private final Counters counters;
    private final LongAdder updatesSent;
    private final LongAdder examplesSent;
    private final List<Outcome> outcomes = new ArrayList<>();
    private long time;

    /**
     * @param keepsCurrent whether the latest offer at each placement is emitted, too
     */
    ShopperOutputs(Outputs<ShopperOutput> outputs, boolean keepsCurrent, Counters counters) {
        this.outputs = outputs;
        this.keepsCurrent = keepsCurrent;
        this.counters = counters;
        this.updatesSent = counters.counter(KomboMetric.ENTITY_UPDATES, "sent");
        this.examplesSent = counters.counter(KomboMetric.TRAINING_EXAMPLES, "sent");
    }

    /** Begins another input; outcomes that were not emitted belong to one that failed. */
    void begin(long inputTime) {
        time = inputTime;
        outcomes.clear();
    }

    @Override
    public void outcome(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** Emits the collected outcomes. Must be called before anything is stored. */
    void complete() {
        if (outcomes.isEmpty()) {
            return;
        }
        Map<String, List<Outcome>> byExperiment = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            byExperiment
                    .computeIfAbsent(outcome.experiment(), any -> new ArrayList<>(outcomes.size()))
                    .add(outcome);
        }
        byExperiment.forEach(
                (experiment, together) -> outputs.emit(new ShopperOutput.OutcomesFound(experiment, together, time)));
        outcomes.clear();
    }

    @Override
    public void update(String entity, EntityUpdate update) {
        outputs.emit(new ShopperOutput.EntityChanged(entity, update, time));
        updatesSent.increment();
    }

    @Override
    public void emit(RankedExample ranked) {
        outputs.emit(new ShopperOutput.RankerExampleMade(ranked, time));
        examplesSent.add(ranked.example().size());
    }

    @Override
    public void emit(ConversionExample example) {
        outputs.emit(new ShopperOutput.ConversionExampleMade(example, time));
        counters.count(
                KomboMetric.CONVERSION_EXAMPLES,
                !example.accepted() ? "shown" : example.clicked() ? "clicked" : "taken");
    }

    @Override
    public void emit(Login login) {
        outputs.emit(new ShopperOutput.SessionAsked(login, time));
        counters.count(KomboMetric.SESSIONS_LINKED, "asked");
    }

    @Override
    public void emit(@Nullable String shopperId, NewOffer offered) {
        outputs.emit(new ShopperOutput.OfferMade(shopperId, offered, time));
        if (keepsCurrent) {
            String key = CurrentOffers.key(
                    offered.trigger().shopperKey(), offered.open().placement());
            outputs.emit(new ShopperOutput.CurrentOffer(key, offered, time));
        }
    }

    /** Ends the latest offer at a placement. */
    void noCurrentOffer(String key) {
        outputs.emit(new ShopperOutput.CurrentOffer(key, null, time));
    }

    /** Sends the state of a session to the user who logged in. */
    void move(Login login, byte[] session) {
        outputs.emit(new ShopperOutput.SessionMoved(login, session, time));
    }

    /** Requests that the session's task forgets what a session did until its user was erased. */
    void forgetSession(String sessionId, long erasedAt) {
        outputs.emit(new ShopperOutput.SessionErased(sessionId, erasedAt, time));
    }

    /** Requests that every task forgets those of the sessions that it has. */
    void forgetSessions(long[] sessions, long erasedAt) {
        outputs.emit(new ShopperOutput.SessionsErased(sessions, erasedAt, time));
    }

    /** Sends an event of a session that was merged into a user to the user's task, as the user's event. */
    void handOver(Object original, String userId) {
        outputs.emit(new ShopperOutput.HandedOver(original, userId, time));
    }

    /** Rejects an event as a whole. */
    void reject(ShopperInput.Happened input, EventRules.Violation violation) {
        counters.count(KomboMetric.EVENTS_REJECTED, violation.reason());
        ShopperEvent event = input.event();
        outputs.emit(new ShopperOutput.Rejected(
                ShopperOutput.Rejected.Source.EVENT,
                input.key(),
                event == null ? null : event.eventId(),
                violation,
                input.original(),
                event == null ? input.time() : event.time(),
                time));
    }

    /** Rejects a request to erase a shopper. */
    void reject(ShopperInput.ErasureAsked request, EventRules.Violation violation) {
        counters.count(KomboMetric.ERASURES_REJECTED, violation.reason());
        outputs.emit(new ShopperOutput.Rejected(
                ShopperOutput.Rejected.Source.ERASURE, request.key(), null, violation, null, request.time(), time));
    }

    @Override
    public void emit(@Nullable String shopperId, UnmatchedFeedback unmatched) {
        Feedback feedback = unmatched.feedback();
        String reason = unmatched.reason().text();
        String bundle = feedback.bundleId() == null ? "" : ", bundle " + feedback.bundleId();
        String detail = feedback.kind() + " of offer " + feedback.offerId() + bundle;
        counters.count(KomboMetric.FEEDBACK_UNMATCHED, reason);
        reject(shopperId, feedback.eventId(), new EventRules.Violation("offerId", reason, detail), feedback.time());
    }

    @Override
    public void emit(@Nullable String shopperId, UnmatchedSwap swap) {
        ShopperEvent purchase = swap.purchase();
        String reason = swap.cause().text();
        String detail = "swap of " + swap.member() + " for " + swap.item() + " in bundle " + purchase.bundleId();
        counters.count(KomboMetric.SWAPS_UNMATCHED, reason);
        reject(shopperId, purchase.eventId(), new EventRules.Violation("attributes", reason, detail), purchase.time());
    }

    private void reject(@Nullable String shopperId, String eventId, EventRules.Violation violation, long eventTime) {
        outputs.emit(new ShopperOutput.Rejected(
                ShopperOutput.Rejected.Source.EVENT, shopperId, eventId, violation, null, eventTime, time));
    }
}
