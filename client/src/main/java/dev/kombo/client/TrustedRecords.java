package dev.kombo.client;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Makes Avro trust the generated classes. Since 1.12.2, Avro throws {@code SecurityException} for every class by name
 * that is not on its list of trusted ones, because a schema from the wire could otherwise name any class. Existing
 * entries of the list are kept.
 */
public final class TrustedRecords {

    private static final String PACKAGE = "dev.kombo.schema";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> PACKAGE.equals(type.getPackageName())));
    }

    private TrustedRecords() {}

    /** Ensures that the trust is in place; loading this class establishes it, exactly once. */
    public static void install() {}
}
