package dev.kombo.research.command;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.evaluation.EvaluationOptions;
import dev.kombo.research.evaluation.Evaluations;
import dev.kombo.research.evaluation.Protocol;
import dev.kombo.research.evaluation.SeedResult;
import dev.kombo.table.DataException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A protocol whose figures are known; its data set is a folder that exists. */
final class MadeUpProtocol {
    static final String STEP = FactorSettings.EVENT_STEP.name();
    static final String FACTORS = IndexSettings.FACTORS.name();

    final List<EvaluationOptions> opened = new ArrayList<>();

    final Protocol protocol = new Protocol(
            "youshu",
            List.of("kombo", "popularity"),
            "recall@20",
            List.of("popularity"),
            "the tune part",
            Set.of(Protocol.Takes.FROM),
            this::open);

    private Protocol.Run open(EvaluationOptions options) {
        requireFolder(options);
        opened.add(options);
        return (seed, progress) -> {
            progress.update(1, 1);
            if (options.methods().equals(List.of("kombo"))) {
                return new SeedResult()
                        .metric("kombo", "recall@20", score(options.settings()))
                        .metric("kombo", "ndcg@20", 1 - score(options.settings()));
            }
            options.questions().answered(seed, "u" + seed, Map.of("kombo", Map.of("recall@20", 0.5)));
            Map<String, Double> none = Map.of("recall@20", 0.0);
            options.questions()
                    .answered(seed, "v" + seed, Map.of("kombo", Map.of("ndcg@20", 0.25), "popularity", none));
            SeedResult result = Evaluations.result(seed);
            if (options.methods().contains("linear")) {
                result.metric("linear", "recall@20", 0.28).gain("linear", "recall@20", -0.02, 0.001);
            }
            return result;
        };
    }

    /** What settings make of the engine. */
    private static double score(Map<String, String> settings) {
        return 0.1 + ("32".equals(settings.get(FACTORS)) ? 0.1 : 0) + ("0.5".equals(settings.get(STEP)) ? 0.05 : 0);
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
