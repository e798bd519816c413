package dev.kombo.lab.simulation;

import dev.kombo.engine.LoggedDecision;
import dev.kombo.tracking.Outcome;

/** Takes what the service says of its offers: the topics decision-log and offer-outcome. */
interface ServiceLog {
    /** Nobody reads it. */
    ServiceLog NONE = new ServiceLog() {
        @Override
        public void decision(LoggedDecision decision) {}

        @Override
        public void outcome(Outcome outcome) {}
    };

    /** What the slate of an offer was chosen from. */
    void decision(LoggedDecision decision);

    /** What became of an offer, or happened in an arm. */
    void outcome(Outcome outcome);
}
