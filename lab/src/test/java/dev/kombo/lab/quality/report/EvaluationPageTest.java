package dev.kombo.lab.quality.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.metrics.ReliabilityCurve;
import dev.kombo.lab.quality.protocol.SeedResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

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
                .contains(
                        """
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

    @Test
    void shouldDrawAPointForEachIntervalAtItsPlace() throws Exception {
        LearningCurve curve = new LearningCurve(1_000, 2);
        curve.add(0, 0.4);
        curve.add(500, 0.5);

        Document svg = parse(
                new Charts(List.of("popularity", "kombo")).learning("recall@20 & <more>", Map.of("kombo", curve)));

        NodeList paths = svg.getElementsByTagName("path");
        String line = Stream.iterate(0, i -> i + 1)
                .limit(paths.getLength())
                .map(i -> (Element) paths.item(i))
                .filter(path -> path.getAttribute("class").equals("line c1"))
                .map(path -> path.getAttribute("d"))
                .findFirst()
                .orElseThrow();
        // The plane is 520 × 300 pixels at (64, 44); the vertical axis ends at 0.5.
        assertThat(line).isEqualTo("M194.0 104.0L454.0 44.0");
        assertThat(texts(svg))
                .contains("recall@20 & <more> along the stream", "events of the stream", "kombo", "1,000", "0.5");
    }

    @Test
    void shouldDrawTheDiagonalAndDotsByTheirShare() throws Exception {
        ReliabilityCurve curve = new ReliabilityCurve();
        for (int i = 0; i < 100; i++) {
            curve.add(0.5, i < 50);
        }

        Document svg = parse(new Charts(List.of("kombo")).calibration(Map.of("kombo", curve)));

        Element dot = (Element) svg.getElementsByTagName("circle").item(0);
        assertThat(dot.getAttribute("cx")).isEqualTo("254.0");
        assertThat(dot.getAttribute("cy")).isEqualTo("234.0");
        assertThat(dot.getAttribute("r")).isEqualTo("8.0");
        NodeList paths = svg.getElementsByTagName("path");
        assertThat(Stream.iterate(0, i -> i + 1).limit(paths.getLength()).map(i -> ((Element) paths.item(i))
                        .getAttribute("class")))
                .contains("ideal");
        assertThat(texts(svg)).contains("predicted probability", "share that came true", "0.2", "1.0");
    }

    @Test
    void shouldNeedNothingBesideThePictureAndKnowDarkPages() {
        String svg = new Charts(List.of("kombo")).calibration(Map.of());

        assertThat(svg).contains("prefers-color-scheme:dark").contains("class=\"ground\"");
        assertThat(svg.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "url(", "@import", "href");
    }

    @Test
    void shouldMarkRoundNumbersOnAxes() {
        Axis axis = Axis.fromZero("recall", 0.283);
        assertThat(axis.marks().stream().map(axis::text)).containsExactly("0.0", "0.1", "0.2", "0.3");
        Axis small = Axis.fromZero("recall", 0.0113);
        assertThat(small.marks().stream().map(small::text))
                .containsExactly("0.0000", "0.0025", "0.0050", "0.0075", "0.0100", "0.0125");
        Axis stream = Axis.upTo("events", 172_931);
        assertThat(stream.marks().stream().map(stream::text)).containsExactly("0", "50,000", "100,000", "150,000");
        assertThat(stream.place(172_931)).isEqualTo(1);
        assertThat(Axis.fromZero("nothing", 0).to()).isEqualTo(1);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return Stream.iterate(0, i -> i + 1)
                .limit(texts.getLength())
                .map(i -> texts.item(i).getTextContent())
                .toList();
    }
}
