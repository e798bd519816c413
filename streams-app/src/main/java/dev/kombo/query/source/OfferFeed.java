package dev.kombo.query.source;

import dev.kombo.schema.BundleOffer;
import java.util.List;

/** Committed offers of all instances. */
@FunctionalInterface
public interface OfferFeed {
    /** Receives offers, from one thread at a time. */
    interface Listener {
        /**
         * Called with the offers since the last call.
         *
         * @param offers decoded when they are read from the list; empty several times per second while nothing is
         *     offered
         */
        void offers(List<BundleOffer> offers);

        /** Called when reading has failed; nothing more comes. */
        void failed();
    }

    /** An active subscription. */
    interface Subscription extends AutoCloseable {
        /** Ends it: the listener is no longer called. */
        @Override
        void close();
    }

    /** Starts to read offers made from about now on. */
    Subscription read(Listener listener);
}
