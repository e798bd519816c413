package dev.kombo.lab.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.kombo.lab.kafka.ExpectedWarningsFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sends the log to a file as long as it is open, so that the terminal belongs to the command. */
final class LogFile implements AutoCloseable {
    private static final String LARGEST = "20MB";
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{36} - %msg%n";

    private final Logger root;
    private final Logger ours;
    private final Level oursBefore;
    private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
    private final RollingFileAppender<ILoggingEvent> appender;

    private LogFile(LoggerContext context, Path file) {
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ours = context.getLogger("dev.kombo");
        oursBefore = ours.getLevel();
        appender = appender(context, file.toString());
        root.iteratorForAppenders().forEachRemaining(before::add);
        before.forEach(root::detachAppender);
        root.addAppender(appender);
        if (oursBefore == null && root.getLevel().isGreaterOrEqual(Level.INFO)) {
            ours.setLevel(Level.INFO);
        }
    }

    /** Starts to log to a file, after what it holds. */
    static LogFile open(Path file) {
        return new LogFile((LoggerContext) LoggerFactory.getILoggerFactory(), file);
    }

    private static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, String file) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file);
        appender.setEncoder(encoder);
        ExpectedWarningsFilter expected = new ExpectedWarningsFilter();
        expected.start();
        appender.addFilter(expected);
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(1);
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FileSize.valueOf(LARGEST));
        trigger.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        appender.start();
        return appender;
    }

    /** Logs as before again. */
    @Override
    public void close() {
        root.detachAppender(appender);
        before.forEach(root::addAppender);
        ours.setLevel(oursBefore);
        appender.stop();
    }
}
