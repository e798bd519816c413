package dev.kombo.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kombo.query.http.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads bodies strictly: one document, no field twice. */
final class JsonBody {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonBody() {}

    /**
     * The document.
     *
     * @throws ApiException 400 where it is none
     */
    static JsonNode read(byte[] body) {
        try {
            JsonNode document = JSON.readTree(body);
            if (document.isMissingNode()) {
                throw ApiException.badField("body", "the body is empty");
            }
            return document;
        } catch (JsonProcessingException e) {
            throw ApiException.badField(
                    "body",
                    "the body is no JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
