package dev.kombo.shop.data;

import dev.kombo.catalog.CatalogRules;
import dev.kombo.table.Amounts;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.TimeFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Guesses how a file writes times, prices and counts, from the columns that a mapping has for them. */
final class FormatGuess {
    private static final Pattern COMMA = decimals(",", ".");
    private static final Pattern POINT = decimals(".", ",");
    /** Counts that may be in thousands or have three decimals. */
    static final Pattern GROUPED = Pattern.compile("-?[1-9]\\d{0,2}[.,]\\d{3}");

    /** Tried in this order; if days and months cannot be told apart, the day comes first. */
    private static final List<String> TIMES =
            List.of(ColumnGuess.TABLE.getProperty("times").split(" \\| ", -1));

    /** Fields whose values show the decimal mark. */
    private static final List<String> AMOUNTS = ColumnGuess.words("amounts");

    /** Digits between two marks that group them. */
    private static final int DIGITS_OF_A_GROUP = 3;

    /** Share of the values that a format of times must read. */
    private static final double MOST_TIMES = 0.9;

    /** The eight digits of a date are not seconds, and seconds are not milliseconds. */
    private static final long EARLIEST = Instant.parse("1990-01-01T00:00:00Z").toEpochMilli();

    private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    private final FileSample sample;
    private final Map<String, String> mapping;
    private final List<String> notes;

    /**
     * @param mapping columns by field, to which the formats are added
     * @param notes receive what a person should check
     */
    FormatGuess(FileSample sample, Map<String, String> mapping, List<String> notes) {
        this.sample = sample;
        this.mapping = mapping;
        this.notes = notes;
    }

    /**
     * What no mark between thousands looks like: other than three digits, another mark before it, or a zero or four
     * digits.
     */
    private static Pattern decimals(String mark, String other) {
        return Pattern.compile(
                "-?[\\d%2$s]*[%1$s](\\d{1,2}|\\d{4,})|-?[\\d%2$s]*[%2$s][\\d%2$s]*[%1$s]\\d+|-?(0|\\d{4,})[%1$s]\\d{3}"
                        .formatted(mark, other));
    }

    /** Adds what it finds to the mapping. */
    void guess() {
        List<String> amounts =
                AMOUNTS.stream().map(mapping::get).filter(Objects::nonNull).toList();
        String count = mapping.getOrDefault("quantity", mapping.getOrDefault("keptQuantity", mapping.get("stock")));
        if (!amounts.isEmpty()) {
            mapping.put("decimal", decimal(amounts));
        }
        if (count != null) {
            counts(count);
        }
        String time = mapping.getOrDefault("eventTime", mapping.get("since"));
        if (time != null) {
            times(time);
        }
    }

    /**
     * Reads counts such as 1.000: a thousand if other counts have no mark or cannot be whole units, unless prices show
     * that it is the decimal mark. Notes what it took them for. Without prices, counts decide on the decimal mark.
     */
    private void counts(String column) {
        String known = mapping.get("decimal");
        List<String> counts =
                sample.rows().stream().map(row -> row.text(column)).toList();
        String grouped = counts.stream()
                .filter(count -> GROUPED.matcher(count).matches() && (known == null || count.contains(known)))
                .findFirst()
                .orElse(null);
        boolean thousands = grouped != null
                && counts.stream()
                        .anyMatch(count -> count.matches("-?\\d+")
                                || (GROUPED.matcher(count).matches() && !count.endsWith("000")));
        if (known == null) {
            boolean comma = thousands
                    ? grouped.contains(".")
                    : counts.stream().anyMatch(count -> count.indexOf(',') > count.indexOf('.'));
            mapping.put("decimal", comma ? "," : ".");
        }
        if (grouped != null && (known == null || thousands)) {
            boolean units = grouped.contains(mapping.get("decimal"));
            notes.add("'%s' in column %s is taken for %s%s"
                    .formatted(
                            grouped,
                            column,
                            units ? "units and decimals" : "thousands",
                            known == null ? "" : ", as in prices"));
        }
    }

    /**
     * Returns the mark that one or two digits follow, that a zero precedes (three decimals, as in dinars), or the last
     * of two marks; another mark before three digits groups digits, unless the currency has three decimals.
     */
    private String decimal(List<String> columns) {
        int commas = 0;
        int points = 0;
        int grouped = 0;
        String example = "";
        List<String> texts = columns.stream().flatMap(sample::values).toList();
        for (String text : texts) {
            String number = NumberNotation.SIGNS.matcher(text).replaceAll("");
            if (COMMA.matcher(number).matches()) {
                commas++;
            } else if (POINT.matcher(number).matches()) {
                points++;
            } else if (number.indexOf('.') >= 0 || number.indexOf(',') >= 0) {
                grouped += number.indexOf('.') >= 0 ? 1 : -1;
                example = text;
            }
        }
        if (commas == 0 && points == 0 && grouped != 0) {
            boolean thousands = !hasThreeDecimals();
            notes.add("no price shows its decimal mark: '%s' is taken for %s"
                    .formatted(example, thousands ? "thousands" : "units and decimals, as of its currency"));
            return thousands == (grouped > 0) ? "," : ".";
        }
        return commas > points ? "," : ".";
    }

    private boolean hasThreeDecimals() {
        return Stream.ofNullable(mapping.get("currency"))
                .flatMap(sample::values)
                .findFirst()
                .or(() -> Optional.ofNullable(mapping.get("constant.currency")))
                .filter(CatalogRules::isCurrencyCode)
                .filter(currency -> Amounts.digits(currency) == DIGITS_OF_A_GROUP)
                .isPresent();
    }

    private void times(String column) {
        List<String> filled = sample.values(column).toList();
        long most = (long) (MOST_TIMES * filled.size());
        for (String format : TIMES) {
            TimeFormat times = TimeFormat.of(format, ZoneId.of("UTC"));
            long read = filled.stream().filter(value -> plausible(times, value)).count();
            String before = mapping.get("time.format");
            if (read > most) {
                most = read;
                mapping.put("time.format", format);
            } else if (read == most && format.startsWith("M/d") && before != null && before.matches("dd?/MM?/.*")) {
                notes.add("days and months cannot be told apart in '"
                        + sample.values(column).findFirst().orElse("") + "': the day is taken to come first");
            }
        }
    }

    private static boolean plausible(TimeFormat times, String value) {
        try {
            long time = times.epochMillis("eventTime", value);
            return time > EARLIEST && time < LATEST;
        } catch (RejectedRowException e) {
            return false;
        }
    }
}
