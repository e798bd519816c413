package dev.kombo.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
    /** Where the row of the next kind is put in, on the page. */
    private static final String MARK = "<!-- The harness adds rows above this line. -->";

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

    private record Run(
            long events,
            int offers,
            long cells,
            Duration recovery,
            Duration gap,
            int gaveUp,
            int aborted,
            Set<String> differences) {}

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
        Run run = tried(Fault.KILL, Long.getLong(SETTING + "seed", 1));
        assertThat(run.differences()).isEmpty();
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
        String kinds = System.getProperty(SETTING + "kinds", "");
        List<Fault> faults = kinds.isEmpty()
                ? List.of(Fault.values())
                : Arrays.stream(kinds.split(",")).map(Fault::valueOf).toList();
        long seed = Long.getLong(SETTING + "seed", System.currentTimeMillis() / 1000);
        return faults.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.text(), () -> {
                    List<Run> runs = new ArrayList<>();
                    Set<String> differences = Set.of();
                    for (int i = 0; i < Integer.getInteger(SETTING + "runs", 2) && differences.isEmpty(); i++) {
                        runs.add(tried(fault, seed + 1000L * fault.ordinal() + i));
                        differences = runs.get(i).differences();
                    }
                    record(fault, seed + 1000L * fault.ordinal(), runs);
                    if (!differences.isEmpty()) {
                        close();
                    }
                    assertThat(differences).isEmpty();
                }));
    }

    private Run tried(Fault fault, long seed) {
        boolean before = differed;
        try {
            differed = true;
            Run run = run(fault, seed);
            differed = before || !run.differences().isEmpty();
            return run;
        } catch (TestAbortedException e) {
            differed = before;
            throw e;
        } catch (Exception e) {
            LOG.warn("{} with seed {} failed", fault, seed, e);
            return new Run(0, 0, 0, Duration.ZERO, Duration.ZERO, 0, 0, Set.of("it failed: " + e.getMessage()));
        }
    }

    private Run run(Fault fault, long seed) throws Exception {
        if (site != null && (site.size() != fault.brokers() || !settings.equals(fault.settings()))) {
            close();
        }
        if (site == null) {
            settings = fault.settings();
            site = new Site(Files.createDirectories(folder.resolve("site-" + sites++)), fault.brokers(), settings);
            books = Load.books();
            load = new Load(site.clients(), books);
        }
        Random draw = new Random(seed);
        site.run(fault.instances());
        fault.prepare(site);
        long events = books.events();
        int offers = books.offers.size();
        int gaveUp = site.gaveUp();
        int aborted = site.aborted().size();
        site.rules().forget();
        load.start(seed);
        if (fault.needsAllShoppers()) {
            site.await("used by all shoppers", load::allShoppersCame);
        }
        awaitOffers(System.currentTimeMillis());
        Fault.pause(draw, 500, 3_000);
        fault.happen(site, draw);
        site.rules().end();
        long over = System.currentTimeMillis();
        awaitOffers(over);
        Duration recovery = Duration.ofMillis(System.currentTimeMillis() - over);
        Fault.pause(draw, 2_000, 4_000);
        load.stop();
        site.awaitReady();
        site.awaitDrained();
        Audit audit = Audit.of(site, books, PUBLISHED);
        Set<String> differences = audit.differences();
        differences.addAll(load.wrong());
        differences.addAll(site.rules().neverFired());
        Run run = new Run(
                books.events() - events,
                books.offers.size() - offers,
                audit.cells(),
                recovery,
                load.longestGap(),
                site.gaveUp() - gaveUp,
                site.aborted().size() - aborted,
                differences);
        fault.cleanUp(site);
        System.out.println(fault + " with seed " + seed + ": " + run);
        return run;
    }

    private void awaitOffers(long since) throws Exception {
        site.await("making offers again", () -> load.offersSince(since));
    }

    private static void record(Fault fault, long seed, List<Run> runs) throws Exception {
        int gaveUp = runs.stream().mapToInt(Run::gaveUp).sum();
        int aborted = runs.stream().mapToInt(Run::aborted).sum();
        Run last = runs.get(runs.size() - 1);
        String row = String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %s%s%s |%n",
                fault.text(),
                seed,
                runs.size(),
                runs.stream().mapToLong(run -> run.gap().toMillis()).max().orElse(0) / 1000.0,
                last.differences().isEmpty()
                        ? "equal"
                        : last.differences().size() + " differences, such as "
                                + last.differences().iterator().next(),
                gaveUp == 0 ? "" : "; an instance gave up, times: " + gaveUp,
                aborted == 0 ? "" : "; forgotten transactions ended in " + aborted + " partitions");
        System.out.print(row);
        String page = System.getProperty(SETTING + "page", "");
        if (!page.isEmpty()) {
            Path file = Path.of(page);
            Files.writeString(file, Files.readString(file).replace(MARK, row + MARK));
        }
    }
}
