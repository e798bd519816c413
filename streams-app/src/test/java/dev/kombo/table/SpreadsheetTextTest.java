package dev.kombo.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadsheetTextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "=1+1, '=1+1",
                "+1 club, '+1 club",
                "-20 % off, '-20 % off",
                "@home, '@home",
                "\" =1\", \"' =1\"",
                "\uFF1D1, '\uFF1D1",
                "tea;=1, tea;'=1",
                "'=1, ''=1",
                "'', ''",
                "'tis tea, 'tis tea",
                "tea = drink, tea = drink",
                "a;b, a;b"
            })
    void shouldMarkWhatASpreadsheetTakesForAFormulaAndGiveItBack(String text, String escaped) {
        assertThat(SpreadsheetText.escape(text)).isEqualTo(escaped);
        assertThat(SpreadsheetText.unescape(escaped)).isEqualTo(text);
    }

    @Test
    void shouldGiveBackAllTextsOfSixCharactersAndLeaveNoFormula() {
        String characters = "=';\n a";
        for (int length = 0; length <= 6; length++) {
            for (int number = 0; number < Math.pow(characters.length(), length); number++) {
                StringBuilder text = new StringBuilder();
                for (int i = 0, rest = number; i < length; i++, rest /= characters.length()) {
                    text.append(characters.charAt(rest % characters.length()));
                }
                String escaped = SpreadsheetText.escape(text.toString());
                assertThat(SpreadsheetText.unescape(escaped)).isEqualTo(text.toString());
                assertThat(Arrays.stream(escaped.split("[;\n]", -1)).map(String::strip))
                        .noneMatch(part -> part.startsWith("="));
            }
        }
    }

    @Test
    void shouldReadALongRunOfBlanksOnce() {
        String blanks = " ".repeat(1 << 20);

        assertThat(SpreadsheetText.escape(blanks + "=")).isEqualTo("'" + blanks + "=");
        assertThat(SpreadsheetText.unescape("'" + blanks + "=")).isEqualTo(blanks + "=");
        assertThat(SpreadsheetText.unescape(blanks + "a")).isEqualTo(blanks + "a");
    }
}
