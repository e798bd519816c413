package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.NearestName;
import dev.kombo.console.Figures;
import dev.kombo.console.HumanDuration;
import dev.kombo.console.TextTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TextFormatsTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "60s, PT60S", "5m, PT5M", "2h, PT2H", "0s, PT0S"})
    void shouldReadADuration(String text, Duration expected) {
        assertThat(new HumanDuration().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "s", "-5s", "1.5h", "5 minutes", "99999999999s"})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> new HumanDuration().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("60s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "123450|GBP|1,234.50 GBP",
                "5|EUR|0.05 EUR",
                "-5|EUR|-0.05 EUR",
                "900|JPY|900 JPY",
                "100|XBC1|1.00 XBC1"
            })
    void shouldWriteMoneyWithTheDigitsOfItsCurrency(long minor, String currency, String expected) {
        assertThat(Figures.money(minor, currency)).isEqualTo(expected);
    }

    @Test
    void shouldCountASwapOfNeighboursAsOneEdit() {
        assertThat(NearestName.distance("rnu", "run")).isEqualTo(1);
        assertThat(NearestName.distance("", "run")).isEqualTo(3);
        assertThat(NearestName.distance("report", "replay")).isEqualTo(3);
        assertThat(NearestName.of("xyzzy", List.of("run", "demo"))).isEmpty();
    }

    @Test
    void shouldRefuseARowOfAnotherWidth() {
        TextTable table = new TextTable("a", "b");

        assertThatThrownBy(() -> table.row("only one")).isInstanceOf(IllegalArgumentException.class);
    }
}
