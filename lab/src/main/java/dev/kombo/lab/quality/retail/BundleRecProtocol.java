package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.data.BundleRecData;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.RunOptions;
import dev.kombo.lab.quality.ranking.Ablations;
import java.io.IOException;
import java.util.List;

/**
 * BundleRec in order of time. Of each session a drawn half of the items is bought, and the whole catalogue is ranked for
 * the bundles that people saw in it and that the half does not complete. Hardly any bundle is taken twice, so bundles
 * are known by their members only. The bundles were made from the sessions: one that shares items with the half is a
 * likely answer, which is why overlap is a row of its own. The first fifth of the sessions only teaches, unless told
 * otherwise.
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
    public Run open(RunOptions options) throws IOException {
        BundleRecData data = BundleRecData.read(options.dir());
        int first = (int) Math.ceil(TEACHES_ONLY * data.sessions().size());
        return new BundleRecRun(
                data,
                options.methods(),
                options.settings(),
                data.sessions().get(first).time());
    }
}
