package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.data.BundleRecData;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.RunOptions;
import java.io.IOException;
import java.util.List;

/**
 * BundleRec in order of time. Of each session a drawn half of the items is bought, and the whole catalogue is ranked for
 * the bundles that people saw in it and that the half does not complete. Hardly any bundle is taken twice, so bundles
 * are known by their members only. The bundles were made from the sessions: one that shares items with the half is a
 * likely answer, which is why overlap is a row of its own. The first fifth of the sessions only teaches.
 */
public final class BundleRecProtocol implements Protocol {
    private static final double MEASURED_FROM = 0.2;

    @Override
    public String dataset() {
        return BundleRecData.NAME;
    }

    @Override
    public List<String> methods() {
        return List.of(
                Methods.POPULARITY_LONG,
                Methods.NEIGHBORS,
                Methods.COOCCURRENCE,
                Methods.FACTORS,
                Methods.OVERLAP,
                Fusions.LINEAR,
                Fusions.KOMBO);
    }

    @Override
    public List<String> ablations() {
        return SignalGroup.ablations();
    }

    @Override
    public Run open(RunOptions options) throws IOException {
        return new BundleRecRun(
                BundleRecData.read(options.dir()), options.methods(), options.settings(), MEASURED_FROM);
    }
}
