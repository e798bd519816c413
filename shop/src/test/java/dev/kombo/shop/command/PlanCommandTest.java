package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private static final int SHOPPERS = 120;

    @TempDir
    private Path folder;

    private JsonNode plan(String options) throws IOException {
        return new ObjectMapper().readTree(print(1, options, "--json"));
    }

    /** So many shoppers a day, who order for 10.00 or 30.00, and again a week later. */
    private String print(int shoppersADay, String options, String form) throws IOException {
        StringBuilder csv = new StringBuilder("order_id,customer_id,order_date,sku,quantity,price\n");
        for (int i = 0; i < SHOPPERS * shoppersADay; i++) {
            for (int order = 0; order < 2; order++) {
                LocalDate day = LocalDate.of(2025, 1, 1).plusDays(i / shoppersADay + 7L * order);
                csv.append(
                        "%d-%d,c%d,%s 10:00:00,A,1,%s%n".formatted(i, order, i, day, i % 2 == 0 ? "10.00" : "30.00"));
            }
        }
        Path orders = Files.writeString(folder.resolve("orders.csv"), csv);
        Path strategy = Files.writeString(folder.resolve("strategy.json"), """
                {"version": 3, "salt": "spring", "arms": [
                  {"name": "holdout", "kind": "HOLDOUT", "share": 0.5},
                  {"name": "treatment", "kind": "TREATMENT", "share": 0.5}]%s}""".formatted(options));
        CommandConsole console = new CommandConsole();
        int code = console.run(
                "plan", "--orders", orders.toString(), "--currency", "EUR", "--strategy", strategy.toString(), form);
        assertThat(code).as(console.err.toString()).isZero();
        return console.out.toString();
    }

    @Test
    void shouldSayInShortWhatAYearTellsAndWhatToDoNext() throws IOException {
        assertThat(print(1, "", "--cap=3000"))
                .contains("In short: too few shoppers for a verdict within a year.")
                .contains("Next: save what GET /v1/strategy returns");
        assertThat(print(20, "", "--cap=3000"))
                .contains("In short: within a year you will probably know (in four of five experiments) whether offers"
                        + " pay if they add 2 % or more, with 35 %");
    }

    @Test
    void shouldSayWhatAPlannedEndDecidesBesideLooksAtAllTimes() throws IOException {
        JsonNode plan = plan(", \"plannedUsers\": 1000");

        JsonNode end = plan.get("plannedEnd");
        assertThat(end.get("users").asInt()).isEqualTo(1000);
        assertThat(end.get("days").asDouble()).as("one shopper a day").isCloseTo(1028, within(40.0));
        assertThat(end.get("effect").asDouble())
                .isLessThan(end.get("effectOpen").asDouble());
        assertThat(end.get("power"))
                .hasSize(5)
                .allSatisfy(power -> assertThat(power.get("decided").asDouble())
                        .isGreaterThanOrEqualTo(power.get("decidedOpen").asDouble()));
        assertThat(plan.get("needs").get(0).get("days").isNull())
                .as("2 % are not seen by the end")
                .isTrue();
        assertThat(plan.get("refusals")).isEmpty();
    }

    @Test
    void shouldSayWhyTheServiceWouldRefuseTheStrategy() throws IOException {
        JsonNode plan = plan(", \"plannedUsers\": 500, \"guardrails\": ["
                + "{\"measure\": \"margin28d\", \"margin\": 0.02, \"action\": \"STOP\"},"
                + "{\"measure\": \"returnRate28d\", \"margin\": 0.1, \"action\": \"ALERT\"}]");

        assertThat(plan.get("refusals"))
                .extracting(JsonNode::asText)
                .satisfiesExactly(
                        end -> assertThat(end).startsWith("plannedUsers 500 cannot decide on treatment"),
                        margin -> assertThat(margin).contains("margin28d", "costs"),
                        returns -> assertThat(returns).contains("returnRate28d", "no return was ever reported"));
        assertThat(plan(", \"guardrails\": []").get("plannedEnd").isNull()).isTrue();
    }
}
