package dev.kombo.lab.command;

import dev.kombo.console.CommandException;
import dev.kombo.lab.quality.data.PredictedPart;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.report.Evaluation;
import dev.kombo.lab.quality.report.Evaluation.Subject;
import dev.kombo.lab.quality.report.EvaluationText;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how well the engine ranks on a public data set, compared with simpler methods. */
@Command(
        name = "evaluate",
        description = "Measures how well the engine predicts what users of a public data set take, compared"
                + " with simpler methods.")
final class EvaluateCommand extends LabCommand {
    private static final int MOST_SEEDS = 100;

    @Mixin
    private final DataSetOptions data = new DataSetOptions();

    @Mixin
    private final SeedRuns runs = new SeedRuns();

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

    @Option(
            names = "--shuffle-lines",
            description = "Shuffle the lines of each order: the order of a file may be an artefact of its export;"
                    + " online-retail and completejourney only.")
    private boolean shuffleLines;

    private final List<Protocol> protocols;

    EvaluateCommand(List<Protocol> protocols) {
        this.protocols = protocols;
    }

    @Override
    void run(PrintWriter out) throws Exception {
        Protocol protocol = data.protocol(protocols);
        EvaluationOptions options = options(protocol);
        Protocol.Run run = DataSetOptions.open(protocol, options);
        List<Long> seedList = LongStream.rangeClosed(1, seeds).boxed().toList();
        List<SeedResult> results = runs.run("evaluate", "events", run, seedList);
        Evaluation evaluation = Evaluation.of(subject(options, seedList), results, notes(options));
        out.println();
        out.print(EvaluationText.of(evaluation));
        out.flush();
        summarise(evaluation);
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
        PredictedPart predicted = part != null ? part : testFile != null ? PredictedPart.TEST : PredictedPart.TUNE;
        if (predicted == PredictedPart.TEST && !protocol.hasTestPart()) {
            throw CommandException.mistake(
                    "--part test is not for " + data.dataset() + ", which is predicted as a whole, ordered by time");
        }
        if (!(share > 0 && share <= 1)) {
            throw CommandException.mistake("--share is " + share + ", expected above 0 to 1");
        }
        if (share < 1 && !protocol.takesShare()) {
            throw CommandException.mistake(
                    "--share is not for " + data.dataset() + ", which is learned from as a whole");
        }
        if (from != null && !protocol.takesFrom()) {
            throw CommandException.mistake("--from is not for " + data.dataset() + ", which is not in order of time");
        }
        if (shuffleLines && !protocol.takesShuffledLines()) {
            throw CommandException.mistake(
                    "--shuffle-lines is not for " + data.dataset() + ", which has no orders with lines");
        }
        Instant start = from == null ? null : from.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new EvaluationOptions(
                data.dir(),
                predicted,
                testFile,
                chosen(protocol),
                settings.gather(Map.of()),
                share,
                start,
                shuffleLines);
    }

    private List<String> chosen(Protocol protocol) {
        Set<String> chosen =
                new LinkedHashSet<>(DataSetOptions.methods(methods, protocol.methods(), protocol.ablations()));
        chosen.addAll(ablation ? protocol.ablations() : List.of());
        return List.copyOf(chosen);
    }

    private Subject subject(EvaluationOptions options, List<Long> seedList) {
        TreeMap<String, String> given = new TreeMap<>(options.settings());
        return new Subject(data.dataset(), options.part().label(), seedList, given, command(options, given));
    }

    /** Returns the command line that repeats the evaluation; files are given by their last name only. */
    private String command(EvaluationOptions options, Map<String, String> given) {
        StringBuilder command = new StringBuilder("./kombo evaluate --dataset ")
                .append(data.dataset())
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
        command.append(shuffleLines ? " --shuffle-lines" : "");
        given.forEach((name, value) ->
                command.append(" --set ").append(name).append('=').append(value));
        return command.toString();
    }

    private static List<String> notes(EvaluationOptions options) {
        return options.part() == PredictedPart.TUNE
                ? List.of("settings were chosen on this part: its figures are not evidence.")
                : List.of();
    }
}
