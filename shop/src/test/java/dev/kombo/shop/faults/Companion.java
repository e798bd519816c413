package dev.kombo.shop.faults;

import java.util.Random;

/** What is killed while something else goes wrong. */
enum Companion {
    NOBODY("alone"),
    INSTANCE("with kill -9 of the instance"),
    BROKER("with kill -9 of a broker"),
    BOTH("with kill -9 of both");

    private final String text;

    Companion(String text) {
        this.text = text;
    }

    /** For the table. */
    String text() {
        return text;
    }

    /** Kills and starts again. */
    void happen(Site site, Random draw) throws Exception {
        int broker = draw.nextInt(site.size());
        boolean brokerToo = this == BROKER || this == BOTH;
        if (brokerToo) {
            site.broker(broker).kill();
        }
        if (this == INSTANCE || this == BOTH) {
            site.instance(0).kill();
            site.instance(0).start();
        }
        if (brokerToo) {
            Fault.pause(draw, 0, 8_000);
            site.startBroker(broker);
        }
    }
}
