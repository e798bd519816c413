package dev.kombo.lab.command;

import dev.kombo.config.ServiceSettings;
import dev.kombo.console.CommandException;
import dev.kombo.console.StopSignal;
import dev.kombo.lab.quality.data.PredictedPart;
import dev.kombo.lab.quality.live.ThroughKafkaRun;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.SeedRunner;
import dev.kombo.lab.quality.protocol.SeededSettings;
import dev.kombo.lab.quality.protocol.ServiceTrial;
import dev.kombo.lab.quality.report.Evaluation;
import dev.kombo.lab.quality.report.Evaluation.Subject;
import dev.kombo.lab.quality.report.EvaluationPage;
import dev.kombo.lab.quality.report.EvaluationText;
import dev.kombo.lab.replay.ProgressDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how well the engine ranks on a public data set, compared with simpler methods. */
@Command(
        name = "evaluate",
        description = "Measures how well the engine predicts what users of a public data set take, compared"
                + " with simpler methods.")
final class EvaluateCommand extends LabCommand {
    private static final int MOST_SEEDS = 100;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            description = "youshu, online-retail, online-retail-shuffled, bundlerec or completejourney.")
    private String dataset;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Folder with the data set's files.")
    private Path dir;

    @Option(
            names = "--part",
            paramLabel = "PART",
            description =
                    "Part to predict: tune (for making choices) or test; default tune, and test with" + " --test-file.")
    private PredictedPart part;

    @Option(names = "--test-file", paramLabel = "FILE", description = "File to predict instead of the test part's own.")
    private Path testFile;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Run with seeds 1 to N; default ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(
            names = "--methods",
            paramLabel = "NAMES",
            description = "Methods to run, separated by commas; default all of the data set.")
    private String methods;

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            description = "Share of the stream to learn from, from its beginning, above 0 to 1; youshu only.")
    private double share = 1;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First day (UTC) to evaluate; earlier events are only learned from. Not for youshu,"
                    + " whose pairs have no times.")
    private LocalDate from;

    @Option(names = "--ablation", description = "Also run the engine without each of its parts (ablations).")
    private boolean ablation;

    @Option(names = "--page", paramLabel = "FILE", description = "Write a Markdown page, with charts beside it.")
    private Path page;

    @Option(names = "--no-progress", description = "Hide the progress bar.")
    private boolean noProgress;

    @ArgGroup(exclusive = false)
    private ThroughKafkaOptions throughKafka;

    private final List<Protocol> protocols;

    EvaluateCommand(List<Protocol> protocols) {
        this.protocols = protocols;
    }

    @Override
    void run(PrintWriter out) throws Exception {
        Protocol protocol = ProtocolChoice.dataset(protocols, dataset);
        EvaluationOptions options = options(protocol);
        Opened opened = ProtocolChoice.reading(() -> open(protocol, options));
        List<Long> seedList = LongStream.rangeClosed(1, seeds).boxed().toList();
        List<SeedResult> results;
        try (StopSignal stop = StopSignal.install();
                ProgressDisplay display = Terminal.progress(noProgress, "evaluate", "events")) {
            SeedRunner runner = new SeedRunner(opened.runsAtOnce(), display);
            results = stop.interruptibly(() -> runner.run(opened.run(), seedList));
        }
        Evaluation evaluation = Evaluation.of(subject(options, seedList), results, notes(options));
        out.println();
        out.print(EvaluationText.of(evaluation));
        out.flush();
        summarise(evaluation);
        if (page != null) {
            EvaluationPage.write(page, evaluation);
        }
    }

    /** An evaluation that is ready to run. */
    private record Opened(Protocol.Run run, int runsAtOnce) {}

    private Opened open(Protocol protocol, EvaluationOptions options) throws IOException {
        if (throughKafka == null) {
            return new Opened(protocol.open(options), Runtime.getRuntime().availableProcessors());
        }
        ServiceTrial trial = protocol.serviceTrial(options).orElseThrow();
        Map<String, String> given = protocol.settings(options.settings());
        return new Opened((seed, progress) -> throughKafka.run(trial, given, seed, progress), 1);
    }

    private EvaluationOptions options(Protocol protocol) {
        OptionChecks.within("--seeds", seeds, 1, MOST_SEEDS);
        if (testFile != null && part == PredictedPart.TUNE) {
            throw CommandException.mistake(
                    "--test-file belongs to the part test, but --part is tune; give one of them");
        }
        if (testFile != null && !Files.isRegularFile(testFile)) {
            throw CommandException.mistake("no such file: " + testFile);
        }
        OptionChecks.output(page, "--page");
        PredictedPart predicted = part != null ? part : testFile != null ? PredictedPart.TEST : PredictedPart.TUNE;
        if (predicted == PredictedPart.TEST && !protocol.hasTestPart()) {
            throw CommandException.mistake(
                    "--part test is not for " + dataset + ", which is predicted as a whole, ordered by time");
        }
        if (!(share > 0 && share <= 1)) {
            throw CommandException.mistake("--share is " + share + ", expected above 0 to 1");
        }
        if (share < 1 && !protocol.takesShare()) {
            throw CommandException.mistake("--share is not for " + dataset + ", which is learned from as a whole");
        }
        if (from != null && !protocol.takesFrom()) {
            throw CommandException.mistake("--from is not for " + dataset + ", which is not in order of time");
        }
        Instant start = from == null ? null : from.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new EvaluationOptions(
                dir, predicted, testFile, chosen(protocol), settings.gather(implied()), share, start);
    }

    private List<String> chosen(Protocol protocol) {
        if (throughKafka == null) {
            Set<String> chosen = new LinkedHashSet<>(
                    ProtocolChoice.methods("method", methods, protocol.methods(), protocol.ablations()));
            chosen.addAll(ablation ? protocol.ablations() : List.of());
            return List.copyOf(chosen);
        }
        throughKafka.check();
        if (ablation) {
            throw CommandException.mistake(
                    "--ablation does not go with --through-kafka: a service has all of its parts");
        }
        if (protocol.serviceMethods().isEmpty()) {
            throw CommandException.mistake("--through-kafka is not for " + dataset);
        }
        return ProtocolChoice.methods("method of --through-kafka", methods, protocol.serviceMethods(), List.of());
    }

    private Map<String, String> implied() {
        return throughKafka == null
                ? Map.of()
                : Map.of(ServiceSettings.TOPIC_PARTITIONS.name(), Integer.toString(throughKafka.partitions()));
    }

    private Subject subject(EvaluationOptions options, List<Long> seedList) {
        TreeMap<String, String> given = new TreeMap<>(options.settings());
        return new Subject(dataset, options.part().label(), seedList, given, command(options, given));
    }

    /** Returns the command line that repeats the evaluation; files are given by their last name only. */
    private String command(EvaluationOptions options, Map<String, String> given) {
        StringBuilder command = new StringBuilder("./kombo evaluate --dataset ")
                .append(dataset)
                .append(" --dir DIR --part ")
                .append(options.part().label());
        if (testFile != null) {
            command.append(" --test-file ").append(testFile.getFileName());
        }
        command.append(" --seeds ").append(seeds);
        if (methods != null) {
            command.append(" --methods ").append(methods);
        }
        command.append(ablation ? " --ablation" : "");
        command.append(from != null ? " --from " + from : "");
        command.append(share < 1 ? " --share " + share : "");
        command.append(throughKafka == null ? "" : throughKafka.written());
        given.keySet().removeAll(implied().keySet());
        given.forEach((name, value) ->
                command.append(" --set ").append(name).append('=').append(value));
        return command.toString();
    }

    private static List<String> notes(EvaluationOptions options) {
        return options.part() == PredictedPart.TUNE
                ? List.of("settings were chosen on this part: its figures are not evidence.")
                : List.of();
    }

    /** Options of an evaluation through an embedded broker; a group, so that none can be given without the first. */
    private static final class ThroughKafkaOptions {
        @Option(
                names = "--through-kafka",
                required = true,
                description = "Run the service on an embedded broker instead of its classes in memory; youshu only."
                        + " Input is sent at the pace of the service; seeds run one after the other.")
        private boolean unused;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                defaultValue = "4",
                description = "With --through-kafka: partitions of the topics; default 4.")
        private int partitions;

        @Option(
                names = "--instances",
                paramLabel = "N",
                defaultValue = "2",
                description = "With --through-kafka: instances of the service; default 2.")
        private int instances;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = ".kombo/evaluate",
                description =
                        "With --through-kafka: folder of the broker, wiped before each seed; default .kombo/evaluate.")
        private Path data;

        /** Rejects numbers out of range. */
        void check() {
            OptionChecks.within("--partitions", partitions, 1, 64);
            OptionChecks.within("--instances", instances, 1, 8);
        }

        int partitions() {
            return partitions;
        }

        /** Returns these options as written on a command line, as far as they affect the figures. */
        String written() {
            return " --through-kafka --partitions " + partitions + " --instances " + instances;
        }

        /**
         * Runs a seed on an installation of its own: a broker and a registry in this process, on a wiped folder.
         *
         * @param given settings of the service
         */
        SeedResult run(ServiceTrial trial, Map<String, String> given, long seed, Progress progress)
                throws InterruptedException {
            Map<String, String> settings = ThroughKafkaRun.settings(SeededSettings.of(given, seed), partitions);
            DataFolder folder = DataFolder.take(data, true);
            LogFile log = LogFile.open(folder.log());
            try (log;
                    EmbeddedStack stack = EmbeddedStack.start(folder, settings)) {
                return new ThroughKafkaRun(trial, instances, stack.settings()).run(seed, progress);
            } catch (IllegalStateException | CommandException e) {
                throw CommandException.failure(e.getMessage() + "; the log is in " + folder.log(), e);
            }
        }
    }
}
