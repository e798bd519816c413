package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.config.NearestName;
import dev.kombo.lab.quality.protocol.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Finds what a person named among the protocols and their methods; what is not there is their mistake. */
final class ProtocolChoice {
    private ProtocolChoice() {}

    /** Work that reads a data set. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /** The protocol of a data set. */
    static Protocol dataset(List<Protocol> protocols, String name) {
        List<String> known = protocols.stream().map(Protocol::dataset).toList();
        int index = known.indexOf(name);
        if (index < 0) {
            throw unknown("data set", name, known);
        }
        return protocols.get(index);
    }

    /**
     * The methods to run.
     *
     * @param kind what they are, for messages
     * @param names comma-separated; {@code all} or null: the usual ones
     * @param others that may be named as well
     */
    static List<String> methods(String kind, String names, List<String> usual, List<String> others) {
        if (names == null || names.equals("all")) {
            return usual;
        }
        List<String> known = new ArrayList<>(usual);
        known.addAll(others);
        return Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .map(name -> {
                    if (!known.contains(name)) {
                        throw unknown(kind, name, known);
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

    /** Reads a data set; what is wrong with it is told in a sentence. */
    static <T> T reading(Reading<T> work) {
        try {
            return work.read();
        } catch (IOException e) {
            throw CommandException.failure("the data set cannot be read: " + e, e);
        }
    }
}
