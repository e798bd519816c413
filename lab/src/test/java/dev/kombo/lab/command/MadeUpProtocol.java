package dev.kombo.lab.command;

import dev.kombo.lab.quality.data.PredictedPart;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.QuestionValues;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.report.Evaluations;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.network.NetworkSettings;
import dev.kombo.table.DataException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A protocol whose figures are known; its data set is a folder that exists. */
final class MadeUpProtocol implements Protocol {
    static final String BATCH = NetworkSettings.BATCH_SIZE.name();
    static final String FACTORS = FactorSettings.FACTORS.name();

    final List<EvaluationOptions> opened = new ArrayList<>();

    @Override
    public boolean hasTestPart() {
        return true;
    }

    @Override
    public boolean takesFrom() {
        return true;
    }

    @Override
    public String dataset() {
        return "youshu";
    }

    @Override
    public List<String> methods() {
        return List.of("kombo", "popularity");
    }

    @Override
    public String metric() {
        return "recall@20";
    }

    @Override
    public List<String> simpleMethods() {
        return List.of("popularity");
    }

    @Override
    public String chosenOn() {
        return "the tune part";
    }

    @Override
    public List<String> ablations() {
        return List.of("without replay");
    }

    @Override
    public Run open(EvaluationOptions options) {
        requireFolder(options);
        opened.add(options);
        return (seed, progress) -> {
            progress.update(1, 1);
            if (options.methods().equals(List.of("kombo"))) {
                return new SeedResult()
                        .metric("kombo", "recall@20", score(options.settings()))
                        .metric("kombo", "ndcg@20", 1 - score(options.settings()));
            }
            QuestionValues values = new QuestionValues();
            values.add("u" + seed, Map.of("recall@20", Map.of("kombo", 0.5)));
            values.add("v" + seed, Map.of("ndcg@20", Map.of("kombo", 0.25), "recall@20", Map.of("popularity", 0.0)));
            SeedResult result = Evaluations.result(seed).questions(values);
            if (options.methods().contains("linear")) {
                result.metric("linear", "recall@20", 0.28).gain("linear", "recall@20", -0.02, 0.001);
            }
            if (options.methods().contains("without replay")) {
                result.metric("without replay", "recall@20", 0.1);
            }
            return result;
        };
    }

    /** What settings make of the engine. */
    private static double score(Map<String, String> settings) {
        return 0.1 + ("32".equals(settings.get(FACTORS)) ? 0.1 : 0) + ("32".equals(settings.get(BATCH)) ? 0.05 : 0);
    }

    private static void requireFolder(EvaluationOptions options) {
        if (!Files.isDirectory(options.dir())) {
            throw new DataException("no such folder: " + options.dir());
        }
        if (options.part() == PredictedPart.TEST && options.testFile() == null) {
            throw new DataException(options.dir() + " is not a folder of youshu: it lacks user_bundle_test.txt");
        }
    }
}
