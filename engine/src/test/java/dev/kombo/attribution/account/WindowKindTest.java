package dev.kombo.attribution.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.settings.SettingValues;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowKindTest {
    private static final long DAY = 86_400_000L;
    private static final AccountRetention KEEP = new AccountRetention(2 * DAY, 3 * 3_600_000L, 4 * DAY);

    @Test
    void shouldStartAtTheUtcHourAndDay() {
        long time = millis("2011-09-30T12:34:56.789Z");
        assertThat(WindowKind.TOTAL.startOf(time)).isZero();
        assertThat(WindowKind.DAY.startOf(time)).isEqualTo(millis("2011-09-30T00:00:00Z"));
        assertThat(WindowKind.HOUR.startOf(time)).isEqualTo(millis("2011-09-30T12:00:00Z"));
        assertThat(WindowKind.HOUR.startOf(millis("2011-09-30T12:00:00Z"))).isEqualTo(millis("2011-09-30T12:00:00Z"));
        assertThat(WindowKind.DAY.startOf(-1)).isEqualTo(-86_400_000L);
    }

    @Test
    void shouldPurgeWhenTheWindowEndedLongEnoughAgo() {
        long start = millis("2011-09-30T12:00:00Z");
        assertThat(KEEP.purges(WindowKind.HOUR, start, start + 4 * 3_600_000L - 1))
                .isFalse();
        assertThat(KEEP.purges(WindowKind.HOUR, start, start + 4 * 3_600_000L)).isTrue();
        long day = millis("2011-09-30T00:00:00Z");
        assertThat(KEEP.purges(WindowKind.DAY, day, millis("2011-10-02T23:59:59.999Z")))
                .isFalse();
        assertThat(KEEP.purges(WindowKind.DAY, day, millis("2011-10-03T00:00:00Z")))
                .isTrue();
        assertThat(KEEP.purges(WindowKind.TOTAL, day, millis("2011-10-04T23:59:59.999Z")))
                .isFalse();
        assertThat(KEEP.purges(WindowKind.TOTAL, day, millis("2011-10-05T00:00:00Z")))
                .isTrue();
    }

    @Test
    void shouldKeepDaysLongerThanAYearByDefault() {
        AccountRetention shipped = AccountRetention.of(SettingValues.defaults());
        assertThat(shipped.dayMillis()).isGreaterThan(366 * 86_400_000L);
        assertThat(shipped.hourMillis()).isEqualTo(3 * 86_400_000L);
    }

    @Test
    void shouldKeepTotalsUntilAllThatFollowsFromAnEntryIsTold() {
        assertThat(totalMillis(1, 7 * DAY)).isEqualTo(68 * DAY);
        assertThat(totalMillis(1, 30 * DAY)).isEqualTo(91 * DAY);
        assertThat(totalMillis(400, 30 * DAY)).isEqualTo(400 * DAY);
    }

    private static long totalMillis(int days, long window) {
        return AccountRetention.of(SettingValues.defaults()
                        .with(AccountRetention.DAYS, days)
                        .with(AttributionSettings.WINDOW, window))
                .totalMillis();
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
