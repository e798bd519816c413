package dev.kombo.shop.faults.proxy;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;

/**
 * What happens to some of the requests that clients send through a {@link Proxy}: such as {@code
 * Rule.on(ApiKeys.END_TXN).times(1).fail(Errors.PRODUCER_FENCED)}. It counts how often it fired. Thread-safe.
 */
public final class Rule {
    private final Requests requests;
    private final Action action;
    /** Guarded by this. */
    private int fired;

    private Rule(Requests requests, Action action) {
        this.requests = requests;
        this.action = action;
    }

    /** A rule about requests of these kinds. */
    public static Requests on(ApiKeys... kinds) {
        return new Requests(EnumSet.copyOf(Arrays.asList(kinds)));
    }

    /** Whether it applies to this request; then that counts. */
    synchronized boolean fires(Exchange exchange) {
        boolean fires = fired < requests.most && requests.include(exchange);
        fired += fires ? 1 : 0;
        return fires;
    }

    Action action() {
        return action;
    }

    /** How often it fired. */
    public synchronized int fired() {
        return fired;
    }

    @Override
    public String toString() {
        return requests + " " + action;
    }

    /** The requests that a rule is about; all of its kinds, unless something else is said. */
    public static final class Requests {
        private final Set<ApiKeys> kinds;
        /** Null: there is none. */
        private Predicate<AbstractRequest> condition;

        private double share = 1;
        private Random draw = new Random(0);
        private int most = Integer.MAX_VALUE;

        private Requests(Set<ApiKeys> kinds) {
            this.kinds = kinds;
        }

        /** Only those that meet a condition. */
        public Requests when(Predicate<AbstractRequest> met) {
            condition = met;
            return this;
        }

        /** Only this share of them, 0 to 1, drawn with a seed. */
        public Requests share(double part, long seed) {
            share = part;
            draw = new Random(seed);
            return this;
        }

        /** Only the first so many of them. */
        public Requests times(int count) {
            most = count;
            return this;
        }

        /** The broker is not asked, and the client gets this error. */
        public Rule fail(Errors error) {
            return new Rule(this, new Action.Fail(error));
        }

        /** The response comes late, and with it those to later requests on the same connection. */
        public Rule delay(Duration time) {
            return new Rule(this, new Action.Delay(time));
        }

        /** The broker does what is asked; the client hears nothing more on this connection, which stays open. */
        public Rule swallow() {
            return new Rule(this, new Action.Swallow());
        }

        /** The connection breaks before the broker has the request. */
        public Rule breakBefore() {
            return new Rule(this, new Action.BreakBefore());
        }

        /** The broker does what is asked; the connection breaks before the client has its response. */
        public Rule breakAfter() {
            return new Rule(this, new Action.BreakAfter());
        }

        /** The broker does what is asked; the connection breaks in the middle of its response. */
        public Rule cutShort() {
            return new Rule(this, new Action.CutShort());
        }

        /**
         * The client gets another response than the broker's.
         *
         * @param text what it says
         * @param change alters the content of the broker's response
         */
        public Rule change(String text, Consumer<ApiMessage> change) {
            return new Rule(this, new Action.Change(text, change));
        }

        /**
         * Something happens before the broker gets the request: which it gets even if the network is cut by it.
         *
         * @param text what happens
         */
        public Rule after(String text, Runnable before) {
            return new Rule(this, new Action.After(text, before));
        }

        private boolean include(Exchange exchange) {
            return kinds.contains(exchange.header().apiKey())
                    && (condition == null || condition.test(exchange.body()))
                    && (share >= 1 || draw.nextDouble() < share);
        }

        @Override
        public String toString() {
            return kinds.toString();
        }
    }
}
