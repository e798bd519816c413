package dev.kombo.lab.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.function.Function;

/** Parses the times of a file. */
@FunctionalInterface
interface TimeFormat {
    /** Returns the epoch milliseconds of the time in a column. */
    long epochMillis(Row row, String column);

    /**
     * Returns the format with a name as in mappings.
     *
     * @param format epoch-seconds, epoch-millis, iso-8601, or a pattern of a local time
     * @param zone of a local time
     * @throws IllegalArgumentException if it is none of them
     */
    static TimeFormat of(String format, ZoneId zone) {
        return switch (format) {
            case "epoch-seconds" -> epochSeconds();
            case "epoch-millis" -> epochMillis();
            case "iso-8601" -> iso8601();
            default -> local(format, zone);
        };
    }

    static TimeFormat epochSeconds() {
        return (row, column) -> sinceEpoch(row, column, 3);
    }

    static TimeFormat epochMillis() {
        return (row, column) -> sinceEpoch(row, column, 0);
    }

    /** Times with an offset. */
    static TimeFormat iso8601() {
        return parsed(
                stamp -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(stamp, Instant::from), "2011-09-30T12:00:00Z");
    }

    /** Times in UTC without saying so. */
    static TimeFormat utc(String pattern) {
        return local(pattern, ZoneOffset.UTC);
    }

    /**
     * Times without a zone. A date without a time means the start of its day.
     *
     * @param pattern as of {@link DateTimeFormatter}, with {@code uuuu} or {@code yyyy} as the year
     * @throws IllegalArgumentException if the pattern is invalid
     */
    static TimeFormat local(String pattern, ZoneId zone) {
        // Strict resolving needs uuuu: yyyy is the year of an era, and the stamp names no era.
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern.replace("yyyy", "uuuu"), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT)
                .withZone(zone);
        // A pattern whose time a stamp does not match, such as hh without am or pm, must not pass for a date.
        boolean dateOnly = !pattern.replaceAll("'[^']*'", "").matches(".*[HhKkmsSaAnNB].*");
        return dateOnly
                ? parsed(
                        stamp -> formatter
                                .parse(stamp, LocalDate::from)
                                .atStartOfDay(zone)
                                .toInstant(),
                        pattern)
                : parsed(stamp -> formatter.parse(stamp, Instant::from), pattern);
    }

    private static TimeFormat parsed(Function<String, Instant> parser, String expected) {
        return (row, column) -> {
            String stamp = row.text(column);
            try {
                return parser.apply(stamp).toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw RejectedRowException.unparsable(
                        column, "expected a time as " + expected + ", found " + Row.shown(stamp));
            }
        };
    }

    private static long sinceEpoch(Row row, String column, int digits) {
        long millis = Row.shifted(row.decimal(column), digits, column);
        if (millis < 0) {
            throw RejectedRowException.unparsable(
                    column, "expected a time since 1970, found " + Row.shown(row.text(column)));
        }
        return millis;
    }
}
