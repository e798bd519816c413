package dev.kombo.research.command;

import dev.kombo.console.CommandException;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.evaluation.BaselineComparison;
import dev.kombo.research.evaluation.EvaluationOptions;
import dev.kombo.research.evaluation.Protocol;
import dev.kombo.research.evaluation.Protocol.Takes;
import dev.kombo.shop.command.OptionChecks;
import dev.kombo.shop.command.SeedRuns;
import dev.kombo.shop.command.SummaryCommand;
import dev.kombo.table.DataException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how well the engine ranks on a public data set, compared with simpler methods. */
@Command(
        name = "evaluate",
        description = "Measures how well the engine predicts what users of a public data set take, or what customers"
                + " of your own shop buy (next-basket), compared with simpler methods.")
final class EvaluateCommand extends SummaryCommand {
    private static final int MOST_SEEDS = 100;

    @Mixin
    private final DataSetOptions data = new DataSetOptions();

    @Mixin
    private final SeedRuns runs = new SeedRuns();

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Part to predict: tune, or test, which is test.csv in DIR (user_bundle_test.txt of youshu);"
                    + " default tune, and test with --test-file.")
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
            description = "First day (UTC) to evaluate; earlier events are only learned from. For online-retail"
                    + " and bundlerec.")
    private LocalDate from;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "First day (UTC) that is left out, with all after it; online-retail only.")
    private LocalDate until;

    @Option(
            names = "--all",
            description =
                    "Evaluate on all data sets in the folders of DIR, and compare with rules of thumb in one table.")
    private boolean all;

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description = "Write what each ranker achieved on each question, as lines of JSON.")
    private Path questions;

    @Option(
            names = "--shuffle-lines",
            description = "Shuffle the lines of each order: the order of a file may be an artefact of its export;"
                    + " online-retail only.")
    private boolean shuffleLines;

    private final List<Protocol> protocols;

    EvaluateCommand(List<Protocol> protocols) {
        this.protocols = protocols;
    }

    @Override
    protected void run(PrintWriter out) throws Exception {
        OptionChecks.within("--seeds", seeds, 1, MOST_SEEDS);
        OptionChecks.output(questions, "--questions");
        try (QuestionsFile file = new QuestionsFile(questions)) {
            if (all) {
                compare(file, out);
            } else {
                Protocol protocol = data.protocol(protocols);
                new EvaluationRun(protocol, options(protocol, file.of(data.dataset)), data.dataset, asGiven())
                        .run(seeds, runs, this::summarise, out);
            }
        }
    }

    /** Returns the command line as a shell reads it, with which the evaluation can be repeated. */
    private String asGiven() {
        return spec.root().commandLine().getParseResult().originalArgs().stream()
                .map(argument ->
                        argument.matches("[\\w./:=,@%+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "./kombo ", ""));
    }

    private void compare(QuestionsFile file, PrintWriter out) throws Exception {
        boolean narrowed = from != null || until != null || share < 1 || shuffleLines || !data.columns.isEmpty();
        if (data.dataset != null || methods != null || part != null || testFile != null || narrowed) {
            throw CommandException.mistake("--all takes none of the options that choose of one data set");
        }
        List<BaselineComparison> rows = new ArrayList<>();
        Map<String, String> given = settings.gather(Map.of());
        for (EvaluationRun run : AllDataSets.runs(data.dir, protocols, given, file, asGiven(), out)) {
            try {
                rows.add(run.run(seeds, runs, evaluation -> {}, out));
                summarise(rows);
            } catch (DataException e) {
                out.println("left out: " + e.getMessage());
            }
        }
        out.println();
        out.print(BaselineComparison.text(rows));
        out.flush();
    }

    private EvaluationOptions options(Protocol protocol, EvaluationOptions.Questions file) {
        if (testFile != null && part == PredictedPart.TUNE) {
            throw CommandException.mistake(
                    "--test-file belongs to the part test, but --part is tune; give one of them");
        }
        OptionChecks.file(testFile);
        PredictedPart predicted = part != null ? part : testFile != null ? PredictedPart.TEST : PredictedPart.TUNE;
        if (!(share > 0 && share <= 1)) {
            throw CommandException.mistake("--share is " + share + ", expected above 0 to 1");
        }
        DataSetOptions.require(share < 1, protocol, Takes.SHARE, "--share", "which is learned from as a whole");
        DataSetOptions.require(from != null, protocol, Takes.FROM, "--from", "which is not measured by days");
        DataSetOptions.require(until != null, protocol, Takes.UNTIL, "--until", "which is not measured by days");
        DataSetOptions.require(
                shuffleLines, protocol, Takes.SHUFFLED_LINES, "--shuffle-lines", "whose lines have no order");
        return new EvaluationOptions(
                data.dir,
                predicted,
                testFile,
                DataSetOptions.methods(methods, protocol.methods()),
                settings.gather(Map.of()),
                share,
                start(from),
                start(until),
                shuffleLines,
                data.columns(protocol),
                file);
    }

    private static Instant start(LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
