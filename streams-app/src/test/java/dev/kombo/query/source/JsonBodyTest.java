package dev.kombo.query.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.query.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonBodyTest {
    @Test
    void shouldReadLinesOfJsonAndTellOfThoseThatAreNone() {
        String text = "{\"itemId\": \"a\"}\n\nnonsense\n[1]\n{\"itemId\": \"b\"}";

        List<JsonBody.BodyLine> lines = JsonBody.lines(text.getBytes(StandardCharsets.UTF_8), 4);

        assertThat(lines).extracting(JsonBody.BodyLine::number).containsExactly(1, 3, 4, 5);
        assertThat(lines.get(1).problem()).startsWith("the row is not JSON").doesNotContain("line 1");
        assertThat(lines.get(2).problem()).isEqualTo("expected an object, found ARRAY");
        assertThat(lines.get(3).document())
                .isEqualTo(new ObjectMapper().createObjectNode().put("itemId", "b"));
    }

    @Test
    void shouldRefuseTooManyLinesAndAnotherEncoding() {
        byte[] three = "{}\n{}\n\n{}\n".getBytes(StandardCharsets.UTF_8);
        assertThat(JsonBody.lines(three, 3)).hasSize(3);
        assertThatThrownBy(() -> JsonBody.lines(three, 2))
                .isInstanceOf(ApiException.class)
                .hasMessage("at most 2 rows are accepted");
        byte[] latin = "{\"itemId\": \"gr\u00fcn\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> JsonBody.lines(latin, 3)).hasMessage("the body is not in UTF-8");
    }
}
