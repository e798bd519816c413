package dev.kombo.topology;

import dev.kombo.catalog.Target;
import dev.kombo.engine.RankerExample;
import dev.kombo.engine.TargetUpdate;
import dev.kombo.engine.TargetUpdates;
import dev.kombo.ops.Counters;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.serde.ItemMapper;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.RankerMapper;
import dev.kombo.tracking.BundleResponse;
import dev.kombo.tracking.LedgerResult;
import dev.kombo.tracking.LostOutcome;
import dev.kombo.tracking.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What one event makes the user task send. It is gathered while the event is worked out and forwarded at the end, after
 * the profile is written: an event that fails half way has then changed nothing. Kept and reused by one stream thread.
 */
final class Outputs implements TargetUpdates {
    /** Source of examples that shoppers make without being offered anything. */
    private static final String ORGANIC = "organic";

    private record Message(String node, String key, SpecificRecord value) {}

    private final String source;
    private final Counters counters;
    private final LongAdder updatesSent;
    private final List<Message> messages = new ArrayList<>();

    Outputs(EngineContext engine) {
        this.source = engine.topics().behaviorEvent();
        this.counters = engine.counters();
        this.updatesSent = counters.counter("item.updates.sent");
    }

    void offer(String shopperId, BundleOffer offer) {
        messages.add(new Message(NodeNames.USER_WRITE_OFFER, shopperId, offer));
    }

    void outcome(Outcome outcome) {
        messages.add(new Message(NodeNames.USER_WRITE_OUTCOME, outcome.experiment(), OutcomeMapper.toAvro(outcome)));
    }

    @Override
    public void update(String target, TargetUpdate update) {
        messages.add(new Message(NodeNames.USER_WRITE_UPDATE, target, ItemMapper.toAvro(update)));
    }

    void example(RankerExample example, long modelVersion) {
        messages.add(new Message(
                NodeNames.USER_WRITE_EXAMPLE,
                RankerNames.RELEVANCE,
                RankerMapper.toAvro(example, ORGANIC, modelVersion)));
        counters.count("training.examples.sent");
    }

    void rejection(String key, RejectedEvent rejection) {
        messages.add(new Message(NodeNames.USER_WRITE_REJECTION, key, rejection));
    }

    /** Outcomes and lost touches of a ledger. */
    void ledger(String shopperId, LedgerResult result) {
        for (int i = 0; i < result.outcomes().size(); i++) {
            outcome(result.outcomes().get(i));
        }
        for (int i = 0; i < result.lost().size(); i++) {
            rejection(shopperId, lost(result.lost().get(i)));
        }
    }

    /** What a ledger teaches about the bundles offered. */
    void responses(LedgerResult result) {
        for (int i = 0; i < result.responses().size(); i++) {
            BundleResponse response = result.responses().get(i);
            update(
                    Target.ofBundle(response.bundleId()),
                    TargetUpdate.answered(
                            response.time(),
                            new TargetUpdate.Response(
                                    response.impressions(), response.clicks(), response.conversions())));
        }
    }

    private RejectedEvent lost(LostOutcome lost) {
        counters.count("touch.lost." + lost.reason().text());
        return RejectedEvent.newBuilder()
                .setEventId(lost.touch().eventId())
                .setSource(source)
                .setField("offerId")
                .setReason(lost.reason().text())
                .setDetail(lost.touch().kind() + " of offer " + lost.touch().offerId()
                        + (lost.touch().bundleId() == null
                                ? ""
                                : ", bundle " + lost.touch().bundleId()))
                .setEventTime(lost.touch().time())
                .build();
    }

    /** Whether anything was gathered. */
    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Sends everything gathered, in order, and forgets it. */
    void forward(ProcessorContext<String, SpecificRecord> context, long time) {
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            context.forward(new Record<>(message.key(), message.value(), time), message.node());
            if (message.node().equals(NodeNames.USER_WRITE_UPDATE)) {
                updatesSent.increment();
            }
        }
        messages.clear();
    }

    /** Forgets what an event that failed left behind. */
    void clear() {
        messages.clear();
    }
}
