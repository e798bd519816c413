package dev.kombo.lab.quality.live;

import dev.kombo.ops.KomboMetric;

/** What instances of the service tell of their work, summed up over them; cheap enough to be asked many times a second. */
interface ServiceFigures {
    /** The sum of a counter over its series whose label values begin with the given ones; 0 where nothing was counted. */
    long count(KomboMetric metric, String... labelValues);
}
