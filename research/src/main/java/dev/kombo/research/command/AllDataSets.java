package dev.kombo.research.command;

import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.evaluation.EvaluationOptions;
import dev.kombo.research.evaluation.Networks;
import dev.kombo.research.evaluation.Protocol;
import dev.kombo.table.DataException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Evaluates on all data sets that a folder holds, each in a folder of its own; absent ones are left out. */
final class AllDataSets {
    private static final List<Part> PARTS = List.of(
            new Part("Youshu, a fifth", "youshu", "youshu", 0.2, null, null),
            new Part("Youshu", "youshu", "youshu"),
            new Part("Online Retail, March to May", "online-retail", "online-retail", 1, "2011-03-01", "2011-06-01"),
            new Part("Online Retail, June to Sept.", "online-retail", "online-retail", 1, "2011-06-01", "2011-10-01"),
            new Part("BundleRec electronic", "bundlerec/electronic", "bundlerec"),
            new Part("BundleRec clothing", "bundlerec/clothing", "bundlerec"),
            new Part("Complete Journey", "completejourney", "next-basket"),
            new Part("Zimnat", "zimnat", "holdings"),
            new Part("made-up bank", "bank", "holdings"));

    /** A data set, or a part of it, as a row of the table. */
    private record Part(String label, String folder, String dataset, double share, String from, String until) {
        Part(String label, String folder, String dataset) {
            this(label, folder, dataset, 1, null, null);
        }

        EvaluationOptions options(
                Path dir, List<String> methods, Map<String, String> settings, EvaluationOptions.Questions questions) {
            return new EvaluationOptions(
                    dir,
                    PredictedPart.TUNE,
                    null,
                    methods,
                    settings,
                    share,
                    start(from),
                    start(until),
                    false,
                    Map.of(),
                    questions);
        }

        private static Instant start(String day) {
            return day == null ? null : Instant.parse(day + "T00:00:00Z");
        }
    }

    private AllDataSets() {}

    /**
     * Returns the evaluations of the rules of thumb, the linear ranker and the engine on each data set.
     *
     * @throws DataException if the folder holds none
     */
    static List<EvaluationRun> runs(
            Path dir,
            List<Protocol> protocols,
            Map<String, String> settings,
            QuestionsFile questions,
            String command,
            PrintWriter out) {
        List<EvaluationRun> runs = new ArrayList<>();
        for (Part part : PARTS) {
            Path folder = dir.resolve(part.folder());
            if (Files.isDirectory(folder)) {
                Protocol protocol = DataSetOptions.protocol(protocols, part.dataset());
                List<String> methods = new ArrayList<>(protocol.simpleMethods());
                methods.addAll(List.of(Networks.LINEAR, Networks.KOMBO));
                EvaluationOptions options = part.options(folder, methods, settings, questions.of(part.label()));
                runs.add(new EvaluationRun(protocol, options, part.label(), command));
            } else {
                out.println(part.label() + ": left out, as there is no folder " + folder);
            }
        }
        if (runs.isEmpty()) {
            throw new DataException(dir + " holds none of the data sets");
        }
        return runs;
    }
}
