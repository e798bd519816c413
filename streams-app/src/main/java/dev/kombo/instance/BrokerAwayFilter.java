package dev.kombo.instance;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.kombo.metric.LogLimit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps the log readable while a broker is away: an instance has some ten Kafka clients, and each of them writes a
 * warning or two per second. Of each kind of warning, whichever client it is of, some lines per minute are written; how
 * many were left out is said. Kombo says itself for how long no broker has answered.
 *
 * <p>Only warnings of what connects and sends are counted, and nothing else is left out: errors, such as a login that
 * is refused, are written always. Logback's {@code DuplicateMessageFilter} does not fit: it takes the same warning of
 * two clients for two kinds, applies to all loggers, and never forgets, so that it would hide the next outage.
 * Configured in {@code logback.xml}. Thread-safe.
 */
public final class BrokerAwayFilter extends TurboFilter {
    /** There are about five kinds of warnings while a broker is away. */
    static final int MOST_LINES_OF_A_KIND = 4;

    private static final Set<String> LOGGERS =
            Set.of("org.apache.kafka.clients.NetworkClient", "org.apache.kafka.clients.producer.internals.Sender");

    /** Ends what names the client at the start of a message. */
    private static final String END_OF_CLIENT = "] ";

    private final org.slf4j.Logger log = LoggerFactory.getLogger(BrokerAwayFilter.class);
    private final Map<String, LogLimit> limits = new ConcurrentHashMap<>();

    /** Called by Logback. */
    public BrokerAwayFilter() {}

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] parameters, Throwable failure) {
        // Callers also ask whether a level is enabled, without a message.
        if (format == null || level != Level.WARN || !LOGGERS.contains(logger.getName())) {
            return FilterReply.NEUTRAL;
        }
        int end = format.indexOf(END_OF_CLIENT);
        String kind = end < 0 ? format : format.substring(end + END_OF_CLIENT.length());
        LogLimit limit = limits.computeIfAbsent(kind, this::limit);
        return limit.mayLog(System.currentTimeMillis()) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private LogLimit limit(String kind) {
        return new LogLimit(log, "\"" + kind.replace("{}", "…") + "\"", MOST_LINES_OF_A_KIND);
    }
}
