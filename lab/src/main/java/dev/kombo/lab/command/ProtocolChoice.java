package dev.kombo.lab.command;

import dev.kombo.config.NearestName;
import dev.kombo.console.CommandException;
import dev.kombo.lab.quality.protocol.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Resolves the names of protocols and methods that a user gave; an unknown name is a user's mistake. */
final class ProtocolChoice {
    private ProtocolChoice() {}

    /** Work that reads a data set. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /** Returns the protocol of a data set. */
    static Protocol dataset(List<Protocol> protocols, String name) {
        List<String> known = protocols.stream().map(Protocol::dataset).toList();
        int index = known.indexOf(name);
        if (index < 0) {
            throw unknown("data set", name, known);
        }
        return protocols.get(index);
    }

    /**
     * Returns the methods to run.
     *
     * @param names comma-separated; {@code all} or null: the usual ones
     * @param others further ones that may be named
     */
    static List<String> methods(String names, List<String> usual, List<String> others) {
        if (names == null || names.equals("all")) {
            return usual;
        }
        List<String> known = new ArrayList<>(usual);
        known.addAll(others);
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

    /** Reads a data set; reports a mistake in it in one sentence. */
    static <T> T reading(Reading<T> work) {
        try {
            return work.read();
        } catch (IOException e) {
            throw CommandException.failure("the data set cannot be read: " + e, e);
        }
    }
}
