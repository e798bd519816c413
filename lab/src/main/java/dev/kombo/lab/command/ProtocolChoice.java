package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.NearestName;
import dev.kombo.lab.data.DataSetException;
import dev.kombo.lab.quality.protocol.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
     * @param names comma-separated; {@code all} or null: the protocol's own
     * @param ablations whether to run those as well
     */
    static List<String> methods(Protocol protocol, String names, boolean ablations) {
        Set<String> chosen = new LinkedHashSet<>();
        if (names == null || names.equals("all")) {
            chosen.addAll(protocol.methods());
        } else {
            List<String> known = new ArrayList<>(protocol.methods());
            known.addAll(protocol.ablations());
            for (String name : List.of(names.split(",", -1))) {
                if (!known.contains(name.strip())) {
                    throw unknown("method", name.strip(), known);
                }
                chosen.add(name.strip());
            }
        }
        if (ablations) {
            chosen.addAll(protocol.ablations());
        }
        return List.copyOf(chosen);
    }

    /**
     * The methods to run on a service.
     *
     * @param names comma-separated; {@code all} or null: the protocol's own
     * @throws CommandException where the data set cannot be evaluated on a service
     */
    static List<String> serviceMethods(List<Protocol> protocols, Protocol protocol, String names) {
        List<String> known = protocol.serviceMethods();
        if (known.isEmpty()) {
            List<String> able = protocols.stream()
                    .filter(other -> !other.serviceMethods().isEmpty())
                    .map(Protocol::dataset)
                    .toList();
            throw CommandException.mistake("--through-kafka does not know the data set " + protocol.dataset()
                    + "; it knows " + String.join(", ", able));
        }
        Set<String> chosen = new LinkedHashSet<>(names == null || names.equals("all") ? known : List.of());
        for (String name : chosen.isEmpty() ? names.split(",", -1) : new String[0]) {
            if (!known.contains(name.strip())) {
                throw unknown("method of --through-kafka", name.strip(), known);
            }
            chosen.add(name.strip());
        }
        return List.copyOf(chosen);
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
        } catch (DataSetException e) {
            throw CommandException.mistake(e.getMessage());
        } catch (IOException e) {
            throw CommandException.failure("the data set cannot be read: " + e, e);
        }
    }
}
