package dev.kombo.lab.command;

import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.retail.BasketProtocol;
import dev.kombo.lab.quality.retail.BundleRecProtocol;
import dev.kombo.lab.quality.youshu.YoushuProtocol;
import java.util.List;

/** The protocols that are built in. */
final class Protocols {
    private Protocols() {}

    /** One a data set, in the order in which they are named to people. */
    static List<Protocol> builtIn() {
        return List.of(
                new YoushuProtocol(),
                BasketProtocol.onlineRetail(),
                BasketProtocol.onlineRetailShuffled(),
                new BundleRecProtocol(),
                BasketProtocol.completeJourney());
    }
}
