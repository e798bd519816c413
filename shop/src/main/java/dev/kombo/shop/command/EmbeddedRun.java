package dev.kombo.shop.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.console.CommandException;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.StopSignal;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.instance.CommandContext;
import dev.kombo.instance.ServiceWithApi;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.process.Patience;
import dev.kombo.table.DataException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** A whole Kombo in this process: data folder, log file, broker, registry, service and query API. */
final class EmbeddedRun implements AutoCloseable {
    /** How often it is said that the service is still starting. */
    private static final Duration NOTICE_INTERVAL = Duration.ofMinutes(1);

    /** How often it is checked whether the service has given up. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final DataFolder folder;
    private final EmbeddedStack stack;
    private final LogFile log;
    private final ServiceWithApi service;
    private final KomboConfig config;
    private final Consumer<String> notices;

    private EmbeddedRun(
            DataFolder folder,
            EmbeddedStack stack,
            LogFile log,
            ServiceWithApi service,
            KomboConfig config,
            Consumer<String> notices) {
        this.folder = folder;
        this.stack = stack;
        this.log = log;
        this.service = service;
        this.config = config;
        this.notices = notices;
    }

    /**
     * Starts everything; returns when the service processes events.
     *
     * @param folder owned by the run from now on, and closed with it
     * @param given the user's settings, validated
     * @param prepare runs after the broker's and before the service's start, so that the service finds what it
     *     published
     * @throws InterruptedException if asked to stop meanwhile
     */
    static EmbeddedRun start(
            CommandContext wiring,
            DataFolder folder,
            Map<String, String> given,
            StopSignal stop,
            PrintWriter out,
            Consumer<KafkaClients> prepare)
            throws Exception {
        out.println("Starting broker, registry and service on " + folder + " ...");
        Consumer<String> notices = notice -> {
            out.println(notice);
            out.flush();
        };
        Path logFile = folder.path().resolve("kombo.log");
        LogFile log = new LogFile(logFile);
        EmbeddedStack stack = null;
        ServiceWithApi service = null;
        try {
            stack = EmbeddedStack.start(folder, given, notices);
            KomboConfig config = SettingsOptions.checked(stack.settings());
            try (KafkaClients clients = new KafkaClients(config, Patience.whileAlive(() -> {}, notices))) {
                prepare.accept(clients);
            }
            service = ServiceWithApi.start(wiring, config);
            ServiceWithApi starting = service;
            stop.interruptibly(() -> awaitRunning(starting, notices));
            return new EmbeddedRun(folder, stack, log, service, config, notices);
        } catch (Throwable e) {
            close(service, stack, log);
            boolean explained = e instanceof CommandException || e instanceof DataException;
            if (e instanceof RuntimeException && !explained) {
                throw CommandException.failure(e + "; the log is in " + logFile, e);
            }
            throw e;
        }
    }

    /** Waits as long as the service lives: a busy machine, or much to restore, only makes it slow. */
    private static ServiceWithApi awaitRunning(ServiceWithApi service, Consumer<String> notices) {
        long startedAt = System.nanoTime();
        while (true) {
            try {
                return service.awaitRunning(NOTICE_INTERVAL);
            } catch (CommandException e) {
                if (service.failed() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                long minutes = Duration.ofNanos(System.nanoTime() - startedAt).toMinutes();
                notices.accept("Still starting after %d min: %s".formatted(minutes, e.getMessage()));
            }
        }
    }

    /** Folder of all data. */
    Path folder() {
        return folder.path();
    }

    /** Prints the addresses for people. */
    void announce(PrintWriter out) {
        out.println("Page: " + service.url());
        out.println("Query API: " + service.url());
        out.println("For example: " + service.url() + "/v1/reports/conversions");
        out.println(stack.addresses());
    }

    /**
     * Runs until asked to stop.
     *
     * @throws CommandException if the service gives up
     */
    void serve(StopSignal stop, PrintWriter out) throws InterruptedException {
        out.println(stack.addresses());
        // Terminals take a full stop behind an address for a part of it.
        out.println("Kombo keeps running at " + service.url() + " until Ctrl-C is pressed.");
        while (!stop.await(CHECK_INTERVAL)) {
            if (service.failed()) {
                throw CommandException.failure("the service gave up; see its log");
            }
        }
    }

    /** Address of the query API. */
    String url() {
        return service.url();
    }

    /** The settings with which the service runs. */
    KomboConfig config() {
        return config;
    }

    /** Clients of the installation, which query this service and wait for it as long as it lives. */
    KafkaClients clients() {
        return new KafkaClients(config, Patience.whileAlive(this::requireAlive, notices)) {
            @Override
            public StrategyPlan strategy() {
                return service.strategy();
            }

            @Override
            public void requireAlive() {
                EmbeddedRun.this.requireAlive();
            }
        };
    }

    private void requireAlive() {
        if (service.failed()) {
            throw CommandException.failure("the service gave up");
        }
    }

    @Override
    public void close() {
        close(service, stack, log);
    }

    private static void close(ServiceWithApi service, EmbeddedStack stack, LogFile log) {
        try (log;
                stack;
                service) {
            // In reverse order of the start; what was not started is null.
        }
    }
}
