package dev.kombo.research.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.CommandException;
import dev.kombo.metric.KomboMetric;
import dev.kombo.shop.process.ChildJvm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the service in a JVM of its own: {@code kombo run} with a configuration file. Not thread-safe. */
final class ServiceProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);
    private static final Pattern URL = Pattern.compile("Query API: (\\S+)");
    private static final Pattern ERROR_LINE = Pattern.compile("(?m)^\\S+ ERROR .*$");
    private static final String HEAP = "2g";
    private static final double NANOS_PER_SECOND = 1e9;

    /** How often a starting instance is asked whether it is ready. */
    private static final long POLL_MILLIS = 25;

    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    /**
     * Turns off the client's connection check: a benchmark that kills a service knows that it is gone, and the client
     * would warn.
     */
    private static final Map<String, Long> UNCHECKED = Map.of("jmx.remote.x.client.connection.check.period", 0L);

    private final ChildJvm jvm;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LONGEST_ANSWER).build();
    private final double readySeconds;
    private String url;
    private JMXConnector connector;
    /** Whether its JVM could not be reached, so that nothing asks again. */
    private boolean unreachable;

    private ThreadMXBean threads;

    private ServiceProcess(ChildJvm jvm, long startedAt) throws InterruptedException {
        this.jvm = jvm;
        long giveUpAt = startedAt + LONGEST_START.toNanos();
        while (!ready()) {
            jvm.requireAlive();
            if (System.nanoTime() > giveUpAt) {
                throw CommandException.failure(
                        "the service is not ready after " + LONGEST_START.toMinutes() + " minutes");
            }
            Thread.sleep(POLL_MILLIS);
        }
        readySeconds = (System.nanoTime() - startedAt) / NANOS_PER_SECOND;
    }

    /**
     * Starts an instance; returns when it reports that it is ready.
     *
     * @param classPath of the version of Kombo to start
     * @param folder of this instance: state, configuration and log
     */
    static ServiceProcess start(String classPath, Map<String, String> settings, Path folder)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Map<String, String> own = new HashMap<>(settings);
        own.put(ServiceSettings.STATE_DIR.name(), folder.resolve("state").toString());
        own.put(ApiSettings.PORT.name(), "0");
        Path file = folder.resolve("kombo.properties");
        KomboVersion.write(own, file);
        Path log = folder.resolve("service.log");
        Files.deleteIfExists(log);
        long startedAt = System.nanoTime();
        ChildJvm jvm = ChildJvm.start(
                classPath, KomboVersion.MAIN, HEAP, List.of("run", "--config", file.toString()), log, false);
        try {
            return new ServiceProcess(jvm, startedAt);
        } catch (Throwable e) {
            jvm.close();
            throw e;
        }
    }

    private boolean ready() throws InterruptedException {
        if (url == null) {
            Matcher address = URL.matcher(jvm.output());
            if (!address.find()) {
                return false;
            }
            url = address.group(1);
        }
        try {
            return get("/health/ready").statusCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(LONGEST_ANSWER)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Seconds from the start of the process until it was ready. */
    double readySeconds() {
        return readySeconds;
    }

    /** Processor time so far. */
    ProcessTimes times() {
        jvm.requireAlive();
        ProcessTimes times = ProcessTimes.of(jvm.process().toHandle());
        ThreadMXBean bean = threads();
        if (bean == null) {
            return times;
        }
        long[] ids = bean.getAllThreadIds();
        long[] nanos = bean.getThreadCpuTime(ids);
        ThreadInfo[] infos = bean.getThreadInfo(ids);
        Map<String, Double> seconds = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && nanos[i] > 0) {
                seconds.merge(infos[i].getThreadName(), nanos[i] / NANOS_PER_SECOND, Double::sum);
            }
        }
        return times.withJavaThreads(seconds);
    }

    /** Its metrics, in the text format of Prometheus. */
    String metrics() throws InterruptedException {
        try {
            return get("/metrics").body();
        } catch (IOException e) {
            throw CommandException.failure("the service does not report its metrics: " + e.getMessage(), e);
        }
    }

    /** Its reports since the beginning of each experiment, as JSON. */
    String totalReports() throws InterruptedException {
        try {
            return get("/v1/reports/conversions?window=TOTAL").body();
        } catch (IOException e) {
            throw CommandException.failure("the service does not answer with its reports: " + e.getMessage(), e);
        }
    }

    /** Sum of all series of a metric. */
    static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + '{') || line.startsWith(name + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /**
     * Fails if the service did something that a benchmark's events do not cause.
     *
     * @throws CommandException naming it
     */
    void requireClean() throws InterruptedException {
        jvm.requireAlive();
        String metrics = metrics();
        for (KomboMetric metric :
                List.of(KomboMetric.EVENTS_REJECTED, KomboMetric.ROBOTS_FLAGGED, KomboMetric.THREADS_FAILED)) {
            double count = sum(metrics, metric.prometheusName());
            if (count > 0) {
                throw CommandException.failure("%s is %.0f, expected 0".formatted(metric.prometheusName(), count));
            }
        }
        Matcher error = ERROR_LINE.matcher(jvm.output());
        if (error.find()) {
            throw CommandException.failure("the service has logged an error: " + error.group());
        }
    }

    /** Bytes allocated so far by its running threads; NaN if its JVM does not report them. */
    double allocatedBytes() {
        ThreadMXBean bean = threads();
        if (bean == null) {
            return Double.NaN;
        }
        return LongStream.of(bean.getThreadAllocatedBytes(bean.getAllThreadIds()))
                .map(bytes -> Math.max(0, bytes))
                .sum();
    }

    /** Bytes of its heap that a full collection leaves; NaN if its JVM does not report them. */
    double usedHeapBytes() {
        MemoryMXBean heap = bean(ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        if (heap == null) {
            return Double.NaN;
        }
        heap.gc();
        return heap.getHeapMemoryUsage().getUsed();
    }

    /** Most bytes of memory that the process has held so far; NaN if the system does not report it. */
    double mostResidentBytes() {
        return ProcessTimes.mostResidentBytes(jvm.process().toHandle());
    }

    /** Returns the JVM's bean of its threads; null if it cannot be reached. */
    private @Nullable ThreadMXBean threads() {
        if (threads == null) {
            threads = bean(ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        }
        return threads;
    }

    /** Returns a bean of the JVM; null if it cannot be reached. The other side is a child of this process. */
    @SuppressWarnings("BanJNDI")
    private <T> @Nullable T bean(String name, Class<T> type) {
        if (unreachable) {
            return null;
        }
        try {
            if (connector == null) {
                VirtualMachine machine =
                        VirtualMachine.attach(Long.toString(jvm.process().pid()));
                String address;
                try {
                    address = machine.startLocalManagementAgent();
                } finally {
                    machine.detach();
                }
                connector = JMXConnectorFactory.connect(new JMXServiceURL(address), UNCHECKED);
            }
            return ManagementFactory.newPlatformMXBeanProxy(connector.getMBeanServerConnection(), name, type);
        } catch (IOException | AttachNotSupportedException e) {
            unreachable = true;
            LOG.warn("the service's JVM does not report its {}", type.getSimpleName(), e);
            return null;
        }
    }

    /** Kills the process, as a crash would. */
    void kill() throws InterruptedException {
        jvm.kill();
    }

    /** Ends the process in an orderly way. */
    @Override
    public void close() {
        try {
            if (connector != null) {
                connector.close();
            }
        } catch (IOException e) {
            // The process is about to end.
        } finally {
            jvm.close();
        }
    }
}
