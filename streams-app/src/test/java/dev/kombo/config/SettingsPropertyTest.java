package dev.kombo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.kombo.config.KomboConfig.ConfigProblemsException;
import dev.kombo.engine.EngineSettings;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.settings.Range;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every setting, whoever declares it. */
class SettingsPropertyTest {
    /** Settings of which the first must not be above the second. */
    private static final List<List<Setting<?>>> PAIRS = List.of(
            List.of(PopularitySettings.SHORT_HALF_LIFE, PopularitySettings.LONG_HALF_LIFE),
            List.of(RankingSettings.RERANK_CANDIDATES, RankingSettings.CANDIDATES),
            List.of(RuleSettings.PRICE_MIN, RuleSettings.PRICE_MAX),
            List.of(MiningSettings.SUPPORT_MIN, MiningSettings.SUPPORT_MAX));

    static Stream<Setting<?>> numbers() {
        return DeclaredSettings.BY_NAME.values().stream().filter(setting -> setting.allowed() instanceof Range);
    }

    private static Range<?> range(Setting<?> setting) {
        return (Range<?>) setting.allowed();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void shouldRunAtBothEdgesOfARange(Setting<?> setting) {
        for (Number edge : List.of(range(setting).least(), range(setting).most())) {
            Map<String, String> given = new HashMap<>();
            for (List<Setting<?>> pair : PAIRS) {
                if (pair.contains(setting)) {
                    given.put(pair.get(0).name(), range(pair.get(0)).least().toString());
                    given.put(pair.get(1).name(), range(pair.get(1)).most().toString());
                }
            }
            given.put(setting.name(), edge.toString());
            KomboConfig config = KomboConfig.of(given);
            assertThat(config.get(setting)).isEqualTo(edge);
            assertThat(new EngineSettings(config)).isNotNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void shouldNameTheSettingTheValueAndTheRangeWhenANumberIsBeyond(Setting<?> setting) {
        List<String> beyond = new ArrayList<>(List.of("many"));
        if (setting.kind() == Setting.ValueType.DOUBLE) {
            beyond.add("NaN");
            beyond.add(Double.toString(Math.nextDown(range(setting).least().doubleValue())));
            beyond.add(Double.toString(Math.nextUp(range(setting).most().doubleValue())));
        } else {
            long least = range(setting).least().longValue();
            long most = range(setting).most().longValue();
            if (least > Long.MIN_VALUE) {
                beyond.add(Long.toString(least - 1));
            }
            if (most < Long.MAX_VALUE) {
                beyond.add(Long.toString(most + 1));
            }
        }
        for (String value : beyond) {
            assertThat(problems(Map.of(setting.name(), value)))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem)
                            .startsWith(setting.name() + ": ")
                            .contains(value)
                            .endsWith("; expected: " + setting.allowed()));
        }
    }

    /** Whatever is inside of all ranges makes settings that the engine takes, unless two contradict each other. */
    @Property(tries = 200, seed = "3")
    void shouldRunWithAnyNumbersWithinTheirRanges(@ForAll long seed) {
        Random random = new Random(seed);
        Map<String, Number> drawn = new HashMap<>();
        numbers().forEach(setting -> drawn.put(setting.name(), draw(setting, random)));
        for (List<Setting<?>> pair : PAIRS) {
            Number first = drawn.get(pair.get(0).name());
            Number second = drawn.get(pair.get(1).name());
            if (first.longValue() > second.longValue()) {
                drawn.put(pair.get(0).name(), range(pair.get(0)).least());
            }
        }
        Map<String, String> given = new HashMap<>();
        drawn.forEach((name, number) -> given.put(name, number.toString()));
        assertThat(new EngineSettings(KomboConfig.of(given))).isNotNull();
    }

    private static Number draw(Setting<?> setting, Random random) {
        double least = range(setting).least().doubleValue();
        double most = range(setting).most().doubleValue();
        if (setting.kind() == Setting.ValueType.DOUBLE) {
            return Math.min(most, least + random.nextDouble() * (most - least));
        }
        double drawn = Math.min(most, least + random.nextDouble() * (most - least));
        return Math.max(
                range(setting).least().longValue(),
                Math.min(range(setting).most().longValue(), (long) drawn));
    }

    @Test
    void shouldGatherEverySettingThatAClassDeclares() throws ReflectiveOperationException {
        List<String> declared = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("dev.kombo")) {
            for (JavaField field : type.getFields()) {
                if (field.getRawType().isEquivalentTo(Setting.class)
                        && field.getModifiers().contains(JavaModifier.STATIC)) {
                    declared.add(((Setting<?>) field.reflect().get(null)).name());
                }
            }
        }
        assertThat(DeclaredSettings.BY_NAME.keySet()).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void shouldHaveTheSameDefaultsWithAndWithoutAConfiguration() {
        KomboConfig config = KomboConfig.of(Map.of());
        for (Setting<?> setting : DeclaredSettings.BY_NAME.values()) {
            assertThat(config.get(setting))
                    .as(setting.name())
                    .isEqualTo(SettingValues.defaults().get(setting));
        }
    }

    @Test
    void shouldKnowAFewSettingsThatEverybodyShouldKnow() {
        assertThat(DeclaredSettings.BY_NAME.values())
                .filteredOn(setting -> setting.importance() == Setting.Importance.HIGH)
                .hasSizeBetween(10, 20);
    }

    @Test
    void shouldRefuseAValueOutOfRangeInPlaceOfAnother() {
        SettingValues values = SettingValues.defaults();
        assertThat(values.with(RankingSettings.CANDIDATES, 60).get(RankingSettings.CANDIDATES))
                .isEqualTo(60);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.with(RankingSettings.CANDIDATES, 5))
                .withMessage("kombo.ranking.candidates: 5 is out of range; expected: 50 to 5000");
    }

    private static List<String> problems(Map<String, String> settings) {
        return catchThrowableOfType(ConfigProblemsException.class, () -> KomboConfig.of(settings))
                .problems();
    }
}
