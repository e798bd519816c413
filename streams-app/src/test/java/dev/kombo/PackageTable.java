package dev.kombo;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which packages use which others: as a table of a page says, and as the classes do. */
final class PackageTable {
    private static final String ROOT = "dev.kombo.";
    private static final String TITLE = "| Package (`dev.kombo.…`) | Content | Uses |";
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\|.*\\| ([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private PackageTable() {}

    /** Reads the table of a page: by package, those that it may use. */
    static Map<String, Set<String>> read(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .dropWhile(line -> !line.equals(TITLE))
                .takeWhile(line -> line.startsWith("|"))
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> NAME.matcher(row.group(2))
                                .results()
                                .map((MatchResult name) -> name.group(1))
                                .collect(Collectors.toCollection(TreeSet::new)),
                        (one, other) -> {
                            throw new IllegalStateException("a package has two rows: " + one + " and " + other);
                        },
                        TreeMap::new));
    }

    /** By package, those that its classes use. */
    static Map<String, Set<String>> uses(JavaClasses classes) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            String user = packageOf(type);
            Set<String> used = uses.computeIfAbsent(user, any -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(PackageTable::packageOf)
                    .filter(target -> !target.equals(user))
                    .forEach(used::add);
        }
        return uses;
    }

    private static String packageOf(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length());
        int end = below.indexOf('.');
        return end < 0 ? below : below.substring(0, end);
    }
}
