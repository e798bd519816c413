package dev.kombo.research.command;

import dev.kombo.console.Figures;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.evaluation.BaselineComparison;
import dev.kombo.research.evaluation.Evaluation;
import dev.kombo.research.evaluation.EvaluationOptions;
import dev.kombo.research.evaluation.EvaluationText;
import dev.kombo.research.evaluation.Protocol;
import dev.kombo.research.evaluation.SeedResult;
import dev.kombo.shop.command.SeedRuns;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Evaluates on one data set with several seeds; prints and writes the results of each seed when it ends. */
final class EvaluationRun {
    private final Protocol protocol;
    private final EvaluationOptions options;
    private final String label;
    private final String command;

    /**
     * @param label name of the data set, and of its part, in output
     * @param command the command line that asked for it
     */
    EvaluationRun(Protocol protocol, EvaluationOptions options, String label, String command) {
        this.protocol = protocol;
        this.options = options;
        this.label = label;
        this.command = command;
    }

    /**
     * Runs seeds 1 to n.
     *
     * @param summary receives the results of the seeds that have ended, after each seed
     */
    BaselineComparison run(int seeds, SeedRuns runs, Consumer<Evaluation> summary, PrintWriter out) throws Exception {
        Protocol.Run run = DataSetOptions.open(protocol, options);
        Map<Long, SeedResult> ended = new TreeMap<>();
        runs.run(
                "evaluate",
                "events",
                (seed, progress) -> {
                    SeedResult result = run.run(seed, progress);
                    end(ended, seed, result, summary, out);
                    return result;
                },
                LongStream.rangeClosed(1, seeds).boxed().toList());
        Evaluation evaluation = evaluation(ended);
        out.println();
        out.print(EvaluationText.of(evaluation));
        out.flush();
        return new BaselineComparison(label, protocol.metric(), protocol.simpleMethods(), evaluation);
    }

    private synchronized void end(
            Map<Long, SeedResult> ended, long seed, SeedResult result, Consumer<Evaluation> summary, PrintWriter out) {
        ended.put(seed, result);
        String figures = result.metrics().entrySet().stream()
                .filter(method -> method.getValue().containsKey(protocol.metric()))
                .map(method -> Figures.text(
                        "%s %.4f", method.getKey(), method.getValue().get(protocol.metric())))
                .collect(Collectors.joining(", "));
        out.println(label + ", seed " + seed + ": " + protocol.metric() + " " + figures);
        out.flush();
        summary.accept(evaluation(ended));
    }

    private Evaluation evaluation(Map<Long, SeedResult> ended) {
        List<Long> seeds = List.copyOf(ended.keySet());
        Map<String, String> given = new TreeMap<>(options.settings());
        Evaluation.Subject subject = new Evaluation.Subject(
                protocol.dataset(), options.part().name().toLowerCase(Locale.ROOT), seeds, given, command);
        return Evaluation.of(subject, List.copyOf(ended.values()), notes());
    }

    private List<String> notes() {
        return options.part() == PredictedPart.TUNE && !protocol.chosenOn().isEmpty()
                ? List.of("settings were chosen on " + protocol.chosenOn() + ": its figures are not evidence.")
                : List.of();
    }
}
