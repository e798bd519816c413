package dev.kombo.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final Pattern RETAIL_LINE = Pattern.compile("([^,]*),([^,]*),(.*),(-?\\d+),"
            + "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d),(-?\\d+(?:\\.\\d+)?),(\\d+\\.0)?,([^,]+)");
    private static final Pattern PRODUCT = Pattern.compile("[0-9]..[0-9].+");
    private static final Pattern JOURNEY_LINE =
            Pattern.compile("(?:\"[0-9.e+]+\",){4}(\\d+),([-0-9.e]+),[0-9.]+,[0-9.]+,[0-9.]+,\\d+,\"[-0-9T:]{19}\"");

    @Test
    void shouldCountOnlineRetailAsOtherMeansDo() throws IOException {
        Path file = DataSets.require("online-retail/online_retail_to_2011-09-30.csv.gz");
        SortedMap<String, Long> expected = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        try (BufferedReader reader = lines(file)) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                expected.merge(seen.add(line) ? retailKind(line) : "duplicate-row", 1L, Long::sum);
            }
        }

        List<ReplayRow> rows = ReplayFiles.read(new OnlineRetailFormat(), file);
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

        List<ReplayRow> rows = ReplayFiles.read(new CompleteJourneyFormat(), file);

        assertThat(rows).hasSize(75_000);
        assertThat(ReplayFiles.counts(rows)).isEqualTo(expected);
        assertThat(isSorted(rows)).isTrue();
        long withCategory = rows.stream()
                .filter(row -> row instanceof ReplayRow.Accepted accepted
                        && accepted.item().category() != null)
                .count();
        assertThat(withCategory).as("one product is not in products.csv").isEqualTo(expected.get("accepted") - 1);
    }

    @Test
    void shouldTakeEveryRowOfTaobao() {
        Path file = DataSets.require("taobao/user_behavior_10k.csv.gz");

        assertThat(ReplayFiles.counts(ReplayFiles.read(new TaobaoFormat(), file)))
                .isEqualTo(Map.of("accepted", 10_000L));
    }

    private static String retailKind(String line) {
        Matcher parts = RETAIL_LINE.matcher(line);
        if (!parts.matches()) {
            return "unparsable-row";
        }
        boolean cancelled = parts.group(1).charAt(0) == 'C';
        double quantity = Double.parseDouble(parts.group(4));
        if (!PRODUCT.matcher(parts.group(2)).matches()) {
            return "not-a-product";
        }
        if (quantity < 0 && !cancelled) {
            return "negative-quantity";
        }
        if (Double.parseDouble(parts.group(6)) <= 0) {
            return "price-not-positive";
        }
        return cancelled ? "RETURN" : "PURCHASE";
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

    private static String kind(ReplayRow row) {
        if (row instanceof ReplayRow.Accepted accepted) {
            BehaviorEvent event = accepted.event();
            boolean sound = event.getQuantity() > 0
                    && event.getUnitPriceMinor() > 0
                    && (event.getUserId() == null) != (event.getSessionId() == null);
            return sound ? event.getType().name() : "unsound";
        }
        return ReplayFiles.reason(row);
    }

    private static boolean isSorted(List<ReplayRow> rows) {
        return IntStream.range(1, rows.size())
                .allMatch(i -> rows.get(i - 1).eventTime() <= rows.get(i).eventTime());
    }

    private static BufferedReader lines(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }
}
