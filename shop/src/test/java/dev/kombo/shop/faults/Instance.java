package dev.kombo.shop.faults;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kombo.cli.KomboMain;
import dev.kombo.shop.process.ParentWatch;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One instance of the service as production runs it, with its folder and port, which it keeps when it is started again.
 */
final class Instance {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final int OK = 200;
    private static final Duration STOPPED = Duration.ofMillis(90);
    private static final Duration RUNNING = Duration.ofMillis(10);
    private static final int LONGEST_STOP_SECONDS = 90;
    private static final Duration LONGEST_WAIT_FOR_FLUSH = Duration.ofMinutes(3);
    private static final String DISK = "160m";
    private static final Path FAKE_TIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private final Path folder;
    private final int port;
    private final Map<String, String> settings;
    private final List<String> options;
    private final Map<String, String> environment = new HashMap<>();
    private String classPath = System.getProperty("java.class.path");
    private Process process;
    private long logStart;
    private boolean wanted;
    private boolean mounted;
    private int gaveUp;

    Instance(Path folder, int port, Map<String, String> settings, List<String> options) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        this.options = options;
    }

    /** The child: what production starts, until the harness ends. */
    public static void main(String[] arguments) {
        ParentWatch.endWithParent(System.in);
        KomboMain.main(arguments);
    }

    void start() throws IOException {
        wanted = true;
        Files.createDirectories(folder);
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve("kombo.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        logStart = log().length();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, Instance.class.getName()));
        command.addAll(List.of("run", "--config", file.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log()));
        builder.environment().putAll(environment);
        // States of Kafka Streams, which tell when it restores.
        builder.environment().put("KOMBO_LOG_LEVEL", "INFO");
        process = builder.start();
    }

    /** As a supervisor does: one that ended by itself is started again, and that is counted. */
    void supervise() throws IOException {
        if (wanted && !process.isAlive()) {
            gaveUp++;
            start();
        }
    }

    /** How often it ended by itself so far. */
    int gaveUp() {
        return gaveUp;
    }

    boolean runs() {
        return wanted;
    }

    /** Variables of its next starts. */
    Map<String, String> environment() {
        return environment;
    }

    /** Of what it runs when it is started next. */
    void classPath(String next) {
        classPath = next;
    }

    Path state() {
        return folder.resolve("state");
    }

    /** As a lost disk does. */
    void loseState() throws IOException {
        try (Stream<Path> files = Files.walk(state())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Changes some bytes in each file of all stores of one task that has any. */
    void corruptState(Random draw) throws IOException {
        try (Stream<Path> files = Files.walk(state())) {
            Map<Path, List<Path>> tasks = files.filter(file -> file.toString().endsWith(".sst"))
                    .collect(Collectors.groupingBy(
                            file -> state().resolve(state().relativize(file).subpath(0, 2)),
                            TreeMap::new,
                            Collectors.toList()));
            List<List<Path>> ofTasks = List.copyOf(tasks.values());
            for (Path file : ofTasks.get(draw.nextInt(ofTasks.size()))) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i < bytes.length; i += 64) {
                    bytes[i] ^= (byte) (1 + draw.nextInt(255));
                }
                Files.write(file, bytes);
            }
        }
    }

    /** Puts its state on a file system of its own; what it had is hidden. */
    void smallDisk() throws Exception {
        Files.createDirectories(state());
        assumeThat(Signals.run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "none", state().toString()))
                .as("may mount a file system")
                .isTrue();
        mounted = true;
    }

    void largeDisk() throws Exception {
        mounted = false;
        Signals.run("umount", "-l", state().toString());
    }

    void fillDisk() throws Exception {
        Signals.run("dd", "if=/dev/zero", "of=" + state().resolve("ballast"), "bs=64k");
    }

    /** Makes room on a full disk. */
    void shrinkBallast(int bytes) throws IOException {
        try (RandomAccessFile ballast =
                new RandomAccessFile(state().resolve("ballast").toFile(), "rw")) {
            ballast.setLength(ballast.length() - bytes);
        }
    }

    /** Returns in the moment in which RocksDB begins a file of a store, of whatever task. */
    void awaitFlush(String store) throws IOException, InterruptedException {
        Set<Path> before = files(store);
        long giveUpAt = System.nanoTime() + LONGEST_WAIT_FOR_FLUSH.toNanos();
        while (before.containsAll(files(store))) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "no file of " + store + " was written within " + LONGEST_WAIT_FOR_FLUSH.toSeconds() + " s");
            }
            TimeUnit.MICROSECONDS.sleep(500);
        }
    }

    private Set<Path> files(String store) {
        Set<Path> files = new HashSet<>();
        File[] tasks = state().resolve("kombo").toFile().listFiles(File::isDirectory);
        for (File task : tasks == null ? new File[0] : tasks) {
            File[] found = new File(task, "rocksdb/" + store)
                    .listFiles(file -> file.getName().endsWith(".sst"));
            for (File file : found == null ? new File[0] : found) {
                files.add(file.toPath());
            }
        }
        return files;
    }

    void freeDisk() throws IOException {
        Files.delete(state().resolve("ballast"));
    }

    /**
     * How far its clock is from the right time; a process that was started before with this sees it within a second.
     */
    void clock(String offset) throws IOException {
        assumeThat(FAKE_TIME).as("Debian's package libfaketime").exists();
        Path file = folder.resolve("clock");
        Files.writeString(file, offset);
        environment.putAll(Map.of(
                "LD_PRELOAD",
                FAKE_TIME.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                // What waits, waits by the other clock.
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1"));
    }

    /** Memory of the process, 0 where the system does not tell. */
    long residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readString(status)
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                << 10;
    }

    private File log() {
        return folder.resolve("log").toFile();
    }

    /** Whether it said something since its last start. */
    boolean said(String text) throws IOException {
        String log = Files.readString(log().toPath());
        return log.indexOf(text, (int) Math.min(logStart, log.length())) >= 0;
    }

    boolean ready() throws InterruptedException {
        return get("/health/ready") != null;
    }

    /** What it answers; null where it does not, or not with 200. */
    String get(String path) throws InterruptedException {
        HttpResponse<String> answer = ask(path);
        return answer != null && answer.statusCode() == OK ? answer.body() : null;
    }

    /** Its answer; null where it does not answer. */
    HttpResponse<String> ask(String path) throws InterruptedException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        wanted = false;
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, until it has ended. */
    void stop() throws InterruptedException {
        wanted = false;
        process.destroy();
        if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException(folder + " did not stop within " + LONGEST_STOP_SECONDS + " s");
        }
    }

    /** Stands still for a while. */
    void freeze(Duration time) throws IOException, InterruptedException {
        Signals.freeze(process.toHandle(), time);
    }

    void end() throws Exception {
        if (process != null) {
            kill();
        }
        if (mounted) {
            largeDisk();
        }
    }

    /** Gets a tenth of the time of a processor while something else is done. */
    <T> T starve(Callable<T> work) throws Exception {
        return Throttle.during(process.toHandle(), STOPPED, RUNNING, work);
    }
}
