package dev.kombo.shop.data;

import dev.kombo.config.Hmac;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Replaces customers' e-mails and phone numbers by keyed hashes (HMAC-SHA-256), so that neither topics nor pages name a
 * person. The secret is in a file, so that a customer has the same key in each file read with it.
 */
public final class CustomerKeys implements UnaryOperator<String> {
    /** Name of the secret's file in a data folder. */
    public static final String FILE = "customer.secret";
    /** Before a phone number. */
    static final String PHONE = "tel:";
    /** Before what stands in place of an e-mail. */
    static final String NO_ADDRESS = "no-address:";

    private static final int SECRET_BYTES = 32;

    /** Bytes of a hash that are a key: two customers of a shop never have the same. */
    private static final int KEY_BYTES = 12;

    private final Path file;
    private final boolean drawn;
    private byte[] secret;

    private CustomerKeys(Path file, boolean drawn) {
        this.file = file;
        this.drawn = drawn;
    }

    /** Keys by a secret in a data folder, which is drawn when first needed. */
    public static CustomerKeys in(Path folder) {
        return new CustomerKeys(folder.resolve(FILE), true);
    }

    /** Keys by the secret of a file, at least 32 bytes; null: an e-mail is an error. */
    public static CustomerKeys of(Path file) {
        return new CustomerKeys(file, false);
    }

    /** Returns the key of an e-mail or phone number; any other id as it is. */
    @Override
    public String apply(String id) {
        if (!id.startsWith(PHONE) && !id.startsWith(NO_ADDRESS) && !FileSample.isEmail(id)) {
            return id;
        }
        try {
            byte[] hash = Hmac.of(secret(), id.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return "c-" + HexFormat.of().formatHex(Arrays.copyOf(hash, KEY_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] secret() throws IOException {
        if (secret == null) {
            if (file == null) {
                throw new DataException(
                        "customers' e-mails become keys, by a secret that all files read into a cluster share: name"
                                + " its file by --customer-secret FILE");
            }
            if (drawn && !Files.exists(file)) {
                draw();
            }
            byte[] read = Files.readAllBytes(file);
            if (read.length < SECRET_BYTES) {
                throw new DataException("%s holds no secret of at least %d bytes; 'openssl rand %2$d > FILE' makes one"
                        .formatted(file, SECRET_BYTES));
            }
            secret = read;
        }
        return secret;
    }

    /** Nobody but the owner may read it, from its creation on. */
    private void draw() throws IOException {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.toAbsolutePath().getParent());
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        Files.createFile(
                file,
                posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)} : new FileAttribute<?>[0]);
        Files.write(file, random);
    }
}
