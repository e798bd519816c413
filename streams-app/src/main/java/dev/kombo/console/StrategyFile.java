package dev.kombo.console;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.StrategyMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a strategy from a file: the Avro record Strategy as JSON. */
public final class StrategyFile {
    private static final Logger LOG = LoggerFactory.getLogger(StrategyFile.class);

    private StrategyFile() {}

    /**
     * Returns the record, which may still be an invalid strategy. Fields of earlier versions are ignored with a
     * warning.
     *
     * @throws CommandException listing all mistakes of the file
     */
    public static Strategy record(Path file) {
        AvroJson.Read<Strategy> read = AvroJson.read(json(file), Strategy.class);
        List<String> faults = new ArrayList<>();
        for (AvroJson.Fault fault : read.faults()) {
            faults.add(fault.field().isEmpty() ? fault.detail() : fault.field() + ": " + fault.detail());
        }
        require(file, faults);
        read.ignored().forEach(field -> LOG.warn("{}: {} {}", file, field.field(), field.detail()));
        return read.record();
    }

    /**
     * Returns the plan of a record from a file.
     *
     * @throws CommandException listing everything that makes it invalid
     */
    public static StrategyPlan plan(Path file, Strategy strategy) {
        StrategyPlan plan = StrategyMapper.PLANS.toDomain(strategy);
        require(file, plan.problems());
        return plan;
    }

    private static void require(Path file, List<String> problems) {
        if (!problems.isEmpty()) {
            throw CommandException.mistakes(
                    problems.stream().map(problem -> file + ": " + problem).toList(), null);
        }
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
}
