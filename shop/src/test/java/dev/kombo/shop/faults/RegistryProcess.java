package dev.kombo.shop.faults;

import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import dev.kombo.shop.process.ChildJvm;
import dev.kombo.shop.process.ParentWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The schema registry as a process that may be killed. */
final class RegistryProcess {
    private RegistryProcess() {}

    /** The child. Arguments: folder and port. */
    public static void main(String[] arguments) {
        ParentWatch.endWithParent(System.in);
        EmbeddedSchemaRegistry registry =
                EmbeddedSchemaRegistry.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(registry.url());
    }

    /** Starts one; returns when it answers. */
    static ChildJvm start(Path folder, int port) throws IOException {
        ChildJvm jvm = ChildJvm.start(
                RegistryProcess.class.getName(),
                "64m",
                List.of(folder.toString(), Integer.toString(port)),
                folder.resolveSibling("registry.log"),
                true);
        if (jvm.process().inputReader(StandardCharsets.UTF_8).readLine() == null) {
            throw new IOException("the registry did not start: " + jvm.output());
        }
        return jvm;
    }
}
