package dev.kombo.ops;

import dev.kombo.serde.SchemaRegistryException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * Sends records that cannot be decoded to the dead-letter topic and goes on. A registry that is out of reach is no
 * fault of the record: then the thread fails, to be tried again, instead of throwing away what may be good.
 */
public final class DecodingFailures extends LogAndContinueExceptionHandler {
    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemaRegistryException) {
                return Response.fail();
            }
        }
        return super.handleError(context, record, exception);
    }
}
