package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.data.BundleRecData;
import dev.kombo.lab.quality.data.PredictedPart;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.ranking.Ablations;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Evaluates on BundleRec in order of time. A random half of each session's items is bought, and the whole catalogue is
 * ranked for the bundles that people saw in the session and that the half does not complete. Hardly any bundle is taken
 * twice, so bundles are known only by their members. The bundles were made from the sessions: one that shares items
 * with the half is a likely answer, which is why overlap is a row of its own. The first fifth of the sessions is only
 * for training by default. The test part is a file as {@code user_session.csv}: of its sessions alone is asked.
 */
public final class BundleRecProtocol {
    /** The protocol. */
    public static final Protocol PROTOCOL = new Protocol(
            BundleRecData.NAME,
            BasketMethods.ofSessions(),
            List.copyOf(Ablations.groups().keySet()),
            "ndcg@10",
            BasketMethods.simpleOfSessions(),
            "the domain electronic",
            Set.of(Protocol.Takes.FROM),
            BundleRecProtocol::open);

    private static final double TEACHES_ONLY = 0.2;

    private BundleRecProtocol() {}

    private static Protocol.Run open(EvaluationOptions options) throws IOException {
        BundleRecData data = BundleRecData.read(options.dir(), options.testCsv());
        List<BundleRecData.Session> sessions = data.sessions();
        boolean whole = options.part() == PredictedPart.TUNE;
        long first =
                whole ? sessions.get((int) (TEACHES_ONLY * sessions.size())).time() : Long.MIN_VALUE;
        long from =
                options.measuredFrom(first, sessions.get(sessions.size() - 1).time());
        return (seed, progress) -> new BundleRecPass(
                        data,
                        session -> session.time() >= from
                                && (whole || data.tested().contains(session.id())),
                        options,
                        seed)
                .run(progress)
                .fact("measured from", Instant.ofEpochMilli(from).toString());
    }
}
