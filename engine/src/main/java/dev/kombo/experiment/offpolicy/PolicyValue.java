package dev.kombo.experiment.offpolicy;

/** What the log says of a policy's mean reward a slate: an estimate, or the reason why there is none. */
public sealed interface PolicyValue permits PolicyEstimate, Refusal {
    /** What the answer rests on. */
    Overlap overlap();
}
