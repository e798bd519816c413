package dev.kombo.lab.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is registered, deleted and registered again: an id means one schema, for ever. */
class RegistryStatePropertyTest {

    @Property(tries = 200, seed = "21")
    void shouldNeverGiveAnIdASecondMeaning(@ForAll @Size(max = 40) List<@IntRange(max = 59) Integer> steps) {
        RegistryState state = RegistryState.EMPTY.withGlobalLevel(CompatibilityLevel.NONE);
        Map<Integer, String> meaning = new HashMap<>();
        Map<String, Integer> lastVersion = new HashMap<>();
        for (int step : steps) {
            String subject = "s" + step % 3;
            String schema = "{\"type\":\"fixed\",\"name\":\"F\",\"size\":" + (1 + step / 3 % 5) + "}";
            if (step >= 50 && state.subjectNames().contains(subject)) {
                state = state.delete(subject);
                continue;
            }
            RegistryState.Registration registration = state.register(subject, schema);
            RegistryState again = registration.state().register(subject, schema).state();
            assertThat(again).isSameAs(registration.state());
            state = registration.state();
            assertThat(meaning.putIfAbsent(registration.id(), schema)).isIn(null, schema);
            int version = state.version(subject, "latest").version();
            assertThat(version).isGreaterThanOrEqualTo(lastVersion.getOrDefault(subject, 1));
            lastVersion.put(subject, version);
        }
        for (Map.Entry<Integer, String> entry : meaning.entrySet()) {
            assertThat(state.schema(entry.getKey())).isEqualTo(entry.getValue());
        }
        assertThat(meaning.values()).doesNotHaveDuplicates();
        assertThat(meaning.keySet()).allMatch(id -> id >= 1 && id <= meaning.size());
    }
}
