package dev.kombo.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** Whose fault it is that a record cannot be processed. */
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
}
