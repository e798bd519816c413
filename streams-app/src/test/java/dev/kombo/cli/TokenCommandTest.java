package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TokenCommandTest {
    private static final Pattern OUTPUT =
            Pattern.compile("Token, for ops only:  (\\S+)\\s+Entry of kombo.api.tokens:  (\\S+)\\s*");

    private final Console console = new Console();

    @Test
    void shouldMakeATokenThatItsEntryLetsIn() throws Exception {
        assertThat(console.run("token", "ops", "--role", "read", "--role", "ingest"))
                .isZero();

        Matcher made = OUTPUT.matcher(console.output());
        assertThat(made.matches()).as(console.output()).isTrue();
        assertThat(ApiToken.parse(made.group(2)))
                .hasValueSatisfying(entry -> assertThat(entry.roles()).containsExactly(Role.READ, Role.INGEST));
        Map<String, String> settings = Map.of(ApiSettings.TOKENS.name(), made.group(2));
        ScriptedSources sources = console.service.sources;
        try (QueryApi api = QueryApi.start(ScriptedSources.config(settings), sources.sources())) {
            new ApiClient(api.url()).found("/v1/items/tea", "Authorization", "Bearer " + made.group(1));

            assertThat(console.run("report", "--url", api.url())).isEqualTo(1);
            assertThat(console.errors()).contains("a token is needed");
            console.environment.put("KOMBO_API_TOKEN", made.group(1));
            assertThat(console.run("report", "--url", api.url())).isZero();
        }
    }

    @Test
    void shouldNeverMakeTheSameTokenTwice() {
        console.run("token", "ops", "--role", "admin");
        console.run("token", "ops", "--role", "metrics");

        List<String> tokens = OUTPUT.matcher(console.output())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(tokens).hasSize(2).doesNotHaveDuplicates().allMatch(token -> token.length() >= 43);
    }

    @Test
    void shouldRefuseANameThatTheSettingCannotHold() {
        assertThat(console.run("token", "the:shop", "--role", "read")).isEqualTo(2);
        assertThat(console.errors()).contains("the:shop is not a valid token name");
        assertThat(console.run("token", "shop", "--role", "owner")).isEqualTo(2);
    }
}
