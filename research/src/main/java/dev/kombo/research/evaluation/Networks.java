package dev.kombo.research.evaluation;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.RankerExample;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.research.engine.TrainedNetwork;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rankers among the methods of an evaluation, linear and neural, which learn along the way as those of the service
 * do.
 */
public final class Networks {
    /** The network that the service has by its settings. */
    public static final String KOMBO = "kombo";

    /** A network without a deep part. */
    public static final String LINEAR = "linear";

    /** The dense network with the latest interactions through a convolution. */
    public static final String CONVOLUTION = "convolution";

    /** The dense network with the latest interactions through a recurrent unit. */
    public static final String RECURRENT = "recurrent";

    private final Map<String, TrainedNetwork> byMethod = new LinkedHashMap<>();

    /** The networks among some methods. */
    public Networks(Collection<String> methods, EngineSettings settings, long seed) {
        for (String method : methods) {
            NetworkShape.Architecture kind = kind(method, settings);
            if (kind != null) {
                byMethod.put(
                        method, new TrainedNetwork(kind, settings.training().network(), method.equals(KOMBO), seed));
            }
        }
    }

    /** The architecture of a method; null if it is no network. */
    private static NetworkShape.Architecture kind(String method, EngineSettings settings) {
        return switch (method) {
            case KOMBO -> settings.training().shape().kind();
            case LINEAR -> NetworkShape.Architecture.LINEAR;
            case CONVOLUTION -> NetworkShape.Architecture.CONVOLUTION;
            case RECURRENT -> NetworkShape.Architecture.RECURRENT;
            default -> null;
        };
    }

    /** The networks; read-only. */
    public Map<String, TrainedNetwork> byMethod() {
        return Collections.unmodifiableMap(byMethod);
    }

    /** Whether one of them uses the sequence of latest interactions. */
    public boolean sequential() {
        return byMethod.values().stream().anyMatch(network -> network.kind().sequential());
    }

    /** Trains all of them with a choice. */
    public void learn(RankerExample example) {
        byMethod.values().forEach(network -> network.learn(example));
    }

    /** The rankers that are in a contest, or null. */
    public Rankers contest() {
        return byMethod.values().stream()
                .filter(TrainedNetwork::contest)
                .findFirst()
                .map(TrainedNetwork::rankers)
                .orElse(null);
    }
}
