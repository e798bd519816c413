package dev.kombo.serde;

import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Stores values of the domain as other values, for which there is a serde. */
public final class MappedSerde {
    private MappedSerde() {}

    /**
     * Returns a serde of values of the domain.
     *
     * @param stored writes and reads what is stored
     * @param toStored returns what a value is stored as
     * @param toDomain returns the value of what is stored
     */
    public static <D, S> Serde<D> of(Serde<S> stored, Function<D, S> toStored, Function<S, D> toDomain) {
        return Serdes.serdeFrom(
                (topic, value) -> stored.serializer().serialize(topic, value == null ? null : toStored.apply(value)),
                (topic, bytes) -> {
                    S read = stored.deserializer().deserialize(topic, bytes);
                    return read == null ? null : toDomain.apply(read);
                });
    }
}
