package dev.kombo.topology.shopper;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.EventOutputs.Login;
import dev.kombo.engine.event.EventOutputs.NewOffer;
import dev.kombo.engine.event.EventOutputs.RankedExample;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.shopper.ShopperOutput;
import dev.kombo.engine.trainer.RankerNames;
import dev.kombo.engine.trainer.TrainingExample;
import dev.kombo.math.StableHash;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.SessionMerge;
import dev.kombo.serde.OfferMapper;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.task.Partitioning;
import dev.kombo.topology.task.TaskAdapter.Sender;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Maps what the shopper task emits to records. Thread-safe. */
final class ShopperRecords {
    private static final int LONGEST_PAYLOAD = 1 << 16;

    private final EngineContext engine;
    private final Pseudonyms pseudonyms;
    private final UnaryOperator<String> ids;
    private final boolean display;
    private final CatalogIndex catalog;
    private final Serializer<List<ItemInput>> updates;
    private final Serializer<List<TrainingExample>> examples;
    /** A key of each partition: all updates for the items of a partition have the same key. */
    private final List<String> partitionKeys;

    ShopperRecords(EngineContext engine, StoredValues stored) {
        this.engine = engine;
        this.updates = stored.updates().serializer();
        this.examples = stored.examples().serializer();
        this.partitionKeys = Partitioning.keyOfEach(engine.topics().partitions());
        this.pseudonyms = Pseudonyms.of(engine.settings().values());
        this.ids = pseudonyms::of;
        this.display = engine.settings().get(OfferSettings.DISPLAY);
        this.catalog = engine.models().catalog();
    }

    void send(ShopperOutput output, Sender sender) {
        if (output instanceof ShopperOutput.EntityChanged changed) {
            update(changed, sender);
        } else if (output instanceof ShopperOutput.OutcomesFound found) {
            sender.sendWithCommit(
                    UserSink.OUTCOME.node(),
                    UserSink.OUTCOME.topic(),
                    found.experiment(),
                    OutcomeMapper.toAvro(found.outcomes(), ids));
        } else if (output instanceof ShopperOutput.OfferMade made) {
            send(sender, UserSink.OFFER, made.shopperId(), offer(made.offer()));
            sender.commitSoon();
            engine.measurements().offered(sender.systemTime() - made.time());
        } else if (output instanceof ShopperOutput.CurrentOffer current) {
            send(sender, UserSink.CURRENT, current.key(), current.offer() == null ? null : offer(current.offer()));
        } else if (output instanceof ShopperOutput.RankerExampleMade made) {
            RankedExample ranked = made.example();
            learn(sender, RankerNames.RELEVANCE, TrainingExample.of(ranked.example(), ranked.modelVersion()));
        } else if (output instanceof ShopperOutput.ConversionExampleMade made) {
            learn(sender, RankerNames.CONVERSION, TrainingExample.of(made.example()));
        } else if (output instanceof ShopperOutput.HandedOver handed) {
            BehaviorEvent owned = BehaviorEvent.newBuilder((BehaviorEvent) handed.original())
                    .setUserId(handed.userId())
                    .build();
            send(sender, UserSink.HANDED_OVER, handed.userId(), owned);
        } else if (output instanceof ShopperOutput.Rejected rejected) {
            send(sender, UserSink.REJECTION, ids.apply(rejected.key()), rejection(rejected));
        } else {
            sendMerge(output, sender);
        }
    }

    private void update(ShopperOutput.EntityChanged changed, Sender sender) {
        String entity = changed.entity();
        byte[] value = updates.serialize(null, List.of(new ItemInput(entity, changed.update(), changed.time())));
        String key = partitionKeys.get(Partitioning.partitionOf(entity, partitionKeys.size()));
        sender.sendWithCommit(UserSink.UPDATE.node(), UserSink.UPDATE.topic(), key, value);
    }

    private void learn(Sender sender, String model, TrainingExample example) {
        byte[] value = examples.serialize(null, List.of(example));
        sender.sendWithCommit(UserSink.EXAMPLE.node(), UserSink.EXAMPLE.topic(), model, value);
    }

    private void sendMerge(ShopperOutput output, Sender sender) {
        if (output instanceof ShopperOutput.SessionAsked asked) {
            send(sender, UserSink.SESSION_MERGE, asked.login().sessionId(), merge(asked.login(), null));
        } else if (output instanceof ShopperOutput.SessionMoved moved) {
            Login login = moved.login();
            send(sender, UserSink.SESSION_MERGE, login.userId(), merge(login, ByteBuffer.wrap(moved.session())));
        } else if (output instanceof ShopperOutput.SessionErased erased) {
            String session = erased.sessionId();
            send(
                    sender,
                    UserSink.SESSION_MERGE,
                    session,
                    erasure(session, erased.erasedAt(), List.of(StableHash.of(session))));
        } else if (output instanceof ShopperOutput.SessionsErased erased) {
            List<Long> sessions = LongStream.of(erased.sessions()).boxed().toList();
            for (String key : Partitioning.keyOfEach(engine.topics().partitions())) {
                send(sender, UserSink.SESSION_MERGE, key, erasure("", erased.erasedAt(), sessions));
            }
        } else {
            throw new IllegalStateException("no topic takes " + output.getClass());
        }
    }

    private static void send(Sender sender, UserSink sink, String key, SpecificRecord value) {
        sender.send(sink.node(), sink.topic(), key, value);
    }

    private static SessionMerge merge(Login login, ByteBuffer session) {
        return new SessionMerge(login.userId(), login.sessionId(), login.eventId(), login.time(), session, List.of());
    }

    private static SessionMerge erasure(String sessionId, long erasedAt, List<Long> sessions) {
        return new SessionMerge("", sessionId, "", erasedAt, null, sessions);
    }

    private BundleOffer offer(NewOffer made) {
        BundleOffer offer = OfferMapper.toAvro(made);
        if (display) {
            offer.setDisplay(OfferMapper.display(offer, catalog));
        }
        return offer;
    }

    /** A readable record for the operator. */
    private RejectedEvent rejection(ShopperOutput.Rejected rejected) {
        Topic source = switch (rejected.source()) {
            case EVENT -> Topic.BEHAVIOR_EVENT;
            case ERASURE -> Topic.ERASURE_REQUEST;
        };
        return RejectedEvent.newBuilder()
                .setEventId(rejected.eventId())
                .setSource(engine.topics().name(source))
                .setField(rejected.violation().field())
                .setReason(rejected.violation().reason())
                .setDetail(rejected.violation().detail())
                .setPayload(rejected.original() == null ? null : payload((BehaviorEvent) rejected.original()))
                .setEventTime(rejected.eventTime())
                .build();
    }

    /** The event with shopper ids as pseudonyms, cut off: a record that is too large would stop the instance. */
    private String payload(BehaviorEvent event) {
        BehaviorEvent shown = pseudonyms.on()
                ? BehaviorEvent.newBuilder(event)
                        .setUserId(ids.apply(event.getUserId()))
                        .setSessionId(ids.apply(event.getSessionId()))
                        .build()
                : event;
        String json = shown.toString();
        return json.length() <= LONGEST_PAYLOAD
                ? json
                : json.substring(0, LONGEST_PAYLOAD) + "... (" + json.length() + " characters)";
    }
}
