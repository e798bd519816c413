package dev.kombo.research.command;

import dev.kombo.config.NearestName;
import dev.kombo.console.CommandException;
import dev.kombo.research.evaluation.EvaluationOptions;
import dev.kombo.research.evaluation.Protocol;
import dev.kombo.research.evaluation.Protocol.Takes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that name a data set, public or of a shop; they find the protocol that evaluates it, and its methods. */
final class DataSetOptions {
    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "youshu, online-retail, bundlerec, next-basket or holdings.")
    String dataset;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Folder with the data set's files; of next-basket and holdings, also the file itself.")
    Path dir;

    @Option(
            names = "--column",
            paramLabel = "FIELD=NAME",
            description = "Column of a field of next-basket, if the guess is wrong: userId, orderId, eventTime or"
                    + " itemId. May be repeated.")
    Map<String, String> columns = new LinkedHashMap<>();

    /**
     * Returns the protocol of the data set.
     *
     * @throws CommandException if there is none, or none was named
     */
    Protocol protocol(List<Protocol> protocols) {
        if (dataset == null) {
            throw CommandException.mistake("name a data set with --dataset");
        }
        return protocol(protocols, dataset);
    }

    static Protocol protocol(List<Protocol> protocols, String dataset) {
        List<String> known = protocols.stream().map(Protocol::dataset).toList();
        int index = known.indexOf(dataset);
        if (index < 0) {
            throw unknown("data set", dataset, known);
        }
        return protocols.get(index);
    }

    /**
     * Returns the columns that are given instead of guessed.
     *
     * @throws CommandException if there are some, but the columns of the data set have set names
     */
    Map<String, String> columns(Protocol protocol) {
        require(!columns.isEmpty(), protocol, Takes.COLUMNS, "--column", "whose columns have set names");
        return columns;
    }

    /**
     * Refuses an option that is given, but does not suit the data set.
     *
     * @param otherwise what the data set is like, as part of the message
     */
    static void require(boolean given, Protocol protocol, Takes takes, String option, String otherwise) {
        if (given && !protocol.takes().contains(takes)) {
            throw CommandException.mistake(option + " is not for " + protocol.dataset() + ", " + otherwise);
        }
    }

    /**
     * Opens a protocol.
     *
     * @throws CommandException if a file cannot be read
     */
    static Protocol.Run open(Protocol protocol, EvaluationOptions options) {
        try {
            return protocol.open(options);
        } catch (IOException e) {
            throw CommandException.failure("the data set cannot be read: " + e, e);
        }
    }

    /**
     * Returns the methods to run.
     *
     * @param names comma-separated; {@code all} or null: all
     * @param known those of the data set
     */
    static List<String> methods(String names, List<String> known) {
        if (names == null || names.equals("all")) {
            return known;
        }
        return Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .map(name -> {
                    if (!known.contains(name)) {
                        throw unknown("method", name, known);
                    }
                    return name;
                })
                .distinct()
                .toList();
    }

    private static CommandException unknown(String kind, String name, Collection<String> known) {
        String nearest = NearestName.of(name, known)
                .map(near -> ", did you mean " + near + "?")
                .orElse("");
        return CommandException.mistake("unknown " + kind + " '" + name + "'" + nearest
                + (known.isEmpty() ? "; none is built in" : "; known are " + String.join(", ", known)));
    }
}
