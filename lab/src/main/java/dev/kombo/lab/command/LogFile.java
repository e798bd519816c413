package dev.kombo.lab.command;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Redirects the log to a file while it is open, so that the terminal belongs to the command. */
final class LogFile implements AutoCloseable {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    private LogFile() {}

    /** Starts logging to a file, appending to its content, as configured in {@code logback-file.xml}. */
    static LogFile open(Path file) {
        LogFile log = new LogFile();
        log.context.reset();
        log.context.putProperty("LOG_FILE", file.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(log.context);
        try {
            configurator.doConfigure(LogFile.class.getResource("logback-file.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
        return log;
    }

    /** Restores the previous logging. */
    @Override
    public void close() {
        context.reset();
        try {
            new ContextInitializer(context).autoConfig();
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }
}
