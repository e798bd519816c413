package dev.kombo.query.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.query.http.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parses request bodies strictly: one document without duplicate fields. */
public final class JsonBody {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectReader ELEMENT = JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonBody() {}

    /**
     * Returns the document.
     *
     * @throws ApiException 400 if it is invalid
     */
    public static JsonNode read(byte[] body) {
        return parse(() -> {
            JsonNode document = JSON.readTree(body);
            if (document.isMissingNode()) {
                throw ApiException.badField("body", "the body is empty");
            }
            return document;
        });
    }

    /**
     * Returns the document, or the elements of an array.
     *
     * @param most elements accepted: the rest is not read
     * @throws ApiException 400 if it is invalid, or has more
     */
    public static List<JsonNode> readOneOrMany(byte[] body, int most) {
        return parse(() -> {
            try (JsonParser parser = JSON.createParser(body)) {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    return List.of(read(body));
                }
                List<JsonNode> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (elements.size() == most) {
                        throw ApiException.badField("body", "at most " + most + " elements are accepted");
                    }
                    elements.add(ELEMENT.readTree(parser));
                }
                if (parser.nextToken() != null) {
                    throw ApiException.badField("body", "the body is not JSON: something follows the array");
                }
                return elements;
            }
        });
    }

    /**
     * A line of a body.
     *
     * @param number of the line, from 1
     * @param document null if it is not an object
     * @param problem what is wrong with it; null: nothing
     */
    public record BodyLine(int number, ObjectNode document, String problem) {
        private static BodyLine of(int number, String text) {
            try {
                JsonNode document = read(text.getBytes(StandardCharsets.UTF_8));
                return document instanceof ObjectNode object
                        ? new BodyLine(number, object, null)
                        : new BodyLine(number, null, "expected an object, found " + document.getNodeType());
            } catch (ApiException e) {
                String problem =
                        e.getMessage().replaceFirst("^the body", "the row").replace("(line 1, ", "(");
                return new BodyLine(number, null, problem);
            }
        }
    }

    /**
     * Returns the documents of JSON lines.
     *
     * @param most lines accepted, without empty ones
     * @throws ApiException 400 if there are more, or the body is not in UTF-8
     */
    public static List<BodyLine> lines(byte[] body, int most) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.badField("body", "the body is not in UTF-8");
        }
        List<BodyLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank() && lines.size() == most) {
                throw ApiException.badField("body", "at most " + most + " rows are accepted");
            }
            if (!line.isBlank()) {
                lines.add(BodyLine.of(number, line));
            }
        }
        return lines;
    }

    @FunctionalInterface
    private interface Parsing<T> {
        T read() throws IOException;
    }

    private static <T> T parse(Parsing<T> reading) {
        try {
            return reading.read();
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw ApiException.badField(
                    "body",
                    "the body is not JSON: " + e.getOriginalMessage()
                            + (place == null
                                    ? ""
                                    : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
