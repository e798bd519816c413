package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.data.BundleRecData;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import java.io.IOException;
import java.util.List;

/**
 * Evaluates on BundleRec in order of time. A random half of each session's items is bought, and the whole catalogue is
 * ranked for the bundles that people saw in the session and that the half does not complete. Hardly any bundle is taken
 * twice, so bundles are known only by their members. The bundles were made from the sessions: one that shares items
 * with the half is a likely answer, which is why overlap is a row of its own. The first fifth of the sessions is only
 * for training by default.
 */
public final class BundleRecProtocol extends RetailProtocol {
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
    public boolean takesFrom() {
        return true;
    }

    @Override
    public String metric() {
        return "ndcg@10";
    }

    @Override
    public List<String> simpleMethods() {
        return BasketMethods.simpleOfSessions();
    }

    @Override
    public String chosenOn() {
        return "the domain electronic";
    }

    @Override
    public Run open(EvaluationOptions options) throws IOException {
        BundleRecData data = BundleRecData.read(options.dir());
        List<BundleRecData.Session> sessions = data.sessions();
        long first = sessions.get((int) (TEACHES_ONLY * sessions.size())).time();
        long from =
                measuredFrom(options, first, sessions.get(sessions.size() - 1).time());
        return (seed, progress) ->
                new BundleRecPass(data, from, options.methods(), options.settings(), seed).run(progress);
    }
}
