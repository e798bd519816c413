package dev.kombo.shop.faults;

import dev.kombo.shop.faults.proxy.Proxy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What can happen to processes, disks, clocks and the network. */
enum Fault implements FaultKind {
    NOTHING("nothing, to compare with", 1, (site, draw) -> {}),
    KILL("kill -9 of an instance, started again", 1, (site, draw) -> restartKilled(site.instance(0))),
    KILL_RESTORING("kill -9 of an instance while it restores lost state, started again", 1, (site, draw) -> {
        Instance instance = site.instance(0);
        instance.kill();
        instance.loseState();
        instance.start();
        site.await("restoring", () -> instance.said("REBALANCING"));
        pause(draw, 0, 1_500);
        restartKilled(instance);
    }),
    KILL_REBALANCING("kill -9 of an instance while another joins, started again", 1, (site, draw) -> {
        site.instance(1).start();
        site.await("joining", () -> site.instance(1).said("REBALANCING"));
        pause(draw, 0, 3_000);
        restartKilled(site.instance(draw.nextInt(2)));
    }),
    KILL_BROKER("kill -9 of all brokers, started again", 1, (site, draw) -> {
        site.killBrokers();
        pause(draw, 0, 10_000);
        site.startBrokers();
    }),
    FREEZE(
            "SIGSTOP of an instance for longer than its session, SIGCONT",
            1,
            (site, draw) -> site.instance(0).freeze(between(draw, 8_000, 15_000))),
    FREEZE_ONE(
            "SIGSTOP of one of two instances for longer than its session, SIGCONT",
            2,
            (site, draw) -> site.instance(draw.nextInt(2)).freeze(between(draw, 8_000, 15_000))),
    FREEZE_BROKER(
            "SIGSTOP of a broker, SIGCONT",
            1,
            (site, draw) -> Signals.freeze(site.broker(0).process(), between(draw, 5_000, 20_000))),
    KILL_ONE(
            "kill -9 of one of two instances, not started again",
            2,
            (site, draw) -> site.instance(draw.nextInt(2)).kill()),
    STOP_ONE(
            "SIGTERM to one of two instances, not started again",
            2,
            (site, draw) -> site.instance(draw.nextInt(2)).stop()),
    SCALE("one instance, three, one", 1, (site, draw) -> {
        site.instance(1).start();
        site.instance(2).start();
        site.awaitReady();
        pause(draw, 2_000, 6_000);
        site.instance(1).stop();
        site.instance(2).stop();
    }),
    ROLLING("rolling restart of two instances", 2, (site, draw) -> roll(site, Baseline.now())),
    NETWORK("network between instance and broker cut for longer than the session", 1, (site, draw) -> {
        boolean reset = draw.nextBoolean();
        site.network().forEach(proxy -> proxy.cut(reset));
        pause(draw, 8_000, 15_000);
        site.network().forEach(Proxy::mend);
    }),
    POWER("kill -9 of all brokers, registry and instance, all started again", 1, (site, draw) -> {
        site.instance(0).kill();
        site.killBrokers();
        site.registry().kill();
        site.startRegistry();
        site.startBrokers();
        site.instance(0).start();
    }),
    BROKER_AWAY("an instance starts while all brokers are away", 1, (site, draw) -> {
        site.killBrokers();
        restartKilled(site.instance(0));
        pause(draw, 5_000, 20_000);
        site.startBrokers();
    }),
    REGISTRY_KILLED("kill -9 of the registry, started again", 1, (site, draw) -> {
        site.registry().kill();
        pause(draw, 5_000, 15_000);
        site.startRegistry();
    }),
    REGISTRY_AWAY("an instance starts while the registry is away", 1, (site, draw) -> {
        site.registry().kill();
        restartKilled(site.instance(0));
        pause(draw, 10_000, 25_000);
        site.startRegistry();
    }),
    STATE_LOST("state folder lost while the instance is stopped", 1, (site, draw) -> {
        site.instance(0).stop();
        site.instance(0).loseState();
        site.instance(0).start();
    }),
    STATE_CORRUPT("bytes changed in files of RocksDB while the instance is stopped", 1, (site, draw) -> {
        site.instance(0).stop();
        site.instance(0).corruptState(draw);
        site.instance(0).start();
    }),
    DISK_FULL("disk of the state folder full, then not", 1, (site, draw) -> {
        site.instance(0).fillDisk();
        pause(draw, 8_000, 20_000);
        site.instance(0).freeDisk();
    }) {
        @Override
        public void prepare(Site site, Random draw) throws Exception {
            site.instance(0).stop();
            site.instance(0).loseState();
            site.instance(0).smallDisk();
            site.run(1);
        }

        @Override
        public void cleanUp(Site site) throws Exception {
            site.instance(0).stop();
            site.instance(0).largeDisk();
        }
    },
    CLOCK("clock of an instance five minutes ahead, then right again", 1, (site, draw) -> {
        site.instance(0).clock("+300");
        pause(draw, 5_000, 10_000);
        site.instance(0).clock("+0");
    }) {
        @Override
        public void prepare(Site site, Random draw) throws Exception {
            site.instance(0).stop();
            site.instance(0).clock("+0");
            site.run(1);
        }

        @Override
        public void cleanUp(Site site) throws Exception {
            site.instance(0).stop();
            site.instance(0).environment().clear();
        }
    },
    KILL_ONE_BROKER("kill -9 of one of three brokers, started again", 1, 3, (site, draw) -> {
        int broker = draw.nextInt(site.size());
        site.broker(broker).kill();
        pause(draw, 0, 15_000);
        site.startBroker(broker);
    }),
    FREEZE_ONE_BROKER(
            "SIGSTOP of one of three brokers for longer than its session, SIGCONT",
            1,
            3,
            (site, draw) ->
                    Signals.freeze(site.broker(draw.nextInt(site.size())).process(), between(draw, 10_000, 20_000))),
    ROLL_BROKERS("rolling restart of three brokers", 1, 3, (site, draw) -> {
        for (int broker = 0; broker < site.size(); broker++) {
            site.broker(broker).close();
            site.startBroker(broker);
            site.await("replicated", site::replicated);
        }
    }),
    KILL_MACHINE("kill -9 of an instance and one of three brokers, both started again", 1, 3, (site, draw) -> {
        int broker = draw.nextInt(site.size());
        site.broker(broker).kill();
        restartKilled(site.instance(0));
        pause(draw, 0, 15_000);
        site.startBroker(broker);
    }),
    BROKER_DISK_FULL(
            "disk of one of three brokers full, then not, and the broker started again", 1, 3, (site, draw) -> {
                site.fillBrokerDisk();
                pause(draw, 8_000, 20_000);
                site.freeBrokerDisk();
            }) {
        @Override
        public void prepare(Site site, Random draw) throws Exception {
            site.smallBrokerDisk();
        }
    },
    UPGRADE(
            "two instances of " + Baseline.COMMIT + " stopped, and upgraded",
            2,
            (site, draw) -> replace(site, Baseline.now())) {
        @Override
        public boolean needsNewInstallation() {
            return true;
        }

        @Override
        public void install(Site site) throws Exception {
            site.createTopic(Baseline.DECISION_LOG);
            for (int i = 0; i < 2; i++) {
                site.instance(i).classPath(Baseline.classPath());
            }
        }
    };

    interface Happening {
        void happen(Site site, Random draw) throws Exception;
    }

    static final int BROKERS = Integer.getInteger("kombo.faults.brokers", 1);

    private final String text;
    private final int instances;
    private final int needed;

    @SuppressWarnings("ImmutableEnumChecker") // They capture nothing.
    private final Happening happening;

    Fault(String text, int instances, Happening happening) {
        this(text, instances, 1, happening);
    }

    Fault(String text, int instances, int needed, Happening happening) {
        this.text = text;
        this.instances = instances;
        this.needed = needed;
        this.happening = happening;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public int place() {
        return ordinal();
    }

    @Override
    public int instances() {
        return instances;
    }

    /** As many as it needs, or as the run is set to. */
    @Override
    public int brokers() {
        return Math.max(needed, BROKERS);
    }

    @Override
    public void happen(Site site, Random draw, Companion companion) throws Exception {
        happening.happen(site, draw);
    }

    private static void restartKilled(Instance instance) throws Exception {
        instance.kill();
        instance.start();
    }

    private static void roll(Site site, String classPath) throws Exception {
        for (int i = 0; i < 2; i++) {
            site.instance(i).stop();
            site.instance(i).classPath(classPath);
            site.instance(i).start();
            site.awaitReady();
        }
    }

    /** Stops both instances before one of the other version starts, as the two versions do not run together. */
    private static void replace(Site site, String classPath) throws Exception {
        for (int i = 0; i < 2; i++) {
            site.instance(i).stop();
        }
        for (int i = 0; i < 2; i++) {
            site.instance(i).classPath(classPath);
            site.instance(i).start();
        }
        site.awaitReady();
    }

    private static Duration between(Random draw, int least, int most) {
        return Duration.ofMillis(least + draw.nextInt(most - least));
    }

    static void pause(Random draw, int leastMillis, int mostMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(between(draw, leastMillis, mostMillis).toMillis());
    }
}
