package dev.kombo.shop.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What can happen to stores in the moments in which they, or their changelogs, are rewritten. */
enum StoreFault implements FaultKind {
    QUIET_STORE_COMPACTED(
            "kill -9 of an instance when changelogs of strategies and reports are compacted beyond what its stores have"
                    + " on disk") {
        @Override
        public Map<String, String> settings() {
            return ChangelogCleaner.SETTINGS;
        }

        @Override
        public void prepare(Site site, Random draw) throws Exception {
            ChangelogCleaner.checkOften(site);
            // The store has the first strategy on disk, as a stop writes it; the later ones only in memory.
            Strategies.publish(site);
            site.instance(0).stop();
            site.run(1);
            Map<TopicPartition, Long> onDisk = ChangelogCleaner.ends(site, Strategies.CHANGELOG);
            for (int i = 0; i < LATER_STRATEGIES; i++) {
                Strategies.publish(site);
                site.rest(SEGMENT);
            }
            onDisk.replaceAll((partition, end) -> end + 1);
            ChangelogCleaner.awaitPassed(site, onDisk);
        }

        @Override
        public void happen(Site site, Random draw, Companion companion) throws Exception {
            for (String report : REPORTS) {
                ChangelogCleaner.awaitPassed(site, ChangelogCleaner.ends(site, report));
            }
            site.instance(0).kill();
            site.instance(0).start();
        }

        @Override
        public Set<String> differences(Site site) throws Exception {
            return Strategies.differences(site);
        }
    },
    KILL_FLUSHING("kill -9 of an instance while a store of profiles writes its memory to disk, three times") {
        @Override
        public void happen(Site site, Random draw, Companion companion) throws Exception {
            for (int i = 0; i < KILLS; i++) {
                site.awaitReady();
                site.instance(0).awaitFlush(PROFILES);
                site.instance(0).kill();
                site.instance(0).start();
            }
        }
    },
    DISK_FULL_FLUSHING("disk of the state folder full in the middle of such a write, then not") {
        @Override
        public void prepare(Site site, Random draw) throws Exception {
            Fault.DISK_FULL.prepare(site, draw);
        }

        @Override
        public void happen(Site site, Random draw, Companion companion) throws Exception {
            site.instance(0).awaitFlush(PROFILES);
            site.instance(0).fillDisk();
            site.instance(0).shrinkBallast(ROOM_BYTES);
            Fault.pause(draw, 8_000, 20_000);
            site.instance(0).freeDisk();
        }

        @Override
        public void cleanUp(Site site) throws Exception {
            Fault.DISK_FULL.cleanUp(site);
        }
    };

    /** Behind those of {@link ProtocolFault}. */
    private static final int FIRST_PLACE = 200;

    private static final int LATER_STRATEGIES = 4;
    private static final int KILLS = 3;
    /** A little more than it takes records. */
    private static final Duration SEGMENT = Duration.ofMillis(ChangelogCleaner.SEGMENT_MILLIS + 200);

    private static final String[] REPORTS = {"kombo-experiment-account-changelog", "kombo-report-pending-changelog"};
    private static final String PROFILES = "user-profile";
    /** Less than what a store writes at once: so it fails after it began. */
    private static final int ROOM_BYTES = 4 << 10;

    private final String text;

    StoreFault(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public int place() {
        return FIRST_PLACE + ordinal();
    }

    @Override
    public int instances() {
        return 1;
    }

    @Override
    public int brokers() {
        return Fault.BROKERS;
    }

    @Override
    public boolean needsAllShoppers() {
        return true;
    }
}
