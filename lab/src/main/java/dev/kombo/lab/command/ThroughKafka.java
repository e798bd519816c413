package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.lab.quality.live.LivePlan;
import dev.kombo.lab.quality.live.LiveRun;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.SeededSettings;
import dev.kombo.lab.quality.protocol.ServiceTrial;
import java.nio.file.Path;
import java.util.Map;

/** An evaluation through an embedded broker: each seed has an installation of its own, on a folder that is wiped before. */
final class ThroughKafka implements Protocol.Run {
    private final ServiceTrial trial;
    private final LivePlan plan;
    private final Map<String, String> given;
    private final Path data;

    /**
     * An evaluation.
     *
     * @param given the user's settings
     * @param data folder of the broker
     */
    ThroughKafka(ServiceTrial trial, LivePlan plan, Map<String, String> given, Path data) {
        this.trial = trial;
        this.plan = plan;
        this.given = given;
        this.data = data;
    }

    @Override
    public SeedResult run(long seed, Progress progress) throws InterruptedException {
        Map<String, String> seeded = SeededSettings.of(given, seed);
        DataFolder folder = DataFolder.take(data, true);
        LogFile log = LogFile.open(folder.log());
        try (log;
                EmbeddedStack stack = EmbeddedStack.start(folder, LiveRun.settings(trial, plan, seeded))) {
            return new LiveRun(trial, plan, stack.settings()).run(seed, progress);
        } catch (IllegalStateException e) {
            throw CommandException.failure(e.getMessage() + "; the log is in " + folder.log(), e);
        }
    }
}
