package dev.kombo.lab.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityLevelTest {

    private static final Schema BASE = fields("{'name':'id','type':'string'}");
    private static final Schema ADDED_REQUIRED = fields("{'name':'id','type':'string'},{'name':'n','type':'int'}");
    private static final Schema ADDED_OPTIONAL =
            fields("{'name':'id','type':'string'},{'name':'n','type':'int','default':0}");

    /** Whether a level lets a change pass. */
    @ParameterizedTest
    @CsvSource({
        // A required field is added to, or taken from, the latest version.
        "NONE,                true,  true",
        "BACKWARD,            false, true",
        "BACKWARD_TRANSITIVE, false, true",
        "FORWARD,             true,  false",
        "FORWARD_TRANSITIVE,  true,  false",
        "FULL,                false, false",
        "FULL_TRANSITIVE,     false, false"
    })
    void shouldHoldItsDirection(CompatibilityLevel level, boolean mayAdd, boolean mayRemove) {
        assertThat(level.breaches(ADDED_REQUIRED, List.of(BASE)).isEmpty()).isEqualTo(mayAdd);
        assertThat(level.breaches(BASE, List.of(ADDED_REQUIRED)).isEmpty()).isEqualTo(mayRemove);
        assertThat(level.breaches(ADDED_OPTIONAL, List.of(BASE))).isEmpty();
        assertThat(level.breaches(ADDED_REQUIRED, List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BACKWARD,            true",
        "BACKWARD_TRANSITIVE, false",
        "FORWARD,             true",
        "FORWARD_TRANSITIVE,  true",
        "FULL,                true",
        "FULL_TRANSITIVE,     false"
    })
    void shouldLookAtAllVersionsOnlyWhenTransitive(CompatibilityLevel level, boolean allowed) {
        // The latest version has the field, with a default; the oldest has not, and nothing would fill it.
        assertThat(level.breaches(ADDED_REQUIRED, List.of(BASE, ADDED_OPTIONAL)).isEmpty())
                .isEqualTo(allowed);
    }

    @Test
    void shouldBeReadInAnyCaseAndNameWhatItIsNot() {
        assertThat(CompatibilityLevel.parse("full_transitive")).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
        assertThatThrownBy(() -> CompatibilityLevel.parse("SIDEWAYS"))
                .isInstanceOf(RegistryError.class)
                .hasMessageContaining("SIDEWAYS");
    }

    private static Schema fields(String fields) {
        return new Schema.Parser()
                .parse("{'type':'record','name':'R','fields':[".replace('\'', '"') + fields.replace('\'', '"') + "]}");
    }
}
