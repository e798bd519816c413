package dev.kombo.experiment.offpolicy;

import dev.kombo.experiment.offpolicy.LoggedSlate.LoggedChoice;
import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import java.util.List;

/** Slates and choices without a reward model, for tests. */
final class LoggedSlates {
    private LoggedSlates() {}

    static LoggedSlate slate(List<LoggedChoice> choices) {
        return new LoggedSlate(choices, Prediction.NONE);
    }

    /** A choice where the logging policy supports every choice of the candidate policy. */
    static LoggedChoice choice(double propensity, double probability, double reward) {
        return new LoggedChoice(propensity, probability, 0, reward, Prediction.NONE);
    }
}
