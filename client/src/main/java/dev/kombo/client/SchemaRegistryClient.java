package dev.kombo.client;

import org.apache.avro.Schema;

/**
 * The operations of a schema registry that the serdes need. Implementations are thread-safe and cache: ids and the
 * schemas behind them never change.
 *
 * <p>Every method throws {@link SchemaRegistryException} where the registry rejects the request, has no answer, or
 * cannot be reached.
 */
public interface SchemaRegistryClient extends AutoCloseable {

    /**
     * Registers the schema under the subject. The same schema has the same id under every subject, however often it is
     * registered.
     *
     * @return the schema's id
     */
    int register(String subject, Schema schema);

    /**
     * Looks the schema up under the subject without registering it.
     *
     * @return the schema's id
     */
    int idOf(String subject, Schema schema);

    /** The schema with the id, under whatever subject it was registered. */
    Schema byId(int id);

    @Override
    default void close() {}
}
