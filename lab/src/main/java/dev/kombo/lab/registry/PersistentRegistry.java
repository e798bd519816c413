package dev.kombo.lab.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.lab.data.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A registry's current state, and {@code registry.json}, in which it lies. Reads take the state as it is, without a lock;
 * changes come one after the other, and nobody sees a state that is not in the file: an id that was handed out is never given
 * to another schema. A save is whole or not at all.
 */
final class PersistentRegistry {
    private final Path file;
    private volatile RegistryState state;

    /**
     * Takes up the state saved last, or an empty one.
     *
     * @param directory made if need be
     * @throws IOException where the file is there but cannot be understood: to start anew would give its ids to others
     */
    PersistentRegistry(Path directory) throws IOException {
        file = Files.createDirectories(directory).resolve("registry.json");
        try {
            state = Files.exists(file)
                    ? new ObjectMapper().readValue(file.toFile(), RegistryState.class)
                    : RegistryState.EMPTY;
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not the state of a schema registry: " + e.getOriginalMessage(), e);
        }
    }

    RegistryState state() {
        return state;
    }

    /** Registers a schema and gives its id; errors as of {@link RegistryState#register}. */
    synchronized int register(String subject, String schema) {
        RegistryState.Registration registration = state.register(subject, schema);
        publish(registration.state());
        return registration.id();
    }

    /** Applies any other change. */
    synchronized void change(UnaryOperator<RegistryState> change) {
        publish(change.apply(state));
    }

    private void publish(RegistryState next) {
        if (!next.equals(state)) {
            try {
                JsonFile.write(file, next);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot save the registry", e);
            }
            state = next;
        }
    }
}
