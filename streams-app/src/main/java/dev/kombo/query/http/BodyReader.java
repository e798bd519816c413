package dev.kombo.query.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;

/**
 * Reads request bodies, within bounds of size and time: otherwise a client that sends one byte now and then would hold
 * a slot for ever, and a few such clients all slots. Thread-safe.
 *
 * @param most bytes that are accepted
 * @param nanoTime a monotonic clock, in nanoseconds
 */
record BodyReader(int most, LongSupplier nanoTime) {
    private static final long LONGEST_SECONDS = 30;
    private static final long GRACE_SECONDS = 3;
    private static final long LEAST_BYTES_A_SECOND = 1_000;
    private static final int CHUNK = 8192;

    /**
     * Reads the body of a request.
     *
     * @param forms accepted media types
     * @throws ApiException 408 if it does not arrive in time, 413 if it is too large, 415 if its type is not accepted
     */
    byte[] read(Context context, List<BodySchema> forms) {
        String type = context.contentType();
        String media = type == null ? "" : BodySchema.mediaTypeOf(type);
        if (forms.stream().noneMatch(form -> form.mediaType().equals(media))) {
            throw unsupported("a body of "
                    + forms.stream().map(BodySchema::mediaType).collect(Collectors.joining(" or "))
                    + " is expected, found " + (type == null ? "none" : type));
        }
        if (context.header("Content-Encoding") != null) {
            throw unsupported("the body must not be encoded");
        }
        if (context.req().getContentLengthLong() > most) {
            throw tooLarge();
        }
        try {
            return readInTime(context.req().getInputStream());
        } catch (HttpException.RuntimeException e) {
            throw ApiException.badField("body", "the body does not match its headers: " + e.getReason());
        } catch (IOException e) {
            // Nothing came for as long as the connection may be idle, or the client has left.
            throw tooSlow();
        }
    }

    /** Reads without trusting the header's length, as a body may come in chunks. */
    private byte[] readInTime(InputStream in) throws IOException {
        long start = nanoTime.getAsLong();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            body.write(chunk, 0, count);
            if (body.size() > most) {
                throw tooLarge();
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - start);
            if (seconds >= LONGEST_SECONDS || body.size() < (seconds - GRACE_SECONDS) * LEAST_BYTES_A_SECOND) {
                throw tooSlow();
            }
        }
        return body.toByteArray();
    }

    private static ApiException unsupported(String detail) {
        return new ApiException(415, "unsupported-type", "Unsupported media type", detail);
    }

    private ApiException tooLarge() {
        return new ApiException(413, "too-large", "Content too large", "at most " + most + " bytes are accepted");
    }

    private static ApiException tooSlow() {
        return new ApiException(
                408,
                "too-slow",
                "Request timeout",
                "the body did not arrive within " + LONGEST_SECONDS + " seconds, or came slower than "
                        + LEAST_BYTES_A_SECOND + " bytes a second");
    }
}
