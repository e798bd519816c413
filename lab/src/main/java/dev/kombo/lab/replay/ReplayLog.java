package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.RejectedEvent;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the topics hold, decoded. Other publishers may have left undecodable records beside ours: those are passed over. */
final class ReplayLog {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayLog.class);

    private final TopicLog log;
    private final ReplayTopics topics;
    private final RecordDecoder decoder;

    ReplayLog(TopicLog log, ReplayTopics topics, RecordDecoder decoder) {
        this.log = log;
        this.topics = topics;
        this.decoder = decoder;
    }

    /** Gives the events that have an id, with the records that hold them. */
    void events(IsolationLevel isolation, BiConsumer<ConsumerRecord<byte[], byte[]>, BehaviorEvent> reader) {
        read(topics.behaviorEvent(), isolation, BehaviorEvent.class, reader);
    }

    void rejections(IsolationLevel isolation, Consumer<RejectedEvent> reader) {
        read(topics.rejectedEvent(), isolation, RejectedEvent.class, (holder, rejected) -> reader.accept(rejected));
    }

    void deadLetters(IsolationLevel isolation, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        log.read(topics.deadLetter(), isolation, reader);
    }

    private <T extends SpecificRecord> void read(
            String topic,
            IsolationLevel isolation,
            Class<T> type,
            BiConsumer<ConsumerRecord<byte[], byte[]>, T> reader) {
        long[] foreign = {0};
        log.read(topic, isolation, holder -> {
            T value = decode(topic, holder.value(), type);
            if (value == null) {
                foreign[0]++;
            } else {
                reader.accept(holder, value);
            }
        });
        if (foreign[0] > 0) {
            LOG.warn("topic {} holds {} records that are no {}", topic, foreign[0], type.getSimpleName());
        }
    }

    private <T extends SpecificRecord> T decode(String topic, byte[] value, Class<T> type) {
        if (value == null) {
            return null;
        }
        try {
            SpecificRecord decoded = decoder.decode(topic, value);
            return type.isInstance(decoded) ? type.cast(decoded) : null;
        } catch (SerializationException e) {
            return null; // counted by the caller
        }
    }
}
