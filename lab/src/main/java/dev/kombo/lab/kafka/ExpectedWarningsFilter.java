package dev.kombo.lab.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Keeps warnings out of the log that a healthy single Kafka node writes at every start and stop. Configured in {@code
 * logback.xml}.
 */
public final class ExpectedWarningsFilter extends Filter<ILoggingEvent> {

    private static final List<String> EXPECTED = List.of(
            "Performing controller activation.", "Attempting to close NetworkClient that has already been closed.");

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean expected =
                event.getLevel() == Level.WARN && EXPECTED.stream().anyMatch(event.getFormattedMessage()::contains);
        return expected ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
