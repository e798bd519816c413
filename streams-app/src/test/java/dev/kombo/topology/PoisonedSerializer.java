package dev.kombo.topology;

import dev.kombo.client.KomboAvroSerializer;
import dev.kombo.config.Topics;
import dev.kombo.schema.OfferOutcomes;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Kombo's serializer, but for an outcome of the event {@link #POISON}: that one cannot be written. */
public final class PoisonedSerializer implements Serializer<Object> {
    static final String POISON = "poison";
    /** An outcome of this event takes more than its topic does. */
    static final String LARGE = "large";

    private final KomboAvroSerializer serializer = new KomboAvroSerializer();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        serializer.configure(configs, isKey);
    }

    @Override
    public byte[] serialize(String topic, Object data) {
        if (data instanceof OfferOutcomes outcome
                && POISON.equals(outcome.getOutcomes().get(0).getEventId())) {
            throw new SerializationException("poison");
        }
        if (data instanceof OfferOutcomes outcome
                && LARGE.equals(outcome.getOutcomes().get(0).getEventId())) {
            return new byte[Topics.LARGEST_OUTPUT];
        }
        return serializer.serialize(topic, data);
    }

    @Override
    public void close() {
        serializer.close();
    }
}
