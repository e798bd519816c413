package dev.kombo.lab.quality.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.report.Evaluation.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class EvaluationPageTest {
    @TempDir
    private Path folder;

    @Test
    void shouldWriteThePageWithItsPicturesBeside() throws IOException {
        EvaluationPage.write(folder.resolve("youshu.md"), Evaluations.ofSeeds(1L, 3L));

        assertThat(files()).containsExactly("youshu-calibration.svg", "youshu-learning.svg", "youshu.md");
        String page = Files.readString(folder.resolve("youshu.md"));
        assertThat(page)
                .startsWith("# Quality on youshu\n")
                .contains("**Note:** " + Evaluations.NOTE)
                .contains("```sh\n./kombo evaluate --dataset youshu --dir DIR --part tune --seeds 2\n```")
                .contains("""
                        | method | recall@20 | ndcg@20 |
                        | --- | --- | --- |
                        | kombo | 0.2900 ± 0.0141 | 0.1600 ± 0.0000 |
                        """)
                .contains("| kombo ahead of | recall@20 |\n| --- | --- |\n| popularity | +0.0900 ± 0.0100 |\n")
                .contains("## offers\n\n| offers | auc |")
                .contains("](youshu-learning.svg)")
                .contains("](youshu-calibration.svg)")
                .contains("| users ranked | 2,341 |");
    }

    @Test
    void shouldWriteAPictureOfEachMetricWhenThereAreSeveral() throws IOException {
        LearningCurve curve = new LearningCurve(10, 2);
        curve.add(1, 0.5);
        SeedResult result = new SeedResult()
                .metric("kombo", "items.recall@20", 0.5)
                .learning("kombo", "items.recall@20", curve)
                .learning("kombo", "bundles.full@10", curve);
        Subject subject = new Subject("online-retail", "test", List.of(1L), Map.of(), "./kombo evaluate");

        EvaluationPage.write(folder.resolve("page"), Evaluation.of(subject, List.of(result), List.of()));

        assertThat(files())
                .containsExactly("page", "page-learning-bundles-full-10.svg", "page-learning-items-recall-20.svg");
    }

    /** Letters are drawn as paths, too. */
    @Test
    void shouldDrawPicturesThatAnyBrowserCanRead() throws Exception {
        EvaluationPage.write(folder.resolve("youshu.md"), Evaluations.ofSeeds(1L));

        for (String picture : List.of("youshu-learning.svg", "youshu-calibration.svg")) {
            Document svg = parse(folder.resolve(picture));
            assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(20);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Without the DTD, which would be fetched. */
    private static Document parse(Path svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(svg.toFile());
    }
}
