package dev.kombo.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Counts of real files, compared with counts taken by other means: regular expressions, sets of strings, doubles. */
class RealFilesTest {
    private static final Pattern JOURNEY_LINE =
            Pattern.compile("(?:\"[0-9.e+]+\",){4}(\\d+),([-0-9.e]+),[0-9.]+,[0-9.]+,[0-9.]+,\\d+,\"[-0-9T:]{19}\"");

    @Test
    void shouldCountOnlineRetailAsOtherMeansDo() throws IOException {
        Path file = DataSets.require("online-retail/online_retail_to_2011-09-30.csv.gz");
        SortedMap<String, Long> expected = OnlineRetailTruth.kinds(file);

        List<EventRow> rows = EventFiles.read(new OnlineRetail(), file);
        SortedMap<String, Long> found = new TreeMap<>();
        rows.forEach(row -> found.merge(kind(row), 1L, Long::sum));

        assertThat(rows).hasSize(370_931);
        assertThat(found).isEqualTo(expected);
        assertThat(found).containsKeys("PURCHASE", "RETURN", "duplicate-row", "not-a-product", "negative-quantity");
        assertThat(found).doesNotContainKey("unparsable-row");
        assertThat(isSorted(rows)).isTrue();
    }

    @Test
    void shouldCountCompleteJourneyAsOtherMeansDo() throws IOException {
        Path file = DataSets.require("completejourney/transactions_sample.csv.gz");
        SortedMap<String, Long> expected = new TreeMap<>();
        try (BufferedReader reader = lines(file)) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                expected.merge(journeyKind(line), 1L, Long::sum);
            }
        }

        List<EventRow> rows = EventFiles.read(new CompleteJourney(), file);

        assertThat(rows).hasSize(75_000);
        assertThat(EventFiles.counts(rows)).isEqualTo(expected);
        assertThat(isSorted(rows)).isTrue();
        long withCategory = rows.stream()
                .filter(row -> row instanceof EventRow.Accepted accepted
                        && accepted.item().category() != null)
                .count();
        assertThat(withCategory).as("one product is not in products.csv").isEqualTo(expected.get("accepted") - 1);
    }

    @Test
    void shouldTakeEveryRowOfTaobao() {
        Path file = DataSets.require("taobao/user_behavior_10k.csv.gz");

        assertThat(EventFiles.counts(EventFiles.read(EventFileFormat.named("taobao", null), file)))
                .isEqualTo(Map.of("accepted", 10_000L));
    }

    /** The pairs of both files, each once, of whatever was shuffled; and the members of the bundles. */
    @Test
    void shouldTakeEveryPairOfYoushu() throws IOException {
        Path file = DataSets.require("youshu/user_bundle_train.txt.gz");
        List<String> expected = new ArrayList<>(pairs(file, "b"));
        expected.addAll(pairs(file.resolveSibling("user_item.txt.gz"), "i"));

        List<String> found = new ArrayList<>();
        Set<String> members = new HashSet<>();
        try (EventRows rows = new Youshu().open(file)) {
            rows.catalog()
                    .bundles()
                    .forEach(bundle -> bundle.getMembers()
                            .forEach(member -> members.add(bundle.getBundleId() + "\tb" + member.getItemId())));
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                BehaviorEvent event = EventFiles.event(row);
                found.add(event.getUserId() + "\t"
                        + (event.getItemId() == null ? "b" + event.getBundleId() : "i" + event.getItemId()));
            }
        }

        assertThat(found).hasSize(172_931).isNotEqualTo(expected);
        Collections.sort(found);
        Collections.sort(expected);
        assertThat(found).isEqualTo(expected);
        assertThat(members).isEqualTo(new HashSet<>(pairs(file.resolveSibling("bundle_item.txt.gz"), "b")));
    }

    @Test
    void shouldCountBundleRecAsOtherMeansDo() throws IOException {
        Path file = DataSets.require("bundlerec/electronic/user_item.csv.gz");
        long distinct;
        try (BufferedReader reader = lines(file)) {
            distinct = reader.lines().skip(1).distinct().count();
        }

        List<EventRow> rows = EventFiles.read(new BundleRec(), file);

        assertThat(rows).hasSize(6_165 + 1_750);
        assertThat(EventFiles.counts(rows))
                .isEqualTo(Map.of("accepted", distinct + 1_750, "duplicate-row", 6_165 - distinct));
        assertThat(isSorted(rows)).isTrue();
    }

    private static List<String> pairs(Path file, String prefix) throws IOException {
        try (BufferedReader reader = lines(file)) {
            return reader.lines().map(line -> line.replace("\t", "\t" + prefix)).toList();
        }
    }

    private static String journeyKind(String line) {
        Matcher parts = JOURNEY_LINE.matcher(line);
        if (!parts.matches()) {
            return "unparsable-row";
        }
        double quantity = Double.parseDouble(parts.group(1));
        double sales = Double.parseDouble(parts.group(2));
        if (quantity == 0) {
            return "zero-quantity";
        }
        if (sales == 0) {
            return "price-not-positive";
        }
        return sales / quantity < 0.005 ? "price-below-minor-unit" : "accepted";
    }

    private static String kind(EventRow row) {
        if (row instanceof EventRow.Accepted accepted) {
            BehaviorEvent event = accepted.event();
            boolean sound = event.getQuantity() > 0
                    && event.getUnitPriceMinor() > 0
                    && (event.getUserId() == null) != (event.getSessionId() == null);
            return sound ? event.getType().name() : "unsound";
        }
        return EventFiles.reason(row);
    }

    private static boolean isSorted(List<EventRow> rows) {
        return IntStream.range(1, rows.size())
                .allMatch(i -> rows.get(i - 1).eventTime() <= rows.get(i).eventTime());
    }

    private static BufferedReader lines(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }
}
