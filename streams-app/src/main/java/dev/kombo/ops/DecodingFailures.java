package dev.kombo.ops;

import dev.kombo.client.SchemaRegistryException;
import dev.kombo.metric.LogLimit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records that cannot be decoded to the dead-letter topic and goes on. A registry that is unreachable or rejects
 * requests is not the record's fault: the thread fails and tries again, instead of discarding records that may be good.
 * A registry that answers that an Avro schema does not exist makes it the record's fault.
 */
public final class DecodingFailures extends LogAndContinueExceptionHandler {
    /** The registry's code for an unknown schema id; other 404s come from a wrong address. */
    private static final int SCHEMA_NOT_FOUND = 40403;

    private static final int OK = 200;

    private static final Logger LOG = LoggerFactory.getLogger(DecodingFailures.class);

    /** Static, as Kafka Streams creates a handler per task. */
    private static final LogLimit LIMIT = new LogLimit(LOG, "records that cannot be decoded");

    private Map<String, ?> settings = Map.of();

    @Override
    public void configure(Map<String, ?> given) {
        super.configure(given);
        settings = given;
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (registryAtFault(exception)) {
            return Response.fail();
        }
        if (LIMIT.mayLog(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()))) {
            LOG.warn(
                    "A record of {}-{} at offset {} goes to dead-letter, because it cannot be decoded: {}",
                    context.topic(),
                    context.partition(),
                    context.offset(),
                    exception.getMessage());
        }
        return Response.resume(DeadLetters.bounded(
                super.handleError(context, record, exception).deadLetterQueueRecords(), settings));
    }

    /** Whether the registry failed, so that the record may be good. */
    public static boolean registryAtFault(Throwable failure) {
        return Causes.of(failure)
                .filter(SchemaRegistryException.class::isInstance)
                .map(SchemaRegistryException.class::cast)
                .limit(1)
                .anyMatch(registry -> registry.status() != OK && registry.errorCode() != SCHEMA_NOT_FOUND);
    }
}
