package dev.kombo.research.bench;

import dev.kombo.console.CommandException;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of Kombo that somebody has built or unpacked.
 *
 * @param given where it is, as the user says it
 * @param classPath of its service
 */
public record BuiltVersion(String given, String classPath) {
    /** The modules of a source tree, in the order of the class path of {@code ./kombo}. */
    private static final List<String> MODULES =
            List.of("research", "shop", "streams-app", "engine", "client", "schemas");

    /** The modules until 0.3.0. */
    private static final List<String> EARLIER_MODULES = List.of("lab", "streams-app", "engine", "client", "schemas");

    /**
     * Finds a version.
     *
     * @param given a class path, or a folder: with jars, with such a folder {@code lib}, or the root of a source tree,
     *     whose classes are taken as they were built last
     * @throws CommandException if it is none of these
     */
    public static BuiltVersion at(String given) {
        return new BuiltVersion(given, find(given));
    }

    private static String find(String given) {
        if (given.contains(File.pathSeparator) || given.endsWith("*") || given.endsWith(".jar")) {
            return given;
        }
        Path folder = Path.of(given).toAbsolutePath().normalize();
        for (Path jars : List.of(folder, folder.resolve("lib"))) {
            if (hasJars(jars)) {
                return jars + File.separator + "*";
            }
        }
        for (List<String> modules : List.of(MODULES, EARLIER_MODULES)) {
            Path listed = folder.resolve(Path.of(modules.get(0), "target", "classpath"));
            if (Files.isRegularFile(listed)) {
                return tree(folder, modules, listed);
            }
        }
        throw CommandException.mistake("--against " + given
                + " is neither a distribution of Kombo nor its folder lib, a source tree that was built"
                + " (./kombo there builds it), or a class path");
    }

    private static boolean hasJars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            return jars.iterator().hasNext();
        } catch (IOException e) {
            throw CommandException.failure("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The modules' classes and then the jars that the build has listed, as {@code ./kombo} does. */
    private static String tree(Path root, List<String> modules, Path listed) {
        List<String> entries = new ArrayList<>();
        for (String module : modules) {
            Path classes = root.resolve(Path.of(module, "target", "classes"));
            if (!Files.isDirectory(classes)) {
                throw CommandException.mistake("--against: no such folder: " + classes + "; ./kombo there builds it");
            }
            entries.add(classes.toString());
        }
        try {
            for (String entry : Files.readString(listed).strip().split(File.pathSeparator, -1)) {
                Path path = Path.of(entry);
                boolean module = path.getFileName().toString().startsWith("kombo-")
                        && path.getParent() != null
                        && path.getParent().endsWith("target");
                if (!module) {
                    entries.add(entry);
                }
            }
        } catch (IOException e) {
            throw CommandException.failure("cannot read " + listed + ": " + e.getMessage(), e);
        }
        return String.join(File.pathSeparator, entries);
    }
}
