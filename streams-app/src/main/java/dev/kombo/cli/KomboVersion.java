package dev.kombo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Reads the version that Maven recorded in the build. */
final class KomboVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"kombo " + number()};
    }

    static String number() {
        Properties properties = new Properties();
        try (InputStream in = KomboVersion.class.getResourceAsStream("/kombo-version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
