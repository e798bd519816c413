package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.Allocation;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.ArmRanker;
import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.Strategy;
import org.junit.jupiter.api.Test;

class StrategyJsonTest {
    @Test
    void shouldFillInWhatHasADefault() {
        Strategy strategy = StrategyJson.parse(
                """
                {"version": 3, "salt": "spring", "arms": [
                  {"name": "holdout", "kind": "HOLDOUT", "share": 0.25},
                  {"name": "bold", "kind": "TREATMENT", "share": 0.75, "objective": "MARGIN", "relevanceShare": 0.9}]}
                """);

        assertThat(strategy.getVersion()).isEqualTo(3);
        assertThat(strategy.getStartsAt()).isNull();
        assertThat(strategy.getSegments()).isEmpty();
        assertThat(strategy.getArms()).hasSize(2);
        assertThat(strategy.getArms().get(0).getKind()).isEqualTo(ArmKind.HOLDOUT);
        assertThat(strategy.getArms().get(0).getObjective()).isEqualTo(OfferObjective.RELEVANCE);
        assertThat(strategy.getArms().get(0).getRelevanceShare()).isNull();
        assertThat(strategy.getArms().get(1).getRanker()).isEqualTo(ArmRanker.LEARNED);
        assertThat(strategy.getArms().get(1).getRelevanceShare()).isEqualTo(0.9);
        assertThat(StrategyMapper.toDomain(strategy).problems()).isEmpty();
    }

    /** As Avro's own encoding has it, and as a person would write it. */
    @Test
    void shouldTakeValuesThatMayBeNullWrappedOrPlain() {
        String arms = "\"version\": 1, \"salt\": \"s\", \"arms\": [], ";
        String allocation = "{\"minimumShare\": 0.1, \"maximumShare\": 0.9, \"usersAtLeast\": 50}";
        Strategy plain = StrategyJson.parse("{" + arms + "\"startsAt\": 5, \"allocation\": " + allocation + "}");
        Strategy wrapped = StrategyJson.parse("{" + arms + "\"startsAt\": {\"long\": 5}, \"allocation\":"
                + " {\"dev.kombo.schema.Allocation\": " + allocation + "}}");

        assertThat(plain.getStartsAt()).isEqualTo(5);
        assertThat(plain.getAllocation()).isEqualTo(new Allocation(0.1, 0.9, 50));
        assertThat(wrapped).isEqualTo(plain);
    }

    @Test
    void shouldReadWhatAvroWrites() {
        Strategy strategy = StrategyJson.parse("{\"version\": 1, \"salt\": \"s\", \"arms\": [], \"endsAt\": 9}");
        assertThat(StrategyJson.parse(strategy.toString())).isEqualTo(strategy);
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertRefused("it is no JSON", "{\"version\": ");
        assertRefused("strategy is no object", "[]");
        assertRefused("strategy lacks the field salt", "{\"version\": 1, \"arms\": []}");
        assertRefused("strategy has no field salz", "{\"version\": 1, \"salz\": \"s\", \"arms\": []}");
        assertRefused("strategy.arms is no list", "{\"version\": 1, \"salt\": \"s\", \"arms\": {}}");
        assertRefused(
                "strategy.arms[0] lacks the field kind",
                "{\"version\": 1, \"salt\": \"s\", \"arms\": [{\"name\": \"a\", \"share\": 1}]}");
        assertRefused(
                "strategy.version is \"one\", a whole number is expected",
                "{\"version\": \"one\", \"salt\": \"s\", \"arms\": []}");
        assertRefused(
                "strategy.arms[0].kind is \"SOMETHING\", [HOLDOUT, BASELINE, TREATMENT, UNKNOWN] is expected",
                "{\"version\": 1, \"salt\": \"s\", \"arms\": [{\"name\": \"a\", \"kind\": \"SOMETHING\", \"share\": 1}]}");
    }

    private static void assertRefused(String part, String json) {
        assertThatThrownBy(() -> StrategyJson.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }
}
