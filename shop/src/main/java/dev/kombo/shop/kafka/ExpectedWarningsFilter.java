package dev.kombo.shop.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Keeps warnings and errors out of the log that a healthy single Kafka node writes at every start and stop, and while
 * its machine is busy with other work: nobody can or need do anything about them. Configured in {@code logback.xml}.
 */
public final class ExpectedWarningsFilter extends Filter<ILoggingEvent> {
    private static final List<String> EXPECTED = List.of(
            "Performing controller activation.",
            "Attempting to close NetworkClient that has already been closed.",
            // Several producers ask for the topic of transactions at once: one of them creates it, the others find it.
            "Auto topic creation failed for __transaction_state with error 'TOPIC_ALREADY_EXISTS'",
            "Auto topic creation failed for __consumer_offsets with error 'TOPIC_ALREADY_EXISTS'",
            // Node and controller are one process, which had no time: both try again until it has.
            "sent a heartbeat request but received error REQUEST_TIMED_OUT",
            "controller event queue overloaded. Timed out heartbeat from broker",
            "RegistrationResponseHandler: channel manager timed out before sending the request",
            // Tells that the machine is slow.
            "Exceptionally slow controller event");

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean expected = event.getLevel().isGreaterOrEqual(Level.WARN)
                && EXPECTED.stream().anyMatch(event.getFormattedMessage()::contains);
        return expected ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
