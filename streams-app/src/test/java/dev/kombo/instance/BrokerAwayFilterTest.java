package dev.kombo.instance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerAwayFilterTest {
    private static final String CLIENTS = "org.apache.kafka.clients.NetworkClient";

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    @BeforeEach
    void open() {
        written.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(written);
        context.addTurboFilter(new BrokerAwayFilter());
    }

    @Test
    void shouldWriteSomeLinesOfEachKindOfAllClientsTogether() {
        for (int second = 0; second < 50; second++) {
            for (String client : new String[] {"[Producer clientId=a] ", "[Consumer clientId=b, groupId=c] "}) {
                context.getLogger(CLIENTS).warn(client + "Bootstrap broker {} disconnected", second);
                context.getLogger(CLIENTS).warn(client + "Connection to node {} could not be established.", second);
            }
        }

        assertThat(written.list).hasSize(2 * BrokerAwayFilter.MOST_LINES_OF_A_KIND);
    }

    @Test
    void shouldWriteEverythingElse() {
        for (int second = 0; second < 50; second++) {
            context.getLogger(CLIENTS).error("[Producer clientId=a] login refused by {}", second);
            context.getLogger("org.apache.kafka.clients.Metadata").warn("[Producer clientId=a] {} is unknown", second);
            context.getLogger("dev.kombo").warn("[Producer clientId=a] {} is unknown", second);
        }

        assertThat(written.list).hasSize(150);
    }

    @Test
    void shouldWriteNothingWhenTheLevelIsOff() {
        context.getLogger(CLIENTS).setLevel(Level.ERROR);

        context.getLogger(CLIENTS).warn("[Producer clientId=a] Bootstrap broker {} disconnected", 1);

        assertThat(written.list).isEmpty();
    }
}
