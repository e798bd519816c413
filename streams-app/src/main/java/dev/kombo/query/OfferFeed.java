package dev.kombo.query;

import dev.kombo.schema.BundleOffer;
import java.util.List;

/** Offers of all instances, as they are committed. */
@FunctionalInterface
public interface OfferFeed {
    /** Is told of offers; by one thread at a time. */
    interface Listener {
        /**
         * What came since the last call.
         *
         * @param offers decoded when they are taken out of the list; empty several times a second while nothing is offered
         */
        void offers(List<BundleOffer> offers);

        /** The reading has failed; nothing more comes. */
        void failed();
    }

    /** A reading that goes on. */
    interface Reading extends AutoCloseable {
        /** Ends it: the listener is not told of anything any more. */
        @Override
        void close();
    }

    /** Reads what is offered from about now on. */
    Reading read(Listener listener);
}
