package dev.kombo.lab.replay;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Reads time stamps that name no zone. */
final class LocalTimes {
    private final DateTimeFormatter formatter;
    private final ZoneId zone;
    private final String expected;

    /**
     * @param pattern as of {@link DateTimeFormatter}, with {@code uuuu} or {@code yyyy} as the year
     * @throws IllegalArgumentException when the pattern is none
     */
    LocalTimes(String pattern, ZoneId zone) {
        // Strict resolving wants uuuu: yyyy is the year of an era that the stamp does not name.
        this.formatter = DateTimeFormatter.ofPattern(pattern.replace("yyyy", "uuuu"), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
        this.zone = zone;
        this.expected = pattern;
    }

    static LocalTimes utc(String pattern) {
        return new LocalTimes(pattern, ZoneOffset.UTC);
    }

    /** Epoch milliseconds of the stamp in the column. */
    long epochMillis(Fields fields, String column) {
        String stamp = fields.text(column);
        try {
            return LocalDateTime.parse(stamp, formatter)
                    .atZone(zone)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw RejectedRowException.unparsable(
                    column, "expected a time as " + expected + ", found " + Fields.shown(stamp));
        }
    }
}
