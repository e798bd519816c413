package dev.kombo.ops;

import dev.kombo.metric.LogLimit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records that cannot be processed to the dead-letter topic and goes on. A full disk, or a broker or registry
 * that does not answer, is not the record's fault: then the thread fails, its work since the last commit is rolled back
 * and tried again. Otherwise every event that comes meanwhile would be discarded.
 */
public final class ProcessingFailures extends LogAndContinueProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessingFailures.class);

    /** Static, as Kafka Streams creates a handler per task. */
    private static final LogLimit LIMIT = new LogLimit(LOG, "records that failed");

    private Map<String, ?> settings = Map.of();

    @Override
    public void configure(Map<String, ?> given) {
        super.configure(given);
        settings = given;
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (infrastructureAtFault(exception)) {
            return Response.fail();
        }
        if (LIMIT.mayLog(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()))) {
            // What could not be read or written says so itself; of any other failure the stack trace tells where.
            boolean explained = exception instanceof SerializationException;
            LOG.atError()
                    .setCause(explained ? null : exception)
                    .log(
                            "A record of {}-{} at offset {} goes to dead-letter, because {} failed: {}",
                            context.topic(),
                            context.partition(),
                            context.offset(),
                            context.processorNodeId(),
                            exception.getMessage());
        }
        List<ProducerRecord<byte[], byte[]>> letters =
                super.handleError(context, record, exception).deadLetterQueueRecords();
        return Response.resume(DeadLetters.bounded(
                exception instanceof PartlyProcessedException partly ? DeadLetters.of(letters, partly) : letters,
                settings));
    }

    /** Whether a disk, a broker or a registry failed, or Kafka Streams is told to repeat a task or to give it up. */
    public static boolean infrastructureAtFault(Throwable failure) {
        return Causes.of(failure)
                        .anyMatch(cause -> cause instanceof ProcessorStateException
                                || cause instanceof ApiException
                                || cause instanceof TaskCorruptedException
                                || cause instanceof TaskMigratedException)
                || DecodingFailures.registryAtFault(failure);
    }
}
