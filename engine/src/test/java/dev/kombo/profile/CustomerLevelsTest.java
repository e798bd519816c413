package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which attributes of a customer are kept, and in which form. */
class CustomerLevelsTest {
    private final CustomerLevels levels = reading("region", "segments");

    private static CustomerLevels reading(String... names) {
        return new CustomerLevels(limits(names));
    }

    private static ProfileLimits limits(String... names) {
        return ProfileLimits.of(SettingValues.defaults().with(CustomerLevels.NAMES, Set.of(names)));
    }

    @ParameterizedTest
    @CsvSource({
        "North , north",
        "1983, 1980",
        "1985, 1985",
        "2019-05-31, 2019",
        "31/05/2019, 2019",
        "2019-05-31T10:00:00, 2019",
        "2019-05-31T10:00:00Z, 2019",
        "-, -",
        "5., 5.",
        "--5, --5",
        "t, t",
        "47, 40",
        "-0.0318, -0.03",
        "12345, 10000",
        "7, 7",
        "A1983, a1983",
        "12-34, 12-34",
        "1.2.3, 1.2.3",
        "x=1984, x=1980"
    })
    void shouldKeepACoarseValueWhenAnAttributeIsNamed(String value, String level) {
        levels.record(Events.saying(Map.of("region", value)));
        assertThat(levels.names()).containsExactly("region=" + level);
    }

    @Test
    void shouldKeepTheLatestValueAndEachSegmentWhenEventsFollowEachOther() {
        levels.record(Events.saying(Map.of("region", "north", "segments", "vip, born=1984", "mail", "ann@x")));
        assertThat(levels.names()).containsExactlyInAnyOrder("region=north", "segments=born=1980", "segments=vip");
        levels.record(Events.saying(Map.of("segments", "staff")));
        levels.record(Events.saying(Map.of()));
        assertThat(levels.names()).containsExactlyInAnyOrder("region=north", "segments=staff");
        levels.record(Events.saying(Map.of("region", " ")));
        assertThat(levels.names()).containsExactly("segments=staff");
    }

    @Test
    void shouldKeepNothingWhenNoAttributeIsNamed() {
        CustomerLevels none = reading();
        none.record(Events.saying(Map.of("region", "north", "segments", "vip")));
        assertThat(none.any()).isFalse();
        assertThat(none.count()).isFalse();
    }

    @Test
    void shouldStayBoundedWhenValuesAreLongOrMany() {
        levels.record(Events.saying(
                Map.of("region", "n".repeat(500), "segments", String.join(",", Collections.nCopies(9, "a")))));
        assertThat(levels.names()).hasSize(2).allMatch(level -> level.length() <= 80);
        StringBuilder many = new StringBuilder("s0");
        for (int i = 1; i < 100; i++) {
            many.append(",s").append(i);
        }
        levels.record(Events.saying(Map.of("segments", many.toString())));
        assertThat(levels.names()).hasSize(32);
    }

    @Test
    void shouldCountACustomerOnceWhenSomethingIsKnown() {
        assertThat(levels.count()).isFalse();
        levels.record(Events.saying(Map.of("region", "north")));
        assertThat(levels.count()).isTrue();
        assertThat(levels.count()).isFalse();
    }

    @Test
    void shouldForgetAnAttributeWhenItIsNoLongerNamed() {
        Behavior behavior = new Behavior(limits("region", "segments"));
        behavior.levels().record(Events.saying(Map.of("region", "north", "segments", "vip")));
        FlatWriter written = new FlatWriter();
        behavior.levels().fields(written);
        CustomerLevels same = reading("region", "segments");
        same.fields(new FlatReader(written.toBytes()));
        assertThat(same.names()).isEqualTo(behavior.levels().names());
        CustomerLevels fewer = reading("segments");
        fewer.fields(new FlatReader(written.toBytes()));
        assertThat(fewer.names()).containsExactly("segments=vip");
    }

    @Test
    void shouldTakeOverASessionsAttributesWhenTheUserHasNone() {
        CustomerLevels session = reading("region");
        session.record(Events.saying(Map.of("region", "north")));
        assertThat(session.count()).isTrue();
        CustomerLevels user = reading("region");
        user.absorb(session);
        assertThat(user.names()).containsExactly("region=north");
        assertThat(user.count()).as("counted as a session").isFalse();
    }

    @Test
    void shouldRefuseTooManyOrAmbiguousNames() {
        List<String> many = Collections.nCopies(17, "a");
        assertThat(CustomerLevels.NAMES.read(many)).as("the same name again").containsExactly("a");
        List<String> different = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            different.add("a" + i);
        }
        assertThatThrownBy(() -> CustomerLevels.NAMES.read(different)).hasMessageContaining("at most 16");
        assertThatThrownBy(() -> CustomerLevels.NAMES.read(List.of("a=b"))).hasMessageContaining("without '='");
    }
}
