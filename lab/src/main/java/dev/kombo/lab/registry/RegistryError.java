package dev.kombo.lab.registry;

/** A refusal as a client sees it: HTTP status, the registry protocol's error code, and a message. */
final class RegistryError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    RegistryError(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static RegistryError subjectNotFound(String subject) {
        return new RegistryError(404, 40401, "Subject '" + subject + "' not found.");
    }

    static RegistryError versionNotFound(String version) {
        return new RegistryError(404, 40402, "Version " + version + " not found.");
    }

    static RegistryError schemaNotFound(String which) {
        return new RegistryError(404, 40403, "Schema" + which + " not found");
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
