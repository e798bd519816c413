package dev.kombo.query.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bounds the bytes of all request bodies that are still arriving, together. A body of which nothing has come takes
 * nothing from others. When the bound is reached, the client that holds the most bytes loses its largest body, so that
 * whoever sends little is served, however many others send much and slowly: to fill the bound against small bodies, an
 * attacker needs as many addresses as small bodies fit into it. Thread-safe.
 */
final class BodyBytes {
    private static final String UNKNOWN = "";

    private final long most;
    private final Map<String, Holder> holders = new HashMap<>();
    private long held;

    /** What the bodies of a client hold. */
    private static final class Holder {
        private final Set<Body> bodies = new HashSet<>();
        private long bytes;
    }

    /**
     * @param most bytes that all bodies may hold together
     */
    BodyBytes(long most) {
        this.most = most;
    }

    /**
     * Returns a body that holds nothing yet.
     *
     * @param client null: not counted by client
     * @param giveUp called at most once, from any thread, when the body has to make room
     */
    Body begin(Client client, Runnable giveUp) {
        String name = client == null ? UNKNOWN : client.site() == null ? client.name() : client.site();
        return new Body(name, giveUp);
    }

    /** What one body holds. */
    final class Body {
        private final String holder;
        private final Runnable giveUp;
        private long bytes;
        private boolean ended;

        private Body(String holder, Runnable giveUp) {
            this.holder = holder;
            this.giveUp = giveUp;
        }

        /** Counts bytes that have arrived, and lets bodies give up until all others fit. */
        void add(int arrived) {
            List<Body> given = new ArrayList<>();
            synchronized (BodyBytes.this) {
                if (ended || arrived == 0) {
                    return;
                }
                Holder mine = holders.computeIfAbsent(holder, name -> new Holder());
                mine.bodies.add(this);
                mine.bytes += arrived;
                bytes += arrived;
                held += arrived;
                while (held > most) {
                    Body largest = largest();
                    largest.end();
                    given.add(largest);
                }
            }
            // Without the lock: it answers the request.
            given.forEach(body -> body.giveUp.run());
        }

        /** Gives back what the body holds. Ending twice has no effect. */
        void end() {
            synchronized (BodyBytes.this) {
                ended = true;
                Holder mine = holders.get(holder);
                if (mine != null && mine.bodies.remove(this)) {
                    mine.bytes -= bytes;
                    held -= bytes;
                    if (mine.bodies.isEmpty()) {
                        holders.remove(holder);
                    }
                }
            }
        }
    }

    /**
     * Returns the largest body of the client that holds most. It looks at all of them, but only once the bound is
     * reached.
     */
    private Body largest() {
        Holder greediest = null;
        for (Holder holder : holders.values()) {
            greediest = greediest == null || holder.bytes > greediest.bytes ? holder : greediest;
        }
        Body largest = null;
        for (Body body : greediest.bodies) {
            largest = largest == null || body.bytes > largest.bytes ? body : largest;
        }
        return largest;
    }
}
