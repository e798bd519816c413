package dev.kombo.lab.command;

import dev.kombo.config.NearestName;
import dev.kombo.console.CommandException;
import dev.kombo.lab.quality.EvaluationOptions;
import dev.kombo.lab.quality.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that name a public data set; they find the protocol that evaluates it, and its methods. */
final class DataSetOptions {
    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "youshu, online-retail, bundlerec, next-basket, or holdings.")
    String dataset;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Folder with the data set's files; of next-basket and holdings, also the file itself.")
    Path dir;

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
