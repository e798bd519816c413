package dev.kombo.lab.quality.retail;

import dev.kombo.lab.data.DataException;
import dev.kombo.lab.quality.data.BundleRecData;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.ranking.Ablations;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Evaluates on BundleRec in order of time. A random half of each session's items is bought, and the whole catalogue is
 * ranked for the bundles that people saw in the session and that the half does not complete. Hardly any bundle is taken
 * twice, so bundles are known only by their members. The bundles were made from the sessions: one that shares items
 * with the half is a likely answer, which is why overlap is a row of its own. The first fifth of the sessions is only
 * for training by default.
 */
public final class BundleRecProtocol implements Protocol {
    private static final double TEACHES_ONLY = 0.2;

    @Override
    public String dataset() {
        return BundleRecData.NAME;
    }

    @Override
    public List<String> methods() {
        return BasketMethods.ofSessions();
    }

    @Override
    public List<String> ablations() {
        return List.copyOf(Ablations.groups().keySet());
    }

    @Override
    public boolean takesFrom() {
        return true;
    }

    @Override
    public Run open(EvaluationOptions options) throws IOException {
        BundleRecData data = BundleRecData.read(options.dir());
        int sessions = data.sessions().size();
        long last = data.sessions().get(sessions - 1).time();
        long from = options.from() != null
                ? options.from().toEpochMilli()
                : data.sessions().get((int) (TEACHES_ONLY * sessions)).time();
        if (last < from) {
            throw new DataException("%s ends at %s: no session from %s on is there to be predicted"
                    .formatted(options.dir(), Instant.ofEpochMilli(last), options.from()));
        }
        return new BundleRecRun(data, options.methods(), options.settings(), from);
    }
}
