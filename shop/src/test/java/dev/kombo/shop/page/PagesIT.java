package dev.kombo.shop.page;

import com.sun.net.httpserver.HttpServer;
import dev.kombo.config.ApiToken;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that is tested in a real browser, over one demo, and a server for the pages of a shop that uses the web tracker.
 * The demo plays ten weeks of an experiment in a minute or two; then its shoppers come rarely, so that it costs little.
 */
@Tag("slow")
@Timeout(600)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class PagesIT {
    static final String READER = "token-of-somebody-who-may-look";
    static final String ADMIN = "token-of-somebody-who-may-do-all";

    @TempDir
    private static Path folder;

    private static HttpServer shop;
    private static KomboProcess demo;
    private static String address;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        Browser.assumeInstalled();
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.start();
        demo = KomboProcess.start(
                folder,
                "demo",
                "--port=0",
                "--shoppers=1000",
                "--past=70",
                "--pace=1s",
                "--set=kombo.mining.auto.approve=false",
                "--set=kombo.mining.support.min=2",
                "--set=kombo.mining.support.max=2",
                "--set=kombo.mining.lift.lower.bound.min=0",
                "--set=kombo.order.close.ms=1000",
                "--set=kombo.tracker.key=my-shop",
                "--set=kombo.tracker.origins=" + shopAddress("127.0.0.1"),
                "--set=kombo.api.tokens=reader:read:" + ApiToken.hash(READER) + ",boss:admin:" + ApiToken.hash(ADMIN));
        browser = Browser.start();
        address = demo.page();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (demo != null) {
            demo.close();
            shop.stop(0);
        }
    }

    /** Address of the operators' page and of the query API. */
    static String address() {
        return address;
    }

    static Browser browser() {
        return browser;
    }

    /** Server of a shop's own pages. */
    static HttpServer shop() {
        return shop;
    }

    static String shopAddress(String host) {
        return "http://" + host + ":" + shop.getAddress().getPort();
    }

    /** First, while much happens. */
    @Nested
    @Order(1)
    class Reading extends ReadingPageTests {}

    @Nested
    @Order(2)
    class Deciding extends DecidingPageTests {}

    @Nested
    @Order(3)
    class Everyone extends EveryonesPageTests {}

    /** After days of the shop. */
    @Nested
    @Order(4)
    class Experiment extends ExperimentPageTests {}

    /** Last: its visitors live today, which ends all that is open in a shop that still plays the past. */
    @Nested
    @Order(5)
    class Tracker extends TrackerPageTests {}
}
