package dev.kombo.research.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Processor time of a process, and of the groups of its threads. Java reports its own threads, by their full names;
 * Linux reports the others: those of the garbage collector, the compiler and RocksDB. The time of a thread that has
 * ended counts as that of the rest.
 *
 * @param total seconds of all threads since the process began
 * @param byGroup seconds of the running threads, by group; empty if the system does not report them
 */
record ProcessTimes(double total, Map<ThreadKind, Double> byGroup) {
    /**
     * Purposes of threads in a Kafka Streams application. Names reported by Linux are cut to 15 characters, so none of
     * them is mistaken for one of Java's.
     */
    enum ThreadKind {
        STREAM("stream threads", ".*-StreamThread-\\d+"),
        GLOBAL("global thread", ".*-GlobalStreamThread"),
        PRODUCER("producers' network", "kafka-producer-network-thread.*"),
        ROCKSDB("RocksDB", "rocksdb:.*"),
        GC("collector", "G1 .*|GC Thread.*|VM Thread|Z(Director|Driver|Worker|Stat|Uncommitter).*"),
        JIT("compiler", "C[12] Comp.*"),
        REST("the rest", ".*");

        private final String label;
        private final Pattern names;

        ThreadKind(String label, String names) {
            this.label = label;
            this.names = Pattern.compile(names);
        }

        String label() {
            return label;
        }

        /** Returns the purpose of a thread, by its name in Java or in the system. */
        static ThreadKind of(String name) {
            return Arrays.stream(values())
                    .filter(group -> group.names.matcher(name).matches())
                    .findFirst()
                    .orElse(REST);
        }
    }

    private static final double TICKS_PER_SECOND = 100;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double BYTES_PER_KILOBYTE = 1024;

    /** Places of a thread's user and system time behind the name in its line of stat. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    /** Places of user, nice, system, irq and softirq in the first line of stat; between them are idle and iowait. */
    private static final int[] BUSY = {1, 2, 3, 6, 7};

    private static final Path PROC = Path.of("/proc");

    /** Reads what a process has used so far; the groups contain only threads that are not Java's. */
    static ProcessTimes of(ProcessHandle process) {
        double total = process.info()
                        .totalCpuDuration()
                        .orElseThrow(() -> new IllegalStateException("process "
                                + process.pid()
                                + " has ended, or this system does not report the processor time of other processes"))
                        .toNanos()
                / NANOS_PER_SECOND;
        Map<ThreadKind, Double> groups = new EnumMap<>(ThreadKind.class);
        Path tasks = PROC.resolve(process.pid() + "/task");
        if (Files.isDirectory(tasks)) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
                for (Path thread : threads) {
                    add(thread, groups);
                }
            } catch (IOException e) {
                throw new IllegalStateException("cannot read " + tasks, e);
            }
        }
        return new ProcessTimes(total, groups);
    }

    private static void add(Path thread, Map<ThreadKind, Double> groups) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            groups.merge(ThreadKind.of(name(stat)), threadSeconds(stat), Double::sum);
        } catch (IOException e) {
            // The thread has ended meanwhile.
        }
    }

    /** Returns the name of the thread in a line of stat: it is in brackets, and may contain any character. */
    static String name(String stat) {
        return stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    }

    /** User and system time in a line of stat. */
    static double threadSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }

    /**
     * Adds the threads that Java reports.
     *
     * @param seconds of each thread, by its name
     */
    ProcessTimes withJavaThreads(Map<String, Double> seconds) {
        Map<ThreadKind, Double> groups = new EnumMap<>(ThreadKind.class);
        seconds.forEach((name, used) -> groups.merge(ThreadKind.of(name), used, Double::sum));
        return plus(new ProcessTimes(0, groups));
    }

    /** Returns what was used since an earlier reading of the same process. */
    ProcessTimes since(ProcessTimes before) {
        Map<ThreadKind, Double> groups = new EnumMap<>(ThreadKind.class);
        double known = 0;
        for (Map.Entry<ThreadKind, Double> group : byGroup.entrySet()) {
            if (group.getKey() != ThreadKind.REST) {
                double used = Math.max(0, group.getValue() - before.byGroup.getOrDefault(group.getKey(), 0.0));
                groups.put(group.getKey(), used);
                known += used;
            }
        }
        if (!groups.isEmpty()) {
            groups.put(ThreadKind.REST, Math.max(0, total - before.total - known));
        }
        return new ProcessTimes(total - before.total, groups);
    }

    /** The sum of two. */
    ProcessTimes plus(ProcessTimes other) {
        Map<ThreadKind, Double> groups = new EnumMap<>(ThreadKind.class);
        byGroup.forEach(groups::put);
        other.byGroup.forEach((group, used) -> groups.merge(group, used, Double::sum));
        return new ProcessTimes(total + other.total, groups);
    }

    /** Microseconds per event, by the group's label. */
    Map<String, Double> microsPer(long events) {
        Map<String, Double> micros = new LinkedHashMap<>();
        byGroup.forEach((group, used) -> micros.put(group.label(), used * MICROS_PER_SECOND / events));
        return micros;
    }

    /** Seconds of processor time used on the whole machine since its start; NaN if the system does not report it. */
    static double machineBusySeconds() {
        try {
            String[] fields = Files.readAllLines(PROC.resolve("stat")).get(0).split(" +", -1);
            return IntStream.of(BUSY)
                            .mapToLong(field -> Long.parseLong(fields[field]))
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** Most bytes of memory that a process has held so far; NaN if the system does not report it. */
    static double mostResidentBytes(ProcessHandle process) {
        try {
            return Files.readAllLines(PROC.resolve(process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> BYTES_PER_KILOBYTE * Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
