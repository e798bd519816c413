package dev.kombo.query.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes server-sent events in the format of the HTML standard, each event immediately. */
final class EventStreams {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventStreams() {}

    /** Writes until the stream has ended or the client has left. */
    static void write(EventStream stream, Context context) {
        context.contentType(EventStream.MEDIA_TYPE);
        context.header("Cache-Control", "no-store");
        // Otherwise a proxy such as nginx would hold events back until its buffer is full.
        context.header("X-Accel-Buffering", "no");
        try (stream) {
            if (context.method().equals(HandlerType.HEAD)) {
                return;
            }
            // Not the context's own output, which compresses and so holds events back as well.
            OutputStream out = context.res().getOutputStream();
            for (ServerEvent event = stream.next(); event != null; event = stream.next()) {
                out.write(bytes(event));
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("A client closed its stream: {}", e.toString());
        } catch (InterruptedException e) {
            // The server is stopping.
            Thread.currentThread().interrupt();
        }
    }

    static byte[] bytes(ServerEvent event) {
        // JSON as written here contains no line breaks, which would end the data.
        String text = event.name() == null
                ? ": " + event.data() + "\n\n"
                : "event: " + event.name() + "\ndata: "
                        + new String(Answers.bytes(JSON, event.data()), StandardCharsets.UTF_8) + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
