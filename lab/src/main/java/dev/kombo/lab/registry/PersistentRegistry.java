package dev.kombo.lab.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/**
 * A registry's current state and its file. Reads take the state as it is, without a lock; changes come one after the
 * other, and nobody sees a state that is not on the disk: an id that was handed out is never given to another schema.
 */
final class PersistentRegistry {

    private final RegistryFile file;
    private volatile RegistryState state;

    PersistentRegistry(RegistryFile file) throws IOException {
        this.file = file;
        this.state = file.load();
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
                file.save(next);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot save the registry", e);
            }
            state = next;
        }
    }
}
