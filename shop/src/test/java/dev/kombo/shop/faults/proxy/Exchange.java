package dev.kombo.shop.faults.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;

/** A request on a connection, and its response. */
final class Exchange {
    private final Connection connection;
    private final byte[] request;
    private final ByteBuffer afterHeader;
    private final RequestHeader header;
    private volatile Action action = new Action.Pass();
    private volatile byte[] response;

    Exchange(Connection connection, byte[] request) {
        this.connection = connection;
        this.request = request;
        afterHeader = ByteBuffer.wrap(request);
        header = RequestHeader.parse(afterHeader);
    }

    RequestHeader header() {
        return header;
    }

    AbstractRequest body() {
        return AbstractRequest.parseRequest(
                        header.apiKey(), header.apiVersion(), new ByteBufferAccessor(afterHeader.duplicate()))
                .request;
    }

    Connection connection() {
        return connection;
    }

    void begin(Action decided) throws IOException {
        action = decided;
        action.asked(this);
    }

    void answered(byte[] fromBroker) throws IOException {
        action.answered(this, fromBroker);
    }

    /** Gives the request to the broker, as it is. */
    void ask() throws IOException {
        connection.toBroker(request);
    }

    /** Gives the client this response when it has those of its requests before. */
    void reply(byte[] frame) throws IOException {
        response = frame;
        connection.toClient();
    }

    boolean replied() {
        return response != null;
    }

    byte[] response() {
        return response;
    }

    /** The response of a broker that fails so. */
    byte[] failed(Errors error) {
        return frame(body().getErrorResponse(error.exception()));
    }

    /** The response with other content. */
    byte[] changed(byte[] fromBroker, Consumer<ApiMessage> change) {
        AbstractResponse parsed = AbstractResponse.parseResponse(ByteBuffer.wrap(fromBroker), header);
        change.accept(parsed.data());
        return frame(parsed);
    }

    private byte[] frame(AbstractResponse whole) {
        ResponseHeader first = header.toResponseHeader();
        ByteBuffer bytes =
                RequestUtils.serialize(first.data(), first.headerVersion(), whole.data(), header.apiVersion());
        byte[] frame = new byte[bytes.remaining()];
        bytes.get(frame);
        return frame;
    }

    /** Every response begins with it. */
    static int correlationId(byte[] response) {
        return ByteBuffer.wrap(response).getInt();
    }
}
