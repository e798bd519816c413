package dev.kombo.cli;

import dev.kombo.attribution.Outcome;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.engine.LoggedDecision;
import dev.kombo.engine.OfferRewards;
import dev.kombo.engine.Reward;
import dev.kombo.engine.StrategyReplay;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.Decision;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.serde.DecisionMapper;
import dev.kombo.serde.OutcomeMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Estimates from logged decisions what another strategy would have earned. */
@Command(
        name = "whatif",
        description = {
            "Estimates from decision-log and offer-outcome what another strategy would have earned" + " per slate.",
            "Exits with 1 if the log allows no estimate, with 2 if the file cannot be used."
        })
final class WhatifCommand implements Callable<Integer> {
    @Option(
            names = "--strategy",
            required = true,
            paramLabel = "FILE",
            description = "The strategy: a record Strategy as JSON; its salt is the experiment id.")
    private Path strategy;

    @Option(
            names = "--arm",
            paramLabel = "NAME",
            description = "Arm of the file to evaluate; default its first treatment.")
    private String arm;

    @Option(
            names = "--from",
            paramLabel = "NAME",
            description = "Arm whose logged offers are used; default the arm with the same name.")
    private String from;

    @Option(
            names = "--reward",
            paramLabel = "KIND",
            defaultValue = "REVENUE",
            description = "One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Reward reward;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            description = "Currency in which revenue is counted; needed if there are several.")
    private String currency;

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    private final Map<String, Long> otherArms = new TreeMap<>();
    private long otherVersion;

    @Override
    public Integer call() {
        StrategyPlan plan = StrategyFile.plan(strategy, StrategyFile.record(strategy));
        Arm candidate = StrategyFile.candidate(plan, arm);
        KomboConfig config = settings.config();
        Brokers.requireReachable(config);
        OfferRewards rewards = new OfferRewards(reward, currency);
        StrategyReplay replay = new StrategyReplay(candidate, rewards);
        try (TopicReader reader = new TopicReader(config)) {
            Topics topics = Topics.of(config);
            // Outcomes first: a decision is evaluated only with outcomes that were read before it.
            reader.read(topics.offerOutcome(), OfferOutcomes.class, told -> told.getOutcomes()
                    .forEach(outcome -> add(outcome, plan, rewards)));
            requireOneCurrency(rewards);
            String logging = from == null ? candidate.name() : from;
            reader.read(topics.decisionLog(), Decision.class, decision -> add(decision, plan, logging, replay));
            return new WhatifText(spec.commandLine().getOut(), reward, currency(rewards))
                            .print(
                                    replay,
                                    plan.salt(),
                                    candidate,
                                    logging,
                                    new WhatifText.LeftOut(otherArms, otherVersion))
                    ? ExitCode.OK
                    : ExitCode.SOFTWARE;
        }
    }

    private static void add(OfferOutcome record, StrategyPlan plan, OfferRewards rewards) {
        Outcome outcome = record.getExperiment().equals(plan.salt()) ? OutcomeMapper.toDomain(record) : null;
        if (outcome != null) {
            rewards.add(outcome);
        }
    }

    private void add(Decision record, StrategyPlan plan, String logging, StrategyReplay replay) {
        if (!record.getExperiment().equals(plan.salt())) {
            return;
        }
        if (!record.getArm().equals(logging)) {
            otherArms.merge(record.getArm(), 1L, Long::sum);
            return;
        }
        LoggedDecision decision = DecisionMapper.toDomain(record);
        if (decision == null) {
            otherVersion++;
        } else {
            replay.add(decision);
        }
    }

    private void requireOneCurrency(OfferRewards rewards) {
        if (currency == null && rewards.currencies().size() > 1) {
            throw CommandException.mistake("revenue is in several currencies, which are never added: choose one of "
                    + String.join(", ", rewards.currencies()) + " with --currency");
        }
    }

    private String currency(OfferRewards rewards) {
        return currency != null ? currency : String.join("", rewards.currencies());
    }
}
