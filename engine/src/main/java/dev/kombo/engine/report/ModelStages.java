package dev.kombo.engine.report;

import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.engine.model.ActiveStrategy;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.StrategyPlan;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Describes for operators what currently ranks the offers of each arm. */
public final class ModelStages {
    private ModelStages() {}

    /** Returns the current model stage of each arm of an experiment; none of those that are not active. */
    public static Map<String, String> of(ExperimentAccount account, LiveModels models) {
        StrategyPlan users = models.strategy().plan();
        StrategyPlan plan = ActiveStrategy.ofVisitors(account.experiment()) ? users.ofVisitors() : users;
        Map<String, String> stages = new HashMap<>();
        if (plan.salt().equals(account.experiment())) {
            for (ArmAccount counted : account.arms()) {
                Arm arm = plan.arm(counted.arm());
                if (arm != null) {
                    stages.put(arm.name(), of(arm, models));
                }
            }
        }
        return stages;
    }

    private static String of(Arm arm, LiveModels models) {
        if (arm.kind() == Arm.Kind.HOLDOUT) {
            return "none";
        }
        if (arm.kind() == Arm.Kind.BASELINE) {
            return "popularity";
        }
        return arm.policy().objective() == OfferPolicy.Objective.RELEVANCE
                ? "relevance"
                : models.conversionModel()
                        .modelStage()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }
}
