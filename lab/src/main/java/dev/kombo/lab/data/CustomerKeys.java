package dev.kombo.lab.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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
    private static final int KEY_BYTES = 12;

    private final Path file;
    private byte[] secret;

    /**
     * @param folder of the secret, which is created when first needed
     */
    public CustomerKeys(Path folder) {
        this.file = folder.resolve(FILE);
    }

    /** Returns the key of an e-mail or phone number; any other id as it is. */
    @Override
    public String apply(String id) {
        if (!id.startsWith(PHONE) && !id.startsWith(NO_ADDRESS) && !FileSample.isEmail(id)) {
            return id;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret(), "HmacSHA256"));
            byte[] hash = mac.doFinal(id.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return "c-" + HexFormat.of().formatHex(Arrays.copyOf(hash, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] secret() throws IOException {
        if (secret == null) {
            if (!Files.exists(file)) {
                byte[] drawn = new byte[SECRET_BYTES];
                new SecureRandom().nextBytes(drawn);
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.write(file, drawn);
            }
            secret = Files.readAllBytes(file);
        }
        return secret;
    }
}
