package dev.kombo.research.command;

import dev.kombo.console.CommandException;
import dev.kombo.research.bench.BenchParts;
import dev.kombo.research.bench.BenchSettings;
import dev.kombo.shop.command.OptionChecks;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of {@code kombo bench}: what is measured, at which sizes. */
final class BenchOptions {
    private static final int USUAL_EVENTS = 50_000;
    private static final int USUAL_WARM_UP = 300_000;
    private static final int USUAL_USERS = 50_000;
    private static final int USUAL_ITEMS = 5_000;
    private static final int USUAL_BUNDLES = 2_000;
    private static final int USUAL_PAIRS = 3;
    /** Pairs of runs with another version: in the order A B B A A B B A. */
    private static final int USUAL_VERSION_PAIRS = 4;

    private static final int USUAL_SECONDS = 60;

    /** How long C3 is measured after a batch, at least. */
    private static final double USUAL_REFERENCE_SECONDS = 10;

    private static final int QUICK_EVENTS = 3_000;
    private static final int QUICK_WARM_UP = 3_000;
    private static final int QUICK_USERS = 2_000;
    private static final int QUICK_ITEMS = 500;
    private static final int QUICK_BUNDLES = 300;
    private static final int QUICK_PAIRS = 1;
    /** One pair would have no error. */
    private static final int QUICK_VERSION_PAIRS = 2;

    private static final int LEAST_EVENTS = 100;
    private static final int LEAST_USERS = 100;
    /** Fewer could not have overlapping sessions with days between them. */
    private static final int LEAST_USERS_IN_SESSIONS = 2_000;

    private static final int LEAST_ITEMS = 10;
    private static final int LEAST_SECONDS = 4;
    private static final int MOST_EVENTS = 10_000_000;
    private static final int MOST_USERS = 10_000_000;
    private static final int MOST_CATALOGUE = 1_000_000;
    private static final int MOST_INSTANCES = 16;
    private static final int MOST_THREADS = 256;
    private static final int MOST_PAIRS = 100;
    private static final int MOST_RATE = 100_000;
    private static final int MOST_SECONDS = 3_600;

    @Option(
            names = "--quick",
            description = "A short run of less than two minutes, to find faults; its figures mean little.")
    private boolean quick;

    @Option(names = "--events", paramLabel = "N", description = "Events per batch; default 50000.")
    private Integer events;

    @Option(names = "--warm-up", paramLabel = "N", description = "Events before the first batch; default 300000.")
    private Integer warmUp;

    @Option(
            names = {"--pairs", "--batches"},
            paramLabel = "N",
            description = "Batches, each followed by C3, which processes it again until that took ten seconds; default"
                    + " 3. 0: none, only what other options request. With --against: pairs of runs; default 4.")
    private Integer pairs;

    @Option(
            names = "--against",
            paramLabel = "FOLDER",
            description =
                    "Instead of C3, compare with another version of Kombo: a distribution, its folder lib, the root of"
                            + " a source tree that was built, or a class path. Runs of both take turns (A B B A), each with a new"
                            + " broker and a new service that is warmed up; only the service is the other version's. Each run"
                            + " measures a batch, and then what --idle, --latency and --restart request. Prints the ratio"
                            + " of both for each figure, with two standard errors over the pairs.")
    private String against;

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
            names = "--sessions",
            description = "Let users come in sessions: 5 to 20 events of a user within minutes, while other users have"
                    + " theirs, and then none for two days at least. By default, the user of each event is drawn"
                    + " anew.")
    private boolean sessions;

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
            names = "--idle",
            description = "Then measure the processors of a service with nothing to do for 20 s, and of one that has"
                    + " 500 events in one second of ten.")
    private boolean idle;

    @Option(
            names = "--latency",
            paramLabel = "RATE",
            split = ",",
            description = "Then, for each of these numbers, send so many events per second, time the committed offers"
                    + " from when each event was due, and measure what an event costs at that pace.")
    private List<Integer> latency = List.of();

    @Option(
            names = "--latency-seconds",
            paramLabel = "S",
            description = "Duration of the measurement at each of these rates in seconds; default 60.")
    private Integer latencySeconds;

    @Option(
            names = "--restart",
            description = "Then time starts of a separate service: empty, after a clean stop, after kill -9, and"
                    + " after the loss of the state folder. With --against: the last three, of each run's own"
                    + " service.")
    private boolean restart;

    @Option(
            names = "--take-over",
            description =
                    "Then measure how long offers stay away while one of two instances stops and comes back, and after"
                            + " the other is killed.")
    private boolean takeOver;

    @Option(
            names = "--age",
            paramLabel = "N",
            split = ",",
            description = "Then start a separate service, and after each of these numbers of events measure a batch,"
                    + " the memory and disk that it uses, and its starts, as --restart does. Fails if it has"
                    + " not counted each event and each offer once.")
    private List<Integer> ages = List.of();

    /** Returns the sizes of the shop, of the batches and of the service. */
    BenchSettings settings(Map<String, String> overrides) {
        if (!(slots >= 0 && slots <= 1)) {
            throw CommandException.mistake("--slots is " + slots + ", expected 0 to 1");
        }
        return new BenchSettings(
                within("--events", events, quick ? QUICK_EVENTS : USUAL_EVENTS, LEAST_EVENTS, MOST_EVENTS),
                within("--warm-up", warmUp, quick ? QUICK_WARM_UP : USUAL_WARM_UP, LEAST_EVENTS, MOST_EVENTS),
                within(
                        sessions ? "--users with --sessions" : "--users",
                        users,
                        quick ? QUICK_USERS : USUAL_USERS,
                        sessions ? LEAST_USERS_IN_SESSIONS : LEAST_USERS,
                        MOST_USERS),
                within("--items", items, quick ? QUICK_ITEMS : USUAL_ITEMS, LEAST_ITEMS, MOST_CATALOGUE),
                within("--bundles", bundles, quick ? QUICK_BUNDLES : USUAL_BUNDLES, 1, MOST_CATALOGUE),
                slots,
                sessions,
                within("--instances", instances, 1, 1, MOST_INSTANCES),
                seed,
                overrides);
    }

    /** Whether another version is to be compared with. */
    boolean comparesVersions() {
        return against != null;
    }

    /** Where the other version is. */
    String against() {
        return against;
    }

    /** Returns the measurements to make. */
    BenchParts parts() {
        if (threads != null) {
            within("--threads", threads, 1, 1, MOST_THREADS);
        }
        latency.forEach(rate -> within("--latency", rate, 0, 1, MOST_RATE));
        ages.forEach(age -> within("--age", age, 0, LEAST_EVENTS, MOST_EVENTS));
        if (comparesVersions()) {
            requireComparable();
        }
        return new BenchParts(
                comparesVersions()
                        ? within("--pairs", pairs, quick ? QUICK_VERSION_PAIRS : USUAL_VERSION_PAIRS, 1, MOST_PAIRS)
                        : within("--pairs", pairs, quick ? QUICK_PAIRS : USUAL_PAIRS, 0, MOST_PAIRS),
                quick ? 0 : USUAL_REFERENCE_SECONDS,
                latency,
                within("--latency-seconds", latencySeconds, USUAL_SECONDS, LEAST_SECONDS, MOST_SECONDS),
                idle,
                restart,
                takeOver,
                ages);
    }

    /** Refuses what cannot be measured in each run of two versions. */
    private void requireComparable() {
        if (takeOver || !ages.isEmpty()) {
            throw CommandException.mistake("--against measures neither --take-over nor --age; leave them out");
        }
        if (restart && instances != null && instances > 1) {
            throw CommandException.mistake("--restart with --against measures one instance; leave out --instances");
        }
    }

    private static int within(String option, Integer given, int usual, int least, int most) {
        return OptionChecks.within(option, given == null ? usual : given, least, most);
    }
}
