package dev.kombo.lab.command;

import dev.kombo.console.CommandException;
import dev.kombo.lab.bench.BenchParts;
import dev.kombo.lab.bench.BenchSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of {@code kombo bench}: what is measured, at which sizes. */
final class BenchOptions {
    private static final int MOST_EVENTS = 10_000_000;
    private static final int MOST_CATALOGUE = 1_000_000;
    private static final String ALL_AXES = "users=10000,100000 bundles=2000,20000 age=20000,100000 history=2,30";

    @Option(
            names = "--quick",
            description = "A short run of less than two minutes, to find faults; its figures mean little.")
    private boolean quick;

    @Option(names = "--events", paramLabel = "N", description = "Events per batch; default 50000, with --growth 20000.")
    private Integer events;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Events before the first batch; default 300000, with --growth 30000.")
    private Integer warmUp;

    @Option(
            names = {"--pairs", "--batches"},
            paramLabel = "N",
            description = "Batches, each followed by C3; default 3. 0: none, only what other options request.")
    private Integer pairs;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "Number of users, distributed by Zipf's law (0.6); default 50000.")
    private Integer users;

    @Option(
            names = "--items",
            paramLabel = "N",
            description = "Number of items, distributed by Zipf's law (1.0); default 5000.")
    private Integer items;

    @Option(names = "--bundles", paramLabel = "N", description = "Number of bundles of 2 to 4 items; default 2000.")
    private Integer bundles;

    @Option(
            names = "--slots",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of the bundles that have a slot of a category, from 0 to 1; default 0.")
    private double slots;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of all random draws; default 1.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Stream threads per instance; default that of the service.")
    Integer threads;

    @Option(names = "--instances", paramLabel = "N", description = "Instances of the service; default 1.")
    private Integer instances;

    @Option(
            names = "--latency",
            paramLabel = "RATE",
            description = "Then send this many events per second and time the offers, from when each event was due.")
    private Integer latency;

    @Option(
            names = "--latency-seconds",
            paramLabel = "S",
            description = "Duration of the latency measurement in seconds; default 60.")
    private Integer latencySeconds;

    @Option(
            names = "--restart",
            description = "Then time starts of a separate service: empty, after a clean stop, after kill -9, and"
                    + " after the loss of the state folder.")
    private boolean restart;

    @Option(
            names = "--take-over",
            description =
                    "Then measure how long offers stay away while one of two instances stops and comes back, and after"
                            + " the other is killed.")
    private boolean takeOver;

    @Option(
            names = "--growth",
            paramLabel = "AXIS=N,N...",
            arity = "0..1",
            fallbackValue = ALL_AXES,
            description =
                    "Then measure a batch at each size along an axis, each with a new service: users (with an event),"
                            + " bundles, age (events processed; starts are timed too), history (events per user). May be"
                            + " repeated. Without a value: "
                            + ALL_AXES + ".")
    private List<String> growth = List.of();

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            description =
                    "File that keeps each axis of --growth as soon as all its sizes are measured. What it has, with"
                            + " the same settings, is not measured again.")
    private Path rows;

    /** Returns the settings of everything but growth. */
    BenchSettings settings(Map<String, String> overrides) {
        return settings(overrides, quick ? 3_000 : 50_000, quick ? 3_000 : 300_000);
    }

    private BenchSettings settings(Map<String, String> overrides, int usualEvents, int usualWarmUp) {
        if (!(slots >= 0 && slots <= 1)) {
            throw CommandException.mistake("--slots is " + slots + ", expected 0 to 1");
        }
        return new BenchSettings(
                within("--events", events, usualEvents, 100, MOST_EVENTS),
                within("--warm-up", warmUp, usualWarmUp, 100, MOST_EVENTS),
                within("--users", users, quick ? 2_000 : 50_000, 100, 10_000_000),
                within("--items", items, quick ? 500 : 5_000, 10, MOST_CATALOGUE),
                within("--bundles", bundles, quick ? 300 : 2_000, 1, MOST_CATALOGUE),
                slots,
                within("--instances", instances, 1, 1, 16),
                seed,
                overrides);
    }

    /** Returns the measurements to make. */
    BenchParts parts(Map<String, String> overrides) {
        if (threads != null) {
            within("--threads", threads, 1, 1, 256);
        }
        OptionChecks.output(rows, "--rows");
        return new BenchParts(
                within("--pairs", pairs, quick ? 1 : 3, 0, 100),
                latency == null ? 0 : within("--latency", latency, 0, 1, 100_000),
                within("--latency-seconds", latencySeconds, 60, 4, 3_600),
                restart,
                takeOver,
                axes(),
                settings(overrides, quick ? 1_000 : 20_000, quick ? 1_000 : 30_000),
                rows);
    }

    private Map<BenchParts.Axis, List<Integer>> axes() {
        Map<BenchParts.Axis, List<Integer>> axes = new EnumMap<>(BenchParts.Axis.class);
        for (String option : growth) {
            for (String axis : option.split(" ", -1)) {
                int equals = axis.indexOf('=');
                try {
                    List<Integer> sizes = new ArrayList<>();
                    for (String size : axis.substring(equals + 1).split(",", -1)) {
                        sizes.add(within(
                                "--growth " + axis.substring(0, equals), Integer.parseInt(size), 0, 1, MOST_EVENTS));
                    }
                    axes.put(BenchParts.Axis.valueOf(axis.substring(0, equals).toUpperCase(Locale.ROOT)), sizes);
                } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
                    throw CommandException.mistake("--growth " + axis
                            + ": an axis (users, bundles, age, history) and sizes are expected, such as"
                            + " users=10000,100000");
                }
            }
        }
        return axes;
    }

    private static int within(String option, Integer given, int usual, int least, int most) {
        return OptionChecks.within(option, given == null ? usual : given, least, most);
    }
}
