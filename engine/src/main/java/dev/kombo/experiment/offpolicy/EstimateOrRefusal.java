package dev.kombo.experiment.offpolicy;

/** A policy's mean reward per slate from the log: an estimate, or the reason why there is none. */
public sealed interface EstimateOrRefusal permits PolicyEstimate, Refusal {}
