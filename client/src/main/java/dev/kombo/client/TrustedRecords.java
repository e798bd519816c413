package dev.kombo.client;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * The one place where Avro is told to trust the generated classes. From 1.12.2 on it refuses, with a
 * {@code SecurityException}, to make any class by name that is on no list of its own; a schema from the wire could
 * otherwise name any class. What was trusted before stays trusted.
 */
public final class TrustedRecords {

    private static final String PACKAGE = "dev.kombo.schema";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> PACKAGE.equals(type.getPackageName())));
    }

    private TrustedRecords() {}

    /** Makes sure that the trust is in place; loading this class has done it, exactly once. */
    public static void install() {}
}
