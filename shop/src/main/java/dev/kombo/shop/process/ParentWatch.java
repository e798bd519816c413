package dev.kombo.shop.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Ends a child process when its parent is gone. It needs no other class of Kombo, so that a child may run an earlier
 * version.
 */
public final class ParentWatch {
    private ParentWatch() {}

    /** Called by the child; ends its JVM in an orderly way when the parent is gone. */
    public static void endWithParent(InputStream in) {
        Thread watch = new Thread(
                () -> {
                    try {
                        in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // The parent is gone as well.
                    }
                    System.exit(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
