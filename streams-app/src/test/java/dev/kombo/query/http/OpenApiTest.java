package dev.kombo.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.query.QueryRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final List<Endpoint> endpoints = QueryRoutes.described();

    private JsonNode document() throws Exception {
        return new ObjectMapper().readTree(OpenApi.of(endpoints));
    }

    @Test
    void shouldResolveEveryReference() throws Exception {
        JsonNode document = document();
        List<String> references = document.findValuesAsText("$ref");

        assertThat(references).hasSizeGreaterThan(50);
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void shouldNameEachOperationOnce() {
        assertThat(endpoints).extracting(Endpoint::name).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(endpoints)
                .extracting(endpoint -> endpoint.method() + " " + endpoint.path())
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldDescribeEachPartOfAPathAsAParameter() {
        Pattern part = Pattern.compile("\\{(\\w+)}");
        for (Endpoint endpoint : endpoints) {
            List<String> parts = new ArrayList<>();
            part.matcher(endpoint.path()).results().forEach(match -> parts.add(match.group(1)));
            assertThat(endpoint.parameters().stream().filter(Parameter::inPath).map(Parameter::name))
                    .as(endpoint.path())
                    .containsExactlyElementsOf(parts);
        }
    }

    @Test
    void shouldAskForTheRoleThatChangesNeed() throws Exception {
        JsonNode paths = document().path("paths");

        assertThat(paths.at("/~1v1~1strategy/post/security/0/token/0").asText()).isEqualTo("admin");
        assertThat(paths.at("/~1v1~1events/post/security/0/token/0").asText()).isEqualTo("ingest");
        assertThat(paths.at("/~1v1~1users~1{id}~1profile/get/security/0/token/0")
                        .asText())
                .isEqualTo("read");
        assertThat(paths.at("/~1health~1live/get/security")).isEmpty();
        assertThat(endpoints)
                .filteredOn(endpoint -> endpoint.method() != Endpoint.Method.GET)
                .extracting(Endpoint::role)
                .containsOnly(Role.INGEST, Role.ADMIN, Role.PAGE);
    }

    private record Outer(Inner inner) {
        private record Inner(int number) {}
    }

    private record OuterInner(int number) {}

    @Test
    void shouldRefuseTwoTypesOfOneName() {
        JsonSchemas schemas = new JsonSchemas();
        schemas.of(Outer.class);

        assertThatThrownBy(() -> schemas.of(OuterInner.class)).hasMessageContaining("one name");
    }
}
