package dev.kombo.lab.shop;

import org.apache.avro.util.ClassSecurityValidator;

/** Avro 1.12.2 instantiates generated classes only where they are trusted. */
final class TrustedSchemas {
    private TrustedSchemas() {}

    static void trust() {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), type -> type.getPackageName()
                        .equals("dev.kombo.schema")));
    }
}
