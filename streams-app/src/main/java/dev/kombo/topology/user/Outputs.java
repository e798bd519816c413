package dev.kombo.topology.user;

import dev.kombo.attribution.Feedback;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.UnmatchedFeedback;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.shopper.EventOutputs;
import dev.kombo.engine.shopper.OfferSettings;
import dev.kombo.engine.trainer.RankerNames;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Measurements;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.SessionMerge;
import dev.kombo.serde.ItemMapper;
import dev.kombo.serde.OfferMapper;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.RankerMapper;
import dev.kombo.topology.common.NodeNames;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Collects everything that one event makes the user task send. Records are serialized while the event is processed, and
 * forwarded at the end, after the profile is written: an event that fails half way, or whose result cannot be
 * serialized or is too large for its topic, has then changed nothing. Not thread-safe; reused by one stream thread.
 */
public final class Outputs implements EventOutputs {
    /** Source of examples from behaviour without an offer. */
    private static final String ORGANIC = "organic";

    /** Source of examples from offers. */
    private static final String OFFER = "offer";

    /** Leaves room for the key and for what the batch adds. */
    private static final int LARGEST = Topics.LARGEST_OUTPUT - (64 << 10);

    private static final List<String> EVENTS = List.of(NodeNames.USER_PROCESS_EVENT);
    private static final List<String> EVENTS_AND_MERGES =
            List.of(NodeNames.USER_PROCESS_EVENT, NodeNames.USER_MOVE_SESSION);
    private static final List<String> ALL =
            List.of(NodeNames.USER_PROCESS_EVENT, NodeNames.USER_MOVE_SESSION, NodeNames.USER_ERASE_PROFILE);

    /** What the user task writes to: a node of the topology with its topic, and the processors that send to it. */
    @SuppressWarnings("ImmutableEnumChecker") // The lists cannot be changed.
    public enum Sink {
        OFFER("user-write-offer", Topic.BUNDLE_OFFER, EVENTS),
        HANDED_OVER("user-write-handed-over", Topic.BEHAVIOR_EVENT_REKEYED, EVENTS),
        OUTCOME("user-write-outcome", Topic.OFFER_OUTCOME, EVENTS_AND_MERGES),
        UPDATE("user-write-update", Topic.ITEM_UPDATE, EVENTS_AND_MERGES),
        EXAMPLE("user-write-example", Topic.TRAINING_EXAMPLE, EVENTS_AND_MERGES),
        SESSION_MERGE("user-write-merge", Topic.SESSION_MERGE, ALL),
        REJECTION("user-write-rejection", Topic.REJECTED_EVENT, ALL),
        CURRENT("user-write-current", Topic.CURRENT_OFFER, ALL);

        private final String node;
        private final Topic topic;
        private final List<String> writers;

        Sink(String node, Topic topic, List<String> writers) {
            this.node = node;
            this.topic = topic;
            this.writers = writers;
        }

        /** Name of the node. */
        public String node() {
            return node;
        }

        /** The topic that it writes. */
        public Topic topic() {
            return topic;
        }

        /** The processors that send to it, by the names of their nodes. */
        public List<String> writers() {
            return writers;
        }
    }

    private record Message(Sink sink, String key, byte[] value) {}

    private final Topics topics;
    private final UnaryOperator<String> ids;
    private final Serializer<SpecificRecord> serializer;
    private final Counters counters;
    private final Measurements measurements;
    private final LongAdder updatesSent;
    private final boolean keepsCurrent;
    private final boolean display;
    private final CatalogIndex catalog;
    private final List<Message> messages = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    Outputs(EngineContext engine) {
        this.topics = engine.topics();
        this.ids = Pseudonyms.of(engine.settings().values())::of;
        this.serializer = engine.serdes().serializer();
        this.counters = engine.counters();
        this.measurements = engine.measurements();
        this.keepsCurrent = engine.settings().get(OfferSettings.CURRENT);
        this.display = engine.settings().get(OfferSettings.DISPLAY);
        this.catalog = engine.models().catalog();
        this.updatesSent = counters.counter(KomboMetric.ENTITY_UPDATES, "sent");
    }

    /**
     * @throws SerializationException if the record cannot be serialized or is too large for the topic: the event is at
     *     fault
     */
    private void add(Sink sink, String key, SpecificRecord value) {
        String topic = topics.name(sink.topic);
        byte[] bytes = serializer.serialize(topic, value);
        if (bytes.length > LARGEST) {
            throw new SerializationException("%d bytes for %s, which takes %d".formatted(bytes.length, topic, LARGEST));
        }
        messages.add(new Message(sink, key, bytes));
    }

    @Override
    public void outcome(Outcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void update(String entity, EntityUpdate update) {
        add(Sink.UPDATE, entity, ItemMapper.toAvro(update));
    }

    @Override
    public void emit(RankedExample ranked) {
        add(Sink.EXAMPLE, RankerNames.RELEVANCE, RankerMapper.toAvro(ranked.example(), ORGANIC, ranked.modelVersion()));
        counters.counter(KomboMetric.TRAINING_EXAMPLES, "sent")
                .add(ranked.example().size());
    }

    @Override
    public void emit(ConversionExample example) {
        add(Sink.EXAMPLE, RankerNames.CONVERSION, RankerMapper.toAvro(example, OFFER));
        counters.count(
                KomboMetric.CONVERSION_EXAMPLES,
                !example.accepted() ? "shown" : example.clicked() ? "clicked" : "taken");
    }

    @Override
    public void emit(Login login) {
        sessionMerge(
                login.sessionId(),
                new SessionMerge(login.userId(), login.sessionId(), login.eventId(), login.time(), null, List.of()));
        counters.count(KomboMetric.SESSIONS_LINKED, "asked");
    }

    @Override
    public void emit(String key, NewOffer offered) {
        BundleOffer offer = OfferMapper.toAvro(offered);
        if (display) {
            offer.setDisplay(OfferMapper.display(offer, catalog));
        }
        add(Sink.OFFER, key, offer);
        if (keepsCurrent) {
            add(
                    Sink.CURRENT,
                    CurrentOffers.key(
                            offered.trigger().shopperKey(), offered.open().placement()),
                    offer);
        }
    }

    void noCurrentOffer(String key) {
        messages.add(new Message(Sink.CURRENT, key, null));
    }

    /** Sends an event of a session that was merged into a user to the user's task, as the user's event. */
    void handOver(BehaviorEvent event, String userId) {
        BehaviorEvent owned = BehaviorEvent.newBuilder(event).setUserId(userId).build();
        add(Sink.HANDED_OVER, userId, owned);
    }

    /** Requests that the session's task forgets what a session did until its user was erased. */
    void forgetSession(String sessionId, long erasedAt) {
        List<Long> hash = List.of(StableHash.of(sessionId));
        sessionMerge(sessionId, new SessionMerge("", sessionId, "", erasedAt, null, hash));
    }

    public void sessionMerge(String key, SessionMerge merge) {
        add(Sink.SESSION_MERGE, key, merge);
    }

    /** Serializes the collected outcomes, one record per experiment. Must be called before anything is stored. */
    void complete() {
        if (!outcomes.isEmpty()) {
            Map<String, List<Outcome>> byExperiment = new LinkedHashMap<>();
            for (Outcome outcome : outcomes) {
                byExperiment
                        .computeIfAbsent(outcome.experiment(), any -> new ArrayList<>(outcomes.size()))
                        .add(outcome);
            }
            byExperiment.forEach(
                    (experiment, together) -> add(Sink.OUTCOME, experiment, OutcomeMapper.toAvro(together, ids)));
            outcomes.clear();
        }
    }

    void rejection(String key, RejectedEvent rejection) {
        add(Sink.REJECTION, ids.apply(key), rejection);
    }

    /** The record of something that breaks a rule, without its payload. */
    static RejectedEvent rejected(String source, String eventId, EventRules.Violation violation, long time) {
        return RejectedEvent.newBuilder()
                .setEventId(eventId)
                .setSource(source)
                .setField(violation.field())
                .setReason(violation.reason())
                .setDetail(violation.detail())
                .setEventTime(time)
                .build();
    }

    @Override
    public void emit(String key, UnmatchedFeedback unmatched) {
        Feedback feedback = unmatched.feedback();
        String reason = unmatched.reason().text();
        String bundle = feedback.bundleId() == null ? "" : ", bundle " + feedback.bundleId();
        String detail = feedback.kind() + " of offer " + feedback.offerId() + bundle;
        counters.count(KomboMetric.FEEDBACK_UNMATCHED, reason);
        EventRules.Violation violation = new EventRules.Violation("offerId", reason, detail);
        rejection(key, rejected(topics.name(Topic.BEHAVIOR_EVENT), feedback.eventId(), violation, feedback.time()));
    }

    @Override
    public void emit(String key, UnmatchedSwap swap) {
        ShopperEvent purchase = swap.purchase();
        String reason = swap.cause().text();
        String detail = "swap of " + swap.member() + " for " + swap.item() + " in bundle " + purchase.bundleId();
        counters.count(KomboMetric.SWAPS_UNMATCHED, reason);
        EventRules.Violation violation = new EventRules.Violation("attributes", reason, detail);
        rejection(key, rejected(topics.name(Topic.BEHAVIOR_EVENT), purchase.eventId(), violation, purchase.time()));
    }

    /** Forwards everything collected, in order, and clears it. */
    public void forward(ProcessorContext<String, byte[]> context, long time) {
        complete();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            context.forward(new Record<>(message.key(), message.value(), time), message.sink().node);
            if (message.sink() == Sink.UPDATE) {
                updatesSent.increment();
            } else if (message.sink() == Sink.OFFER) {
                measurements.offered(context.currentSystemTimeMs() - time);
            }
        }
        messages.clear();
    }

    /** Discards what a failed event left behind. */
    public void clear() {
        messages.clear();
        outcomes.clear();
    }
}
