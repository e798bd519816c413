package dev.kombo.query.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class PeerTrustTest {
    private static final String PASSWORD = "secret";
    private static final long SECOND = 1_000_000_000;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(PeerTrust.class);

    @TempDir
    Path folder;

    private Path file;
    private long nanoTime;

    @BeforeEach
    void listen() throws Exception {
        log.start();
        logger.addAppender(log);
        file = folder.resolve("trusted");
        store(1);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
    }

    private void store(int second) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
    }

    @Test
    void shouldLookOnceASecondAndTellOnceOfAFileThatCannotBeRead() throws Exception {
        PeerTrust trust = new PeerTrust(file, PASSWORD, () -> nanoTime);
        SSLContext first = trust.get();

        Files.delete(file);
        for (int i = 0; i < 3; i++) {
            nanoTime += SECOND;
            assertThat(trust.get()).isSameAs(first);
        }
        assertThat(log.list).hasSize(1);

        store(1);
        assertThat(trust.get()).as("within the second").isSameAs(first);
        nanoTime += SECOND;
        SSLContext second = trust.get();
        assertThat(second).isNotSameAs(first);

        Files.writeString(file, "nothing");
        Files.setLastModifiedTime(file, FileTime.fromMillis(2000));
        for (int i = 0; i < 3; i++) {
            nanoTime += SECOND;
            assertThat(trust.get()).isSameAs(second);
        }
        assertThat(log.list).hasSize(2);
    }
}
