package dev.kombo.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.tracking.Arm;
import dev.kombo.tracking.ArmKind;
import dev.kombo.tracking.StrategyPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A strategy in a file: the record Strategy as JSON. */
final class StrategyFile {
    private StrategyFile() {}

    /**
     * The strategy.
     *
     * @throws CommandException naming all that is wrong with the file
     */
    static StrategyPlan read(Path file) {
        List<String> problems = new ArrayList<>();
        Strategy strategy = JsonRecords.read(json(file), Strategy.class, problems);
        if (problems.isEmpty()) {
            StrategyPlan plan = StrategyMapper.toDomain(strategy);
            problems.addAll(plan.problems());
            if (problems.isEmpty()) {
                return plan;
            }
        }
        throw CommandException.mistakes(
                problems.stream().map(problem -> file + ": " + problem).toList(), null);
    }

    private static JsonNode json(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CommandException.mistake("no such file: " + file);
        }
        try {
            JsonNode json = new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(Files.readString(file));
            if (json.isMissingNode()) {
                throw CommandException.mistake(file + " is not JSON: it is empty");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw CommandException.mistake(file + " is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw CommandException.mistake(file + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * The arm to be judged.
     *
     * @param name null: the first treatment
     * @throws CommandException where there is none, or the log cannot tell of it
     */
    static Arm candidate(StrategyPlan plan, String name) {
        Arm arm = name == null ? firstTreatment(plan) : plan.arm(name);
        if (arm == null) {
            throw CommandException.mistake(
                    name == null ? "the strategy has no treatment; --arm names an arm" : "there is no arm " + name);
        }
        if (arm.kind() == ArmKind.HOLDOUT) {
            throw CommandException.mistake("arm " + arm.name() + " makes no offers: there is nothing to judge");
        }
        if (arm.policy().newBundleShare() > 0) {
            throw CommandException.mistake("newBundleShare of arm " + arm.name()
                    + " is above 0: the log does not hold how new bundles are drawn");
        }
        return arm;
    }

    private static Arm firstTreatment(StrategyPlan plan) {
        return plan.arms().stream()
                .filter(arm -> arm.kind() == ArmKind.TREATMENT)
                .findFirst()
                .orElse(null);
    }
}
