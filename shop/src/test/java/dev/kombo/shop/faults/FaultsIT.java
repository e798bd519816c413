package dev.kombo.shop.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults under load, and nothing is lost or counted twice: after each, all that the service holds and has told is equal
 * to books that are kept from what was sent. Runs use one installation after the other, until one of them shows a
 * difference.
 */
class FaultsIT {
    private static final Logger LOG = LoggerFactory.getLogger(FaultsIT.class);
    private static final String SETTING = "kombo.faults.";
    private static final Duration PUBLISHED = Duration.ofSeconds(30);

    /** What is left of an installation with differences is kept, to be looked at. */
    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    private Site site;
    private Load load;
    private Books books;
    /** Of the instances of the site. */
    private Map<String, String> settings;

    private int sites;
    private boolean differed;

    @AfterEach
    void end() throws Exception {
        close();
        if (!differed) {
            Utils.delete(folder.toFile());
        }
    }

    private void close() throws Exception {
        try {
            if (load != null) {
                load.end();
            }
        } finally {
            if (site != null) {
                site.end();
            }
            load = null;
            site = null;
        }
    }

    @Test
    void shouldCountEachEventOnceWhenAnInstanceIsKilledUnderLoad() throws Exception {
        FaultRun run = tried(Fault.KILL, Long.getLong(SETTING + "seed", 1), Companion.NOBODY);
        assertThat(run.failures()).isEmpty();
        assertThat(run.offers()).isPositive();
        shouldFindAnEventThatIsInTheBooksOnly();
    }

    /** The harness can fail: what was lost would differ in each of these places. */
    private void shouldFindAnEventThatIsInTheBooksOnly() throws Exception {
        String user = books.shoppers.keySet().iterator().next();
        books.sent(BehaviorEvent.newBuilder()
                .setEventId("lost")
                .setUserId(user)
                .setType(EventType.PURCHASE)
                .setItemId("item-1")
                .setQuantity(1)
                .setUnitPriceMinor(100L)
                .setCurrency("GBP")
                .setEventTime(System.currentTimeMillis())
                .build());
        String profile = "profile of " + user + ": ";
        assertThat(Audit.of(site, books, Duration.ZERO).differences())
                .anyMatch(one -> one.startsWith(profile + "events PURCHASE is "))
                .anyMatch(one -> one.startsWith(profile + "spend GBP is "))
                .anyMatch(one -> one.startsWith(profile + "bought item-1 is "))
                .anyMatch(one -> one.startsWith(profile + "category category-1 is "))
                .anyMatch(one -> one.startsWith(profile + "last seen is "))
                .anyMatch(one -> one.startsWith("outcomes: PURCHASED lost 100 is 0, not 1"))
                .anyMatch(one -> one.startsWith("reports: purchases"))
                .anyMatch(one -> one.startsWith("reports: revenueMinor"))
                .anyMatch(one -> one.startsWith("touches: item-1 "));
    }

    @Tag("faults")
    @TestFactory
    Stream<DynamicTest> shouldCountEachEventOnceWhateverHappens() {
        long seed = Long.getLong(SETTING + "seed", System.currentTimeMillis() / 1000);
        return kinds().map(kind -> DynamicTest.dynamicTest(kind.text(), () -> tryAll(kind, seed)));
    }

    /** Those that are asked for by name; else all that do not take too long. */
    private static Stream<FaultKind> kinds() {
        List<FaultKind> all = Stream.<FaultKind[]>of(Fault.values(), ProtocolFault.values(), StoreFault.values())
                .flatMap(Arrays::stream)
                .toList();
        String asked = System.getProperty(SETTING + "kinds", "");
        return asked.isEmpty()
                ? all.stream().filter(kind -> !kind.onlyWhenAsked())
                : Arrays.stream(asked.split(","))
                        .map(name -> all.stream()
                                .filter(kind -> kind.name().equals(name))
                                .findFirst()
                                .orElseThrow(() -> new IllegalArgumentException("no kind of fault: " + name)));
    }

    private void tryAll(FaultKind kind, long seed) throws Exception {
        List<Companion> companions = companions(kind);
        int wanted = Integer.getInteger(SETTING + "runs", Math.max(2, companions.size()));
        long first = seed + 1000L * kind.place();
        List<FaultRun> runs = new ArrayList<>();
        Set<String> failures = Set.of();
        while (runs.size() < wanted && failures.isEmpty()) {
            int number = runs.size();
            FaultRun run = tried(kind, first + number, companions.get(number % companions.size()));
            runs.add(run);
            failures = run.failures();
            if (!run.equal()) {
                close();
            }
        }
        FaultTable.add(kind, first, runs);
        assertThat(failures).isEmpty();
    }

    private static List<Companion> companions(FaultKind kind) {
        String asked = System.getProperty(SETTING + "with", "");
        return asked.isEmpty() ? kind.companions() : List.of(Companion.valueOf(asked));
    }

    private FaultRun tried(FaultKind kind, long seed, Companion companion) {
        boolean before = differed;
        long start = System.currentTimeMillis();
        try {
            differed = true;
            FaultRun run = run(kind, seed, companion);
            differed = before || !run.equal();
            System.out.println(kind.name() + ": " + run);
            return run;
        } catch (TestAbortedException e) {
            differed = before;
            throw e;
        } catch (Exception e) {
            LOG.warn("{} with seed {}, {}, failed", kind.name(), seed, companion.text(), e);
            return new FaultRun(
                    seed,
                    companion,
                    kind.brokers(),
                    0,
                    0,
                    0,
                    Duration.ZERO,
                    Duration.ZERO,
                    0,
                    site == null ? List.of() : site.rules().fired(),
                    Set.of(),
                    Set.of("it failed: " + e.getMessage()),
                    site == null ? Set.of() : site.brokenTransactions(start));
        }
    }

    private FaultRun run(FaultKind kind, long seed, Companion companion) throws Exception {
        setUp(kind);
        Random draw = new Random(seed);
        site.run(kind.instances());
        kind.prepare(site, draw);
        long started = System.currentTimeMillis();
        long events = books.events();
        int offers = books.offers.size();
        int gaveUp = site.gaveUp();
        load.start(seed);
        if (kind.needsAllShoppers()) {
            site.await("used by all shoppers", load::allShoppersCame);
        }
        awaitOffers(System.currentTimeMillis());
        Fault.pause(draw, 500, 3_000);
        kind.happen(site, draw, companion);
        site.rules().end();
        long over = System.currentTimeMillis();
        awaitOffers(over);
        Duration recovery = Duration.ofMillis(System.currentTimeMillis() - over);
        Fault.pause(draw, 2_000, 4_000);
        load.stop();
        site.awaitReady();
        site.awaitDrained();
        Audit audit = Audit.of(site, books, PUBLISHED);
        Set<String> differences = new TreeSet<>(audit.differences());
        differences.addAll(load.wrong());
        Set<String> faults = new TreeSet<>(site.rules().neverFired());
        faults.addAll(kind.differences(site));
        kind.cleanUp(site);
        return new FaultRun(
                seed,
                companion,
                site.size(),
                books.events() - events,
                books.offers.size() - offers,
                audit.cells(),
                recovery,
                load.longestGap(),
                site.gaveUp() - gaveUp,
                site.rules().fired(),
                differences,
                faults,
                site.brokenTransactions(started));
    }

    /** The installation of the last run goes on where it fits. */
    private void setUp(FaultKind kind) throws Exception {
        if (site != null
                && (kind.needsNewInstallation()
                        || site.size() != kind.brokers()
                        || !settings.equals(kind.settings()))) {
            close();
        }
        if (site == null) {
            settings = kind.settings();
            site = new Site(Files.createDirectories(folder.resolve("site-" + sites++)), kind.brokers(), settings);
            books = Load.books();
            load = new Load(site.clients(), books);
            kind.install(site);
        }
        site.rules().forget();
    }

    private void awaitOffers(long since) throws Exception {
        site.await("making offers again", () -> load.offersSince(since));
    }
}
