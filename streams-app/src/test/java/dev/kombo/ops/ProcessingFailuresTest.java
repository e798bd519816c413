package dev.kombo.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Properties;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Processor;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whose fault it is that a record cannot be processed, and what the log says of it. */
class ProcessingFailuresTest {
    @Test
    void shouldBlameTheInfrastructureWhenStoreOrBrokerFail() {
        assertThat(ProcessingFailures.infrastructureAtFault(
                        new StreamsException(new ProcessorStateException("no space left"))))
                .isTrue();
        assertThat(ProcessingFailures.infrastructureAtFault(new TimeoutException("no answer")))
                .isTrue();
    }

    @Test
    void shouldBlameTheRecordWhenTheCodeCannotHandleIt() {
        assertThat(ProcessingFailures.infrastructureAtFault(new IllegalArgumentException("nonsense")))
                .isFalse();
        assertThat(ProcessingFailures.infrastructureAtFault(
                        new StreamsException(new SerializationException("cannot be written"))))
                .isFalse();
    }

    @Test
    void shouldLogWhatCouldNotBeWrittenWithoutAStackTrace() {
        ILoggingEvent line = logged(new SerializationException("the registry knows no such schema"));

        assertThat(line.getFormattedMessage())
                .isEqualTo("A record of events-0 at offset 0 goes to dead-letter, because learn failed: "
                        + "the registry knows no such schema");
        assertThat(line.getThrowableProxy()).isNull();
    }

    @Test
    void shouldLogWhereTheCodeFailedWhenNothingExplainsIt() {
        ILoggingEvent line = logged(new IllegalStateException("no members"));

        assertThat(line.getFormattedMessage()).endsWith("because learn failed: no members");
        assertThat(line.getThrowableProxy().getClassName()).isEqualTo(IllegalStateException.class.getName());
    }

    private static Processor<String, String, Void, Void> failing(RuntimeException failure) {
        return event -> {
            throw failure;
        };
    }

    /** Passes a record to a processor that fails, and returns the line logged. */
    private static ILoggingEvent logged(RuntimeException failure) {
        Logger logger = (Logger) LoggerFactory.getLogger(ProcessingFailures.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "failures");
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFailures.class);
        Topology topology =
                new Topology().addSource("read", "events").addProcessor("learn", () -> failing(failure), "read");
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings)) {
            driver.createInputTopic("events", new StringSerializer(), new StringSerializer())
                    .pipeInput("u", "bought");
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).hasSize(1);
        return lines.list.get(0);
    }
}
