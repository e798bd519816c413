package dev.kombo.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One way to write times in a table, such as ISO 8601 or epoch seconds, with its parser. */
@FunctionalInterface
public interface TimeFormat {
    /** Digits by which seconds become milliseconds. */
    int MILLI_DIGITS = 3;

    /** Epoch milliseconds, a date, or a date and time of ISO 8601: in UTC, unless an offset says otherwise. */
    TimeFormat ANY = any();

    /**
     * Returns the epoch milliseconds of a time.
     *
     * @throws RejectedRowException if the text is none
     */
    long epochMillis(String column, String text);

    /** Returns the epoch milliseconds of the time in a column. */
    default long epochMillis(Row row, String column) {
        return epochMillis(column, row.text(column));
    }

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
            case "epoch-millis" -> (column, text) -> sinceEpoch(column, text, 0);
            case "iso-8601" ->
                parsed(
                        stamp -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(stamp, Instant::from),
                        "2011-09-30T12:00:00Z");
            default -> local(format, zone);
        };
    }

    static TimeFormat epochSeconds() {
        return (column, text) -> sinceEpoch(column, text, MILLI_DIGITS);
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
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern.replace("yyyy", "uuuu"), Locale.ENGLISH)
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
        return (column, stamp) -> {
            try {
                return parser.apply(stamp).toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw RejectedRowException.unparsable(
                        column, "expected a time such as " + expected + ", found " + Row.shown(stamp));
            }
        };
    }

    private static TimeFormat any() {
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendPattern("['T'][' ']")
                .appendOptional(DateTimeFormatter.ISO_LOCAL_TIME)
                .appendPattern("[XXX][X]")
                .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
                .toFormatter(Locale.ROOT);
        TimeFormat iso = parsed(stamp -> formatter.parse(stamp, Instant::from), "2026-12-24T18:00:00Z");
        Pattern millis = Pattern.compile("-?\\d{1,18}");
        return (column, text) -> millis.matcher(text).matches() ? Long.parseLong(text) : iso.epochMillis(column, text);
    }

    private static long sinceEpoch(String column, String text, int digits) {
        long millis = Amounts.shifted(column, Amounts.decimal(column, text), digits);
        if (millis < 0) {
            throw RejectedRowException.unparsable(column, "expected a time since 1970, found " + Row.shown(text));
        }
        return millis;
    }
}
