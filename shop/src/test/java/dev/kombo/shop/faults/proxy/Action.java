package dev.kombo.shop.faults.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** What happens to a request and its response. */
sealed interface Action {
    /** The client has sent the request. */
    default void asked(Exchange exchange) throws IOException {
        exchange.ask();
    }

    /** The broker has answered it. */
    default void answered(Exchange exchange, byte[] response) throws IOException {
        exchange.reply(response);
    }

    /** Nothing happens. */
    record Pass() implements Action {
        @Override
        public String toString() {
            return "passed";
        }
    }

    /** The broker is not asked, and the client gets this error. */
    record Fail(Errors error) implements Action {
        @Override
        public void asked(Exchange exchange) throws IOException {
            exchange.reply(exchange.failed(error));
        }

        @Override
        public String toString() {
            return "answered with " + error;
        }
    }

    /** The response comes late, and with it those to later requests. */
    record Delay(Duration time) implements Action {
        @Override
        public void answered(Exchange exchange, byte[] response) throws IOException {
            try {
                TimeUnit.MILLISECONDS.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.reply(response);
        }

        @Override
        public String toString() {
            return "delayed by " + time.toMillis() + " ms";
        }
    }

    /** The broker does it, but the client hears nothing more on this connection, which stays open. */
    record Swallow() implements Action {
        @Override
        public void answered(Exchange exchange, byte[] response) {
            // The client awaits it, and all later responses behind it.
        }

        @Override
        public String toString() {
            return "done, its response swallowed";
        }
    }

    /** The connection breaks before the broker has the request. */
    record BreakBefore() implements Action {
        @Override
        public void asked(Exchange exchange) {
            exchange.connection().close();
        }

        @Override
        public String toString() {
            return "lost, its connection broken";
        }
    }

    /** The connection breaks when the broker has done what was asked. */
    record BreakAfter() implements Action {
        @Override
        public void answered(Exchange exchange, byte[] response) {
            exchange.connection().close();
        }

        @Override
        public String toString() {
            return "done, its connection broken before the response";
        }
    }

    /** The connection breaks in the middle of the response. */
    record CutShort() implements Action {
        @Override
        public void answered(Exchange exchange, byte[] response) throws IOException {
            exchange.connection().halfToClient(response);
        }

        @Override
        public String toString() {
            return "done, its connection broken in the middle of the response";
        }
    }

    /** The response says something else than the broker. */
    record Change(String text, Consumer<ApiMessage> change) implements Action {
        @Override
        public void answered(Exchange exchange, byte[] response) throws IOException {
            exchange.reply(exchange.changed(response, change));
        }

        @Override
        public String toString() {
            return "answered " + text;
        }
    }

    /**
     * Something else happens, and then the broker gets the request: also where the network was cut meanwhile. So it is
     * sure that the broker has it, and that its response is held back.
     */
    record After(String text, Runnable before) implements Action {
        @Override
        public void asked(Exchange exchange) throws IOException {
            before.run();
            exchange.ask();
        }

        @Override
        public String toString() {
            return "passed, after " + text;
        }
    }
}
